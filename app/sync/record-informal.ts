import { addClaims } from '../db/claims.ts';
import { choicesOf, endChoices } from '../db/choices.ts';
import type { Tx } from '../db/client.ts';
import { commandsOf } from '../db/commands.ts';
import { orderRow, type OrderRow } from '../db/order-list.ts';
import { requestsOf } from '../db/requests.ts';
import { sellersOf } from '../db/sellers.ts';
import { storedOrder } from '../db/stored-order.ts';
import type { AmazonLine, AmazonOrder } from '../domain/amazon-order.ts';
import { messageChoice } from '../domain/by-message.ts';
import { choicesOfKind, type Choice, type ChoiceArgs, type MessageReason } from '../domain/choice.ts';
import type { Command } from '../domain/command.ts';
import { informalEffects } from '../domain/decision-effects.ts';
import { refuse, type Guard } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, SellerId, ShopDomain } from '../domain/ids.ts';
import { orderIdsIn } from '../domain/order-ids-in-text.ts';
import type { CancelRequest } from '../domain/request.ts';
import { now } from '../lib/clock.ts';
import type { Chosen } from './chosen.ts';
import { writeChoice } from './chosen.ts';
import type { Services } from './services.ts';

/** What a buyer's message asks for, as a person read it. `lines`: order item ids; null: the whole order. Its words are nowhere in it. */
export interface MessageWish {
  readonly lines: readonly string[] | null;
  /** That stock is missing is refused: then nobody may ask the buyer to cancel. */
  readonly why: MessageReason | 'out_of_stock';
  readonly hold: boolean;
  readonly by: string;
}

/** What is kept of an order, for recording a message about it. `order` and `row` are null where Amazon was not read yet. */
export interface KnownOrder {
  readonly seller: SellerId;
  readonly row: OrderRow | null;
  readonly order: AmazonOrder | null;
  readonly choices: readonly Choice[];
  readonly commands: readonly Command[];
  /** The newest wish; null: there was none. */
  readonly request: CancelRequest | null;
}

/** Reads it; of an order that is not known the shop's only account is taken. Null: it is not clear which one, or it is no order id. */
export async function knownOrder(
  tx: Tx,
  { vault }: Pick<Services, 'vault'>,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<KnownOrder | null> {
  const stored = await storedOrder(tx, shop, id);
  if (!stored && orderIdsIn(id)[0] !== id) return null;
  const [only, ...more] = stored ? [] : await sellersOf(tx, shop);
  const seller = stored?.sellerId ?? (more.length === 0 ? only?.sellerId : undefined);
  if (seller === undefined) return null;
  return {
    seller,
    row: await orderRow(tx, shop, id),
    order: stored?.remembered?.order ?? null,
    choices: (await choicesOf(tx, shop, [id])).get(id) ?? [],
    commands: (await commandsOf(tx, shop, [id])).get(id) ?? [],
    request: (await requestsOf(tx, vault, shop, [id])).get(id)?.at(-1) ?? null,
  };
}

const cancelling = new Set<Command['state']>(['planned', 'sending', 'unsure', 'accepted']);

/** A line of which something is still to be sent on Amazon. */
export function isOpenLine({ cancelled, quantityOrdered, quantityFulfilled }: AmazonLine): boolean {
  return cancelled === null && quantityOrdered > (quantityFulfilled ?? 0);
}

/** Why no message can be recorded for the order as it is known; null: nothing speaks against it. */
export function informalGuard({ row, order, choices, commands }: KnownOrder): Guard | null {
  if (order?.fulfilledBy === 'amazon' || row?.state === 'fba_view') return 'fba_read_only';
  if (row?.amazonStatus === 'cancelled') return 'already_cancelled_amazon';
  if (row?.amazonStatus === 'shipped' || order?.lines.some(isOpenLine) === false) return 'already_shipped';
  if (row?.shopifyStatus === 'FULFILLED') return 'already_fulfilled';
  const decided = choicesOfKind(choices, 'cancel').some(({ state }) => state === 'open');
  const sent = commands.some(({ kind, state }) => kind === 'cancel_amazon' && cancelling.has(state));
  return decided || sent ? 'cancel_under_way' : null;
}

/** Whether Amazon shows that the buyer asked for all of these lines already; none of them named: for all that is open. */
export function isAsked(known: KnownOrder, lines: readonly string[]): boolean {
  const { order, request } = known;
  if (!order || request?.closedAt !== null) return false;
  const wanted = lines.length > 0 ? lines : order.lines.filter(isOpenLine).map((line) => line.orderItemId);
  return (
    wanted.length > 0 &&
    wanted.every((id) =>
      request.lines.some((line) => line.orderItemId === id && line.confirmed && line.ended === null),
    )
  );
}

function refused(known: KnownOrder, { lines, why }: MessageWish): Guard | null {
  if (why === 'out_of_stock') return 'out_of_stock';
  const guard = informalGuard(known);
  if (guard) return guard;
  const open = new Set<string>(known.order?.lines.filter(isOpenLine).map((line) => line.orderItemId));
  if (lines?.length === 0 || (lines && known.order && !lines.every((id) => open.has(id))))
    return 'lines_not_open';
  return isAsked(known, lines ?? []) ? 'already_asked' : null;
}

/**
 * A person writes down that the buyer asks to cancel by a message (REQ-10): marked, and held where that is wanted, as a claim
 * like any other (REQ-13). Nothing goes to Amazon. The same order twice is one record.
 */
export async function recordInformal(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  wish: MessageWish,
): Promise<Chosen> {
  const { db, vault } = services;
  const params = { id };
  const known = await db.forShop(shop, (tx) => knownOrder(tx, services, shop, id));
  if (!known) return refuse('not_found', params);
  const guard = refused(known, wish);
  if (guard || wish.why === 'out_of_stock') return refuse(guard ?? 'out_of_stock', params);
  const effects = informalEffects(wish.hold);
  const before = messageChoice(known.choices);
  if (before)
    return { ok: true, outcome: 'already_chosen', id: before.id, undoUntil: null, effects: [], params };
  const args: ChoiceArgs['informal'] = { lines: wish.lines ?? [], why: wish.why, hold: wish.hold };
  const declines = choicesOfKind(known.choices, 'decline')
    .filter(({ state }) => state === 'open')
    .map((one) => ({ id: one.id, state: 'withdrawn', outcome: null }) as const);
  const stored = { amazonOrderId: id, sellerId: known.seller };
  const made = await writeChoice(
    services,
    shop,
    { stored },
    { kind: 'informal', subject: '', args, by: wish.by },
    now(),
    async (tx, at) => {
      await endChoices(tx, shop, at, declines);
      const key = `message:${id}:${String(at)}`;
      const claim = { amazonOrderId: id, source: 'message', key, saidAt: at, reason: null } as const;
      await addClaims(tx, vault, shop, at, [{ ...claim, orderItemIds: args.lines }]);
    },
  );
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil: null, effects, params };
}
