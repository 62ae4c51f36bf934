import { backOff } from './back-off.ts';
import type { AmazonReading, ImportDecision, Situation } from './decide.ts';
import { decideImport } from './decide-import.ts';
import { describe, type Fitting } from './describe.ts';
import type { Link } from './shopify-order.ts';

/** After so many failed looks in a row a person should know. */
const worthAProblem = 5;

function unreadable(
  situation: Situation,
  key: 'amazon_unreadable' | 'shopify_unreadable',
): ImportDecision | null {
  const reading = key === 'amazon_unreadable' ? situation.amazon : situation.shopify;
  if (reading.kind !== 'unreadable') return null;
  const parked = reading.final || situation.link.shopifyOrderId !== null;
  const fitting: Fitting = { key: parked ? key : 'importing', params: { why: reading.why } };
  const again = reading.at ?? backOff(situation.failures, situation.now);
  return {
    send: [],
    events: [],
    link: null,
    problems:
      reading.final || situation.failures >= worthAProblem
        ? [
            {
              kind: 'order_unreadable',
              subject: key === 'amazon_unreadable' ? 'amazon' : 'shopify',
              params: { id: situation.link.amazonOrderId, why: reading.why },
            },
          ]
        : [],
    description: describe([fitting]),
    dueAgain: reading.final
      ? null
      : {
          at: again,
          reason: reading.at === null ? 'backoff' : 'slot',
          // What Amazon said is kept meanwhile.
          ...(key === 'shopify_unreadable' && parked ? { side: 'shopify' as const } : {}),
        },
  };
}

/** Amazon gave an order that cannot be taken in. Nothing more comes by itself; one that came in before stays as it is. */
function odd(link: Link, { field, sentence }: Extract<AmazonReading, { kind: 'odd' }>): ImportDecision {
  const still = { send: [], events: [], link: null, dueAgain: null };
  const id = link.amazonOrderId;
  if (link.shopifyOrderId !== null) {
    const params = { id, why: sentence };
    return {
      ...still,
      problems: [{ kind: 'order_unreadable', subject: 'amazon', params }],
      description: describe([{ key: 'amazon_unreadable', params }]),
    };
  }
  const params = { id, field, text: sentence };
  return {
    ...still,
    problems: [{ kind: 'import_failed', subject: field, params }],
    description: describe([{ key: 'import_failed', params }]),
  };
}

/**
 * What bringing the order in asks for. Where a side could not be read nothing is sent for it: `partial`, what is not said again
 * is not over; `waits`: only a slot is waited for.
 */
export function decideOnImport(situation: Situation): {
  decision: ImportDecision;
  partial: boolean;
  waits: boolean;
} {
  const blocked = unreadable(situation, 'amazon_unreadable') ?? unreadable(situation, 'shopify_unreadable');
  if (blocked) {
    const known = situation.link.shopifyOrderId !== null && blocked.problems.length === 0;
    return { decision: blocked, partial: true, waits: known && blocked.dueAgain?.reason === 'slot' };
  }
  const waits = false;
  if (situation.amazon.kind === 'odd')
    return {
      decision: odd(situation.link, situation.amazon),
      partial: situation.link.shopifyOrderId !== null,
      waits,
    };
  if (situation.amazon.kind !== 'read' || situation.shopify.kind !== 'read') throw new Error('unreachable');
  const decision = decideImport(situation, situation.amazon.order, situation.shopify);
  return { decision, partial: false, waits };
}
