import type { AmazonOrder } from './amazon-order.ts';
import type { Command, CommandToSend } from './command.ts';
import type { CommandEvent } from './command-state.ts';
import { decideImport } from './decide-import.ts';
import { describe, type Description, type Fitting } from './describe.ts';
import type { ShopifyOrderId } from './ids.ts';
import type { ProblemDraft } from './problem.ts';
import type { Settings } from './settings.ts';
import type { Link, ShopFacts, ShopifyReading, SkuMeaning } from './shopify-order.ts';

/** What a look at Amazon for one order gave. `at`: when to look again, where that is known. */
export type AmazonReading =
  | { readonly kind: 'read'; readonly startedAt: number; readonly order: AmazonOrder }
  | { readonly kind: 'odd'; readonly field: string; readonly sentence: string }
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly at: number | null;
      readonly final: boolean;
    };

/** Why an order is due again later. */
export type DueReason = 'backoff' | 'slot' | 'search_lag' | 'looking';

/** Everything a decision is made of. Times in milliseconds UTC of our clock. */
export interface Situation {
  readonly link: Link;
  readonly amazon: AmazonReading;
  readonly shopify: ShopifyReading;
  readonly skus: ReadonlyMap<string, SkuMeaning>;
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly shop: ShopFacts;
  /** Orders that Amazon created before this stay out unless a person wanted this one (IMP-2). */
  readonly importFrom: number;
  /** When a person last asked for this very order. */
  readonly wantedAt: number | null;
  /** How often in a row looking has failed. */
  readonly failures: number;
  readonly now: number;
}

/** What shall be done about an order. Nothing to send and nothing due again: both sides are in step, or a person's turn. */
export interface Decision {
  readonly send: readonly CommandToSend[];
  /** News of commands that the readings gave. */
  readonly events: readonly { readonly key: string; readonly event: CommandEvent }[];
  /** The link to keep from now on, where the readings found one. */
  readonly link: {
    readonly shopifyOrderId: ShopifyOrderId;
    readonly name: string;
    readonly adopted: boolean;
  } | null;
  readonly problems: readonly ProblemDraft[];
  readonly description: Description;
  readonly dueAgain: { readonly at: number; readonly reason: DueReason } | null;
}

const longestBackOff = 15 * 60_000;
/** After so many failed looks in a row a person should know. */
const worthAProblem = 5;

/** When to try again after so many failures in a row: 5 s, doubled each time, at most 15 min (PRO-4). */
export function backOff(failures: number, now: number): number {
  return now + Math.min(5_000 * 2 ** Math.min(failures, 10), longestBackOff);
}

function unreadable(situation: Situation, key: 'amazon_unreadable' | 'shopify_unreadable'): Decision | null {
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
    dueAgain: reading.final ? null : { at: again, reason: reading.at === null ? 'backoff' : 'slot' },
  };
}

/** Amazon gave an order that cannot be taken in. Nothing more comes by itself; one that came in before stays as it is. */
function odd(link: Link, { field, sentence }: Extract<AmazonReading, { kind: 'odd' }>): Decision {
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
 * The one function that says what to do about an order. Pure: the same situation gives the same decision (PRO-1).
 * Where a side could not be read nothing is sent.
 */
export function decide(situation: Situation): Decision {
  const blocked = unreadable(situation, 'amazon_unreadable') ?? unreadable(situation, 'shopify_unreadable');
  if (blocked) return blocked;
  if (situation.amazon.kind === 'odd') return odd(situation.link, situation.amazon);
  if (situation.amazon.kind !== 'read' || situation.shopify.kind !== 'read') throw new Error('unreachable');
  return decideImport(situation, situation.amazon.order, situation.shopify);
}
