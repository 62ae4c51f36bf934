import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../routes/app.tsx';

/** Whether who looks may change something; the server refuses it otherwise too. */
export function useMayChange(): boolean {
  return useRouteLoaderData<typeof loader>('routes/app')?.role === 'all';
}
