import { takeBackChoice } from '../db/choices.ts';
import { liveFulfillments, shippedOnAmazon } from '../domain/cancel-guard.ts';
import type { Choice } from '../domain/choice.ts';
import type { Case } from '../domain/dealing.ts';
import { refuse } from '../domain/explain-refusal.ts';
import { isFeedKind } from '../domain/feed-kind.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { cancelAmazonKey, refundAmazonKey } from '../domain/money-keys.ts';
import { now } from '../lib/clock.ts';
import type { Chosen } from './chosen.ts';
import { knock } from './knock.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';

/** The commands that a choice leads to: while they rest they are taken back with it. */
function commandsOf({ order, situation }: Case, choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'cancel':
      return [cancelAmazonKey(order.id, choice.id)];
    case 'cancel_lines':
    case 'refund':
      return [refundAmazonKey(order.id, `choice:${choice.id}`)];
    case 'answer':
      // It opened the way to whatever rests now; the loop plans anew what needs no answer.
      return situation.commands
        .filter(({ kind, state }) => isFeedKind(kind) && state === 'planned')
        .map(({ key }) => key);
    case 'decline':
    case 'informal':
    case 'unmark':
      return [];
  }
}

/** Taken back as the last decision: what a message asked for is taken back by removing the mark. */
const isLast = ({ kind, undoUntil }: Choice, now: number): boolean =>
  kind !== 'informal' && kind !== 'unmark' && (kind !== 'answer' || now < undoUntil);

/** Whether a choice may still be taken back: what leads to a send until its time is over, declining until goods left. */
function inTime(one: Case, choice: Choice): boolean {
  if (choice.kind === 'decline') return !shippedOnAmazon(one) && liveFulfillments(one).length === 0;
  return choice.kind !== 'answer' || one.situation.now < choice.undoUntil;
}

/**
 * Takes the last decision back that is still open, or the one that `wanted` picks (CAN-8): a compare-and-set, so that the batch
 * and the undo cannot both win.
 */
export async function takeBack(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  by: string,
  wanted?: (choice: Choice) => boolean,
): Promise<Chosen> {
  const params = { id };
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const { one, stored } = read;
  const open = one.situation.choices.filter(({ state }) => state === 'open');
  const choice = open.findLast(wanted ?? ((made) => isLast(made, one.situation.now)));
  if (!choice) return refuse('nothing_to_undo', params);
  if (!wanted && !inTime(one, choice)) return refuse('undo_over', params);
  const commandKeys = commandsOf(one, choice);
  const back = await services.db.forShop(shop, async (tx) => {
    const done = await takeBackChoice(tx, shop, now(), { id: choice.id, by, commandKeys });
    if (done) await knock(tx, shop, stored.sellerId, [id], { wanted: true });
    return done;
  });
  if (!back) return refuse('undo_over', params);
  return { ok: true, outcome: 'taken_back', id: choice.id, undoUntil: null, effects: [], params };
}
