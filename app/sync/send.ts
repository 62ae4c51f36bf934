import type { CommandEnd } from '../db/commands.ts';
import { nextState } from '../domain/command-state.ts';
import type { CommandToSend } from '../domain/command.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { draftOrder } from '../domain/order-draft.ts';
import type { SkuMeaning } from '../domain/shopify-order.ts';
import { createOrder } from '../shopify/create-order.ts';
import { provablyNotDone } from '../shopify/failure.ts';
import type { Lease } from './lease.ts';
import type { Services } from './services.ts';
import type { ShopContext } from './shop-context.ts';
import { withoutBuyer } from './without-buyer.ts';
import type { Work } from './work.ts';

type Ended = Omit<CommandEnd, 'id'>;

/** What all sends of a round share. */
export interface Sending {
  readonly services: Services;
  readonly shop: ShopDomain;
  readonly lease: Lease;
  /** Ids of the commands that were claimed, by key. */
  readonly claimed: ReadonlyMap<string, string>;
  readonly context: ShopContext;
  readonly skus: ReadonlyMap<string, SkuMeaning>;
  /** Resolves when the end is written down. */
  write(end: CommandEnd): Promise<void>;
}

/** Sends one `create_order`. The draft is made again from the reading in hand: nothing of a buyer is in the command. */
async function sendCreate(
  { services, shop, lease, context, skus }: Sending,
  work: Work,
  command: CommandToSend,
): Promise<Ended> {
  const draft = work.amazon.kind === 'read' ? draftOrder(work.amazon.order, skus, context.settings) : null;
  if (!draft) throw new Error('A create was decided without a draft.');
  const client = services.shopify(shop);
  const { without } = command.args;
  const result = await createOrder(client, draft, without, context.locationId, () => lease.alive());
  if (!result.ok) {
    const { failure } = result;
    if (failure.kind === 'reconnect') services.forgetToken(shop);
    if (!provablyNotDone(failure))
      return { to: nextState('sending', 'answer_lost'), outcome: { code: failure.code }, order: null };
    work.held = { at: failure.kind === 'retry' ? failure.at : null, why: failure.sentence };
    return { to: nextState('sending', 'not_done'), outcome: { code: failure.code }, order: null };
  }
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

/**
 * Sends what was claimed for one order and writes down how it ended. Cut before sending: the row says `sending`, whoever
 * leases the order next looks whether it was done. Cut after sending: the same. Cut after writing: nothing is open.
 */
export async function sendCommands(sending: Sending, work: Work): Promise<void> {
  const { lease, claimed } = sending;
  for (const command of work.decision?.send ?? []) {
    const id = claimed.get(command.key);
    if (id === undefined) continue;
    // A worker that slept past its lease must not send: another may have looked, found nothing, and sent.
    if (!lease.alive()) {
      work.held = { at: null, why: 'The lease ran out.' };
      return;
    }
    const ended = await sendCreate(sending, work, command);
    await sending.write({ id, ...ended });
    const { order } = work;
    if (ended.order) {
      const link = { ...order.link, shopifyOrderId: ended.order.id, shopifyName: ended.order.name };
      work.order = { ...order, link };
    }
  }
}
