import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { action, loader } from '../routes/app.settings_.notices.ts';

const url = '/app/settings/notices';

/** What a test or a new secret is asked with. */
type Asked = Parameters<ReturnType<typeof useFetcher<typeof action>>['submit']>[0] & object;

/**
 * The last deliveries, and what a test or a new secret brought. `mailPossible` is null until it is known; `failed`: no answer came,
 * so that nobody knows.
 */
export function useNotices() {
  const known = useFetcher<typeof loader>();
  const asking = useFetcher<typeof action>();
  const { load } = known;
  const { data, state } = asking;
  useEffect(() => {
    if (state === 'idle') load(url);
  }, [load, state, data]);
  return {
    deliveries: known.data?.deliveries ?? null,
    mailPossible: known.data?.mailPossible ?? null,
    now: known.data?.now ?? 0,
    busy: state !== 'idle',
    answer: state === 'idle' ? (data ?? null) : null,
    ask: (what: Asked) => {
      asking.submit(JSON.stringify(what), { method: 'post', action: url, encType: 'application/json' });
    },
  };
}
