import { ratesOf } from '../db/rate.ts';
import type { OrderRow } from '../db/order-list.ts';
import { messageChoice } from '../domain/by-message.ts';
import { countingEffect, type Effect } from '../domain/decision-effects.ts';
import type { Guard } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { informalGuard, isAsked, isOpenLine, knownOrder } from './record-informal.ts';
import type { Services } from './services.ts';

/** A line that a message may be about. */
export interface MessageLine {
  readonly orderItemId: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly quantity: number;
}

/** What a person sees who records a message about an order. */
export interface MessagePage {
  readonly id: AmazonOrderId;
  /** What the lists show of it; null: Amazon was not read yet, or does not know it. */
  readonly row: OrderRow | null;
  /** Lines of which something is still to be sent. */
  readonly lines: readonly MessageLine[];
  /** Why nothing can be recorded; null: it can. */
  readonly guard: Guard | null;
  /** What was recorded and stands; `at` in ms UTC. */
  readonly recorded: { readonly at: number; readonly hold: boolean } | null;
  /** What a cancel without the buyer's request does to the rate; null: it is not known. */
  readonly counts: Effect | null;
}

/** Reads what is kept of an order; neither side is asked. */
export async function messagePage(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<MessagePage> {
  return services.db.forShop(shop, async (tx) => {
    const known = await knownOrder(tx, services, shop, id);
    if (!known) return { id, row: null, lines: [], guard: 'not_found', recorded: null, counts: null };
    const { row, order } = known;
    const choice = messageChoice(known.choices);
    const rates = row?.marketplaceId ? await ratesOf(tx, shop, now()) : [];
    const rate = rates.find(({ marketplaceId }) => marketplaceId === row?.marketplaceId) ?? null;
    const lines = (order?.lines ?? []).filter(isOpenLine);
    return {
      id,
      row,
      lines: lines.map(({ orderItemId, sku, title, quantityOrdered }) => ({
        orderItemId,
        sku,
        title,
        quantity: quantityOrdered,
      })),
      guard: informalGuard(known) ?? (isAsked(known, []) ? 'already_asked' : null),
      recorded: choice && { at: choice.at, hold: choice.args.hold },
      counts: row && countingEffect('NoInventory', rate),
    };
  });
}
