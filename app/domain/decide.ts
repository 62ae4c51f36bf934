import type { AmazonOrder } from './amazon-order.ts';
import type { Prints } from './carried.ts';
import type { AmazonMove } from './amazon-move.ts';
import { answerTo, type Choice, type ChoiceOutcome } from './choice.ts';
import type { Command, CommandToPlan, CommandToSend } from './command.ts';
import type { CommandEvent } from './command-state.ts';
import { decideOnImport } from './decide-on-import.ts';
import type { RuleChoice } from './decide-auto-accept.ts';
import { decideDealings, whileBlind } from './decide-dealings.ts';
import { dealing, soonMs, type Dealing } from './dealing.ts';
import { deletedInShopify } from './deleted-in-shopify.ts';
import { decideRequest, type RequestDecision } from './decide-request.ts';
import { describe, type Description, type Fitting } from './describe.ts';
import { withoutDoubles } from './doubled.ts';
import type { ShopifyOrderId } from './ids.ts';
import type { ProblemDraft } from './problem.ts';
import type { Remembered } from './remembered.ts';
import type { CancelRequest, Claim } from './request.ts';
import type { Settings } from './settings.ts';
import type { KnownFact, QuietTime } from './shopify-fact.ts';
import type { Link, ShopFacts, ShopifyReading, SkuMeaning } from './shopify-order.ts';

/**
 * What a look at Amazon for one order gave. `at`: when to look again, where that is known. `remembered`: nothing was asked,
 * this is what Amazon said last; `unchangedAt`: and then Amazon listed all that had changed, without it (ms UTC). `requestsAt`: when the requests can be read, where they could not be read with the order.
 */
export type AmazonReading =
  | {
      readonly kind: 'read';
      readonly startedAt: number;
      readonly order: AmazonOrder;
      readonly remembered?: true;
      readonly unchangedAt?: number;
      readonly requestsAt?: number;
    }
  | { readonly kind: 'odd'; readonly field: string; readonly sentence: string }
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly at: number | null;
      readonly final: boolean;
      /** News of Amazon's are coming in, and will tell in a moment. */
      readonly soon?: true;
    };

/** Why an order is due again later. */
export type DueReason = 'backoff' | 'slot' | 'search_lag' | 'second_look' | 'looking' | 'undo' | 'ship_by';

/** When to look again (ms UTC), and whether Shopify alone will do. */
export interface DueAgain {
  readonly at: number;
  readonly reason: DueReason;
  readonly side?: 'shopify';
}

/** News of a command that a reading gave. */
export interface Event {
  readonly key: string;
  readonly event: CommandEvent;
}

/** Everything a decision is made of. Times in milliseconds UTC of our clock. */
export interface Situation {
  readonly link: Link;
  readonly amazon: AmazonReading;
  readonly shopify: ShopifyReading;
  readonly skus: ReadonlyMap<string, SkuMeaning>;
  /** Keyed hashes of what Amazon shows (or showed last, where it is remembered) and may change later; null: not known. */
  readonly prints: Prints | null;
  readonly commands: readonly Command[];
  /** Buyers' wishes on the order so far, the first one first. */
  readonly requests: readonly CancelRequest[];
  /** What other sources said, and nobody has answered yet. */
  readonly claims: readonly Claim[];
  /** What people decided about it, the first one first. */
  readonly choices: readonly Choice[];
  /** Money that went back to the buyer on Amazon, and up to when its finances were read (ms UTC). */
  readonly moves: readonly AmazonMove[];
  readonly financesUntil: number | null;
  /** What was seen of what others did in Shopify. */
  readonly facts: readonly KnownFact[];
  /** When nothing was sent to Amazon, and since when the app is installed and the account connected (ms UTC). */
  readonly quiet: readonly QuietTime[];
  readonly installedAt: number;
  /** What Amazon last said of the order, for protecting it while Amazon cannot be read. */
  readonly remembered: Remembered | null;
  readonly settings: Settings;
  readonly shop: ShopFacts;
  /** More than a hundred orders of the shop wait for their turn. */
  readonly crowded: boolean;
  /**
   * Orders that Amazon created before this stay out unless a person wanted this one (IMP-2); null: those of its marketplace stay
   * out whoever wants them.
   */
  readonly importFrom: number | null;
  /** When a person last asked for this very order. */
  readonly wantedAt: number | null;
  /** How often in a row looking has failed. */
  readonly failures: number;
  readonly now: number;
}

/** What shall be done about an order. Nothing to send and nothing due again: both sides are in step, or a person's turn. */
export interface Decision {
  readonly send: readonly CommandToSend[];
  /** Commands that rest, or go with a batch for Amazon. */
  readonly plan: readonly CommandToPlan[];
  /** What was seen in Shopify for the first time, and choices that are over. */
  readonly facts: readonly KnownFact[];
  readonly ends: readonly ChoiceOutcome[];
  /** What the merchant's rules choose now. */
  readonly choose: readonly RuleChoice[];
  /** News of commands that the readings gave. */
  readonly events: readonly Event[];
  /** The link to keep from now on, where the readings found one. */
  readonly link: {
    readonly shopifyOrderId: ShopifyOrderId;
    readonly name: string;
    readonly adopted: boolean;
  } | null;
  /** The buyer's wish as it is to be kept; `opened`: it is new. */
  readonly request: CancelRequest | null;
  readonly opened: boolean;
  /** Claims that are answered. */
  readonly settled: readonly string[];
  readonly problems: readonly ProblemDraft[];
  /** A side could not be read: what is not said again here is not over. */
  readonly partial: boolean;
  /** Only a slot is waited for: what was said of the order last still holds. */
  readonly waits: boolean;
  readonly description: Description;
  readonly dueAgain: DueAgain | null;
}

/** What the import alone decides; wishes of the buyer come on top. */
export type ImportDecision = Omit<
  Decision,
  'request' | 'opened' | 'settled' | 'partial' | 'waits' | 'plan' | 'facts' | 'ends' | 'choose'
>;

const protective = new Set(['hold_order', 'mark_order', 'call_back']);

/**
 * What buyers' wishes ask for. While Amazon cannot be read a claim may protect by what Amazon said last: mark and hold,
 * which can be undone; nothing is released.
 */
function decideOnRequest(situation: Situation): RequestDecision | null {
  const { amazon, remembered } = situation;
  if (amazon.kind === 'read') {
    const decision = decideRequest(situation, amazon.order, amazon.startedAt);
    const at = amazon.requestsAt;
    return at === undefined
      ? decision
      : { ...decision, dueAgain: [...decision.dueAgain, { at, reason: 'slot' }] };
  }
  if (!remembered) return null;
  const decision = decideRequest(situation, remembered.order, remembered.readAt);
  return { ...decision, send: decision.send.filter(({ kind }) => protective.has(kind)) };
}

/** What cancels, shipments and refunds ask for, of an order that stands, or stood, on both sides. */
function decideOnDealings(
  situation: Situation,
  request: RequestDecision | null,
  { description }: ImportDecision,
): Dealing {
  const { amazon, shopify, remembered } = situation;
  if (description.key === 'deleted_shopify') return deletedInShopify(situation);
  if (shopify.kind !== 'read' || !shopify.linked) return dealing();
  const { linked, books, handling } = shopify;
  const seen = request?.request ?? null;
  const shared = { situation, linked, books, handling, request: seen };
  if (amazon.kind === 'read')
    return decideDealings({
      ...shared,
      order: amazon.order,
      readAt: amazon.startedAt,
      askedAt: amazon.unchangedAt ?? (amazon.remembered ? null : amazon.startedAt),
    });
  if (!remembered) return dealing();
  return whileBlind({ ...shared, order: remembered.order, readAt: remembered.readAt, askedAt: null });
}

/** Dry run: what would be done is said, and nothing is (PRO-7). */
function inDryRun(decision: Decision): Decision {
  const [first] = [...decision.send, ...decision.plan];
  if (!first) return { ...decision, choose: [] };
  const { key, params, also } = decision.description;
  return {
    ...decision,
    send: [],
    plan: [],
    ends: [],
    choose: [],
    waits: false,
    description: describe([{ key: 'dry_run', params: { action: first.kind } }, { key, params }, ...also]),
  };
}

/** Problems that a person left as they are stay in the list of what was solved; the difference stays in the reports. */
function notLeft({ choices }: Situation, problems: readonly ProblemDraft[]): ProblemDraft[] {
  return problems.filter(({ kind, subject }) => answerTo(choices, kind, subject)?.args.choice !== 'leave');
}

/** Something is always said: where nothing else fits, what the import says. */
function sayable(fitting: readonly Fitting[], imported: Fitting): readonly Fitting[] {
  return fitting.length > 0 ? fitting : [imported];
}

/** The import's words, where a cancel, a shipment or a refund explains why the sides differ. */
function unexplained(decision: ImportDecision, { explains }: Dealing): ImportDecision {
  if (!explains) return decision;
  const { key, params, also } = decision.description;
  const fitting = [{ key, params }, ...also].filter((one) => one.key !== 'differs');
  return {
    ...decision,
    problems: decision.problems.filter(({ kind }) => kind !== 'sides_differ'),
    description: fitting.length > 0 ? describe(fitting) : decision.description,
  };
}

/**
 * The one function that says what to do about an order. Pure: the same situation gives the same decision (PRO-1).
 */
export function decide(given: Situation): Decision {
  const situation = withoutDoubles(given);
  const { decision: imported, partial, waits } = decideOnImport(situation);
  const request = decideOnRequest(situation);
  const dealt = decideOnDealings(situation, request, imported);
  const decision = unexplained(imported, dealt);
  const due = [
    ...(decision.dueAgain ? [decision.dueAgain] : []),
    ...(request?.dueAgain ?? []),
    ...dealt.dueAgain,
  ];
  // Found only now: what is to be done about it is done at the next look, when all of it can be seen.
  const apart = [imported.description, ...imported.description.also].some(({ key }) => key === 'differs');
  if (decision.link && (apart || request?.request || situation.choices.length > 0))
    due.push({ at: situation.now + soonMs, reason: 'slot', side: 'shopify' });
  const { key, params, also } = decision.description;
  const said = [...(request?.fitting ?? []), ...dealt.fitting];
  const own = dealt.explains && key === 'differs' ? [] : [{ key, params }];
  const whole: Decision = {
    ...decision,
    partial,
    waits: waits && said.length === 0,
    // The hold first: a parcel may be on the packing table.
    send: [...(request?.send ?? []), ...dealt.send, ...decision.send],
    plan: dealt.plan,
    facts: dealt.facts,
    ends: [...(request?.ends ?? []), ...dealt.ends],
    choose: dealt.choose,
    events: [...decision.events, ...(request?.events ?? []), ...dealt.events],
    request: request?.request ?? null,
    opened: request?.opened ?? false,
    settled: request?.settled ?? [],
    problems: notLeft(situation, [...decision.problems, ...(request?.problems ?? []), ...dealt.problems]),
    description: describe(
      waits && said.length > 0 ? said : sayable([...own, ...also, ...said], { key, params }),
    ),
    dueAgain: due.reduce<DueAgain | null>((first, one) => (first && first.at <= one.at ? first : one), null),
  };
  return situation.settings.dryRun ? inDryRun(whole) : whole;
}
