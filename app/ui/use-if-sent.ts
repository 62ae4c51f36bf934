import { useEffect } from 'react';
import type { IfSent } from '../domain/if-sent.ts';
import type { loader } from '../routes/app.quarantine.$problem.if-sent.ts';
import { askJson } from './ask-json.ts';
import { useEach } from './use-each.ts';

type Answer = Awaited<ReturnType<typeof loader>>;

const unknown: IfSent = { key: 'not_known', params: {} };

/**
 * What would happen if each of these were sent now, by a fresh look at each, one after the other: one that is not looked at yet
 * is not in it. `ids` are a page's problems, at most 50.
 */
export function useIfSent(ids: readonly string[]): ReadonlyMap<string, IfSent> {
  const { going, run } = useEach<Answer>();
  const key = ids.join(' ');
  useEffect(() => {
    run(key === '' ? [] : key.split(' '), (id) => askJson<Answer>(`/app/quarantine/${id}/if-sent`));
  }, [key, run]);
  return new Map((going?.done ?? []).map(({ id, answer }) => [id, answer?.ifSent ?? unknown]));
}
