import type { CommandEnd } from '../db/commands.ts';
import { nextState } from '../domain/command-state.ts';
import type { CommandKind, CommandToSend } from '../domain/command.ts';
import type { Failure } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { draftOrder } from '../domain/order-draft.ts';
import type { SkuMeaning } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { createOrder, createOrderCost } from '../shopify/create-order.ts';
import { provablyNotDone } from '../shopify/failure.ts';
import type { Services } from './services.ts';
import type { ShopContext } from './shop-context.ts';
import { withoutBuyer } from './without-buyer.ts';
import type { Work } from './work.ts';
import { writeTo } from './write-to.ts';

type Ended = Omit<CommandEnd, 'id'>;

/** Points that each kind of write takes from Shopify's bucket: 10 a mutation. */
export const sendCosts: Record<CommandKind, number> = {
  create_order: createOrderCost,
  update_order: 20,
  mark_order: 20,
  hold_order: 10,
  release_hold: 10,
  call_back: 10,
  cancel_amazon: 0,
  refund_amazon: 0,
  // Amazon's own bucket counts it; something for the look that follows.
  ship_amazon: 1,
  cancel_shopify: 10,
  refund_shopify: 10,
  fulfil_shopify: 10,
  unfulfil_shopify: 10,
};

/** What all sends of a round share. */
export interface Sending {
  readonly services: Services;
  readonly shop: ShopDomain;
  /** Asked before each write leaves: false once its claim is too old, or others may have taken over. */
  readonly mayStill: () => boolean;
  /** Ids of the commands that were claimed, by key. */
  readonly claimed: ReadonlyMap<string, string>;
  readonly context: ShopContext;
  readonly skus: ReadonlyMap<string, SkuMeaning>;
  /** Resolves when the end is written down. */
  write(end: CommandEnd): Promise<void>;
}

/** A write that provably did not reach its service waits; where it waited before, the try does not count. */
function notDone({ from }: CommandToSend, outcome: Ended['outcome']): Ended {
  const to = nextState('sending', 'not_done');
  return { to, outcome, order: null, uncounted: from === null || from === 'planned' };
}

/** Nothing failed: what came too late is taken up again at once, under a claim of its own. */
const tooLate = (): Work['held'] => ({ at: now(), why: 'It was too late to send it.' });

/** How a write ended that got no answer, or provably never reached its service: then all else of the order waits with it. */
function unanswered(
  { services, shop }: Sending,
  work: Work,
  command: CommandToSend,
  failure: Failure,
): Ended {
  if (failure.kind === 'reconnect') services.forgetToken(shop);
  const outcome = { code: failure.code };
  if (!provablyNotDone(failure)) return { to: nextState('sending', 'answer_lost'), outcome, order: null };
  const at = failure.kind === 'retry' ? failure.at : null;
  work.held = failure.code === 'too_late' ? tooLate() : { at, why: failure.sentence };
  return notDone(command, outcome);
}

/** Sends one `create_order`. The draft is made again from the reading in hand: nothing of a buyer is in the command. */
async function sendCreate(
  sending: Sending,
  work: Work,
  command: CommandToSend<'create_order'>,
): Promise<Ended> {
  const { services, shop, mayStill, context, skus } = sending;
  const made = work.amazon.kind === 'read' ? draftOrder(work.amazon.order, skus, context.settings) : null;
  if (!made) throw new Error('A create was decided without a draft.');
  const client = services.shopify(shop);
  const { without, takeStock = made.takeStock } = command.args;
  const draft = { ...made, takeStock };
  const result = await createOrder(client, draft, without, context.locationId, mayStill);
  if (!result.ok) return unanswered(sending, work, command, result.failure);
  if (result.value.kind === 'refused') {
    const { field, text } = result.value.refusal;
    const outcome = { field, text: withoutBuyer(text, draft.recipient) };
    return { to: nextState('sending', 'answered_no'), outcome, order: null };
  }
  const { id, name } = result.value.order;
  return {
    to: nextState('sending', 'answered_yes'),
    outcome: null,
    order: { id, name, stockTaken: draft.takeStock },
  };
}

async function sendOne(sending: Sending, work: Work, command: CommandToSend): Promise<Ended> {
  if (command.kind === 'create_order') return sendCreate(sending, work, command);
  const result = await writeTo(sending, work, command, sending.mayStill);
  if (!result.ok) return unanswered(sending, work, command, result.failure);
  if (result.value.kind === 'done') {
    const job = 'job' in result.value ? result.value.job : null;
    return { to: nextState('sending', 'answered_yes'), outcome: job ? { job } : null, order: null };
  }
  const { field, text } = result.value.refusal;
  const recipient = work.amazon.kind === 'read' ? work.amazon.order.recipient : null;
  const outcome = { field, text: withoutBuyer(text, recipient) };
  return { to: nextState('sending', 'answered_no'), outcome, order: null };
}

/**
 * Sends what was claimed for one order and writes down how it ended. Cut before sending: the row says `sending`, whoever
 * leases the order next looks whether it was done. Cut after sending: the same. Cut after writing: nothing is open.
 */
export async function sendCommands(sending: Sending, work: Work): Promise<void> {
  const { claimed, mayStill } = sending;
  for (const command of work.decision?.send ?? []) {
    const id = claimed.get(command.key);
    if (id === undefined) continue;
    // A worker that slept past its lease must not send: another may have looked, found nothing, and sent.
    if (!mayStill()) work.held ??= tooLate();
    // What waits with another of its order was not sent either, and is not looked for.
    const ended = work.held ? notDone(command, null) : await sendOne(sending, work, command);
    await sending.write({ id, ...ended });
    const { order } = work;
    if (ended.order) {
      const link = { ...order.link, shopifyOrderId: ended.order.id, shopifyName: ended.order.name };
      work.order = { ...order, link };
    }
  }
}
