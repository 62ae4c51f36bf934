import type { Params } from './problem.ts';

type Tone = 'critical' | 'warning' | 'attention' | 'info' | 'success' | 'neutral';

/** What a merchant may press for an order in a state. */
type Action = 'look_again' | 'link_sku' | 'confirm_sender' | 'solve' | 'open_amazon' | 'open_shopify';

interface StateFacts {
  readonly tone: Tone;
  readonly next: Action | null;
  readonly allowed: readonly Action[];
}

const look: readonly Action[] = ['look_again', 'open_amazon'];
const both: readonly Action[] = ['look_again', 'open_amazon', 'open_shopify'];

/**
 * The combined states of an order, the worst first: the first that fits is the order's state, the others that fit are
 * said beside it. Keys and order are those of the page design, section 3, with five of our own where it has none:
 * `duplicate_suspected`, `adoption_unclear`, `import_failed`, `differs`, `before_import`.
 */
export const states = {
  duplicate_suspected: { tone: 'critical', next: 'solve', allowed: [...both, 'solve'] },
  adoption_unclear: { tone: 'critical', next: 'look_again', allowed: both },
  import_failed: { tone: 'critical', next: 'look_again', allowed: [...look, 'solve'] },
  not_stopped: { tone: 'critical', next: 'open_shopify', allowed: both },
  amazon_unreadable: { tone: 'warning', next: 'look_again', allowed: both },
  shopify_unreadable: { tone: 'warning', next: 'look_again', allowed: both },
  request_unknown: { tone: 'warning', next: 'open_amazon', allowed: both },
  sources_differ: { tone: 'attention', next: 'look_again', allowed: both },
  asked_too_late: { tone: 'attention', next: 'open_amazon', allowed: both },
  asked_not_held: { tone: 'warning', next: 'open_amazon', allowed: both },
  asked_held: { tone: 'attention', next: 'open_amazon', allowed: both },
  asked_some_lines: { tone: 'attention', next: 'open_amazon', allowed: both },
  differs: { tone: 'warning', next: 'open_amazon', allowed: both },
  totals_differ: { tone: 'warning', next: 'solve', allowed: [...both, 'solve'] },
  changed_after_ship: { tone: 'attention', next: 'open_amazon', allowed: both },
  adopted: { tone: 'attention', next: 'confirm_sender', allowed: [...both, 'confirm_sender'] },
  unlinked_lines: { tone: 'attention', next: 'link_sku', allowed: [...both, 'link_sku'] },
  importing: { tone: 'info', next: null, allowed: look },
  pending_amazon: { tone: 'neutral', next: null, allowed: look },
  never_created: { tone: 'neutral', next: null, allowed: look },
  before_import: { tone: 'neutral', next: null, allowed: look },
  fba_view: { tone: 'neutral', next: 'open_amazon', allowed: both },
  deleted_shopify: { tone: 'neutral', next: 'open_amazon', allowed: look },
  cancelled_in_step: { tone: 'success', next: null, allowed: both },
  shipped_in_step: { tone: 'success', next: null, allowed: both },
  in_step: { tone: 'success', next: 'open_shopify', allowed: both },
} as const satisfies Record<string, StateFacts>;

export type StateKey = keyof typeof states;
export const stateKeys = Object.keys(states) as StateKey[];

/** One state that fits an order, with what its sentence needs. */
export interface Fitting {
  readonly key: StateKey;
  readonly params: Params;
}

/** What every page, block, log and command line says of an order; they only translate it. */
export interface Description extends Fitting {
  readonly tone: Tone;
  readonly next: Action | null;
  readonly allowed: readonly Action[];
  readonly also: readonly Fitting[];
}

/** Picks the worst of the states that fit; at least one must. */
export function describe(fitting: readonly Fitting[]): Description {
  const sorted = [...fitting].sort((a, b) => stateKeys.indexOf(a.key) - stateKeys.indexOf(b.key));
  const [worst, ...also] = sorted;
  if (!worst) throw new Error('An order without a state');
  return { ...worst, ...states[worst.key], also };
}
