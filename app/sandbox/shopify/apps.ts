import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import type { Grant } from './tokens.ts';
import type { Call } from './world.ts';

const own = 104857601n;
const other = 209715201n;

/** The app that calls; null: a person of the shop's staff. */
export function callingApp({ caller }: Grant): bigint | null {
  if (caller === 'staff') return null;
  return caller === 'app' ? own : other;
}

/** Who called, by what `callingApp` gave. */
export function callerOf(app: bigint | null): Grant['caller'] {
  if (app === null) return 'staff';
  return app === own ? 'app' : 'other-app';
}

/** An app by its number, as far as anybody asks. */
export function appFields(id: bigint, call: Call): Source {
  const isOwn = id === own;
  return {
    __typename: 'App',
    id: gid('App', id),
    apiKey: isOwn ? call.world.options.apiKey : 'the-key-of-another-app',
    title: isOwn ? 'Concord' : 'Another app',
    handle: isOwn ? 'concord' : 'another-app',
    embedded: true,
  };
}

/** The app this sandbox is about. */
export function ownAppFields(call: Call): Source {
  return appFields(own, call);
}
