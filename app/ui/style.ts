import { useRouteLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import type { loader } from '../routes/app.tsx';
import type { Style } from './format.ts';

/**
 * How to write times and numbers on this page: in the reader's language and the shop's time zone. `now` is the server's
 * time of the page's loader, ms UTC.
 */
export function useStyle(now: number): Style {
  const { i18n } = useTranslation();
  const app = useRouteLoaderData<typeof loader>('routes/app');
  return { language: i18n.language, timeZone: app?.timeZone ?? 'UTC', now };
}
