import { addClaims } from '../db/claims.ts';
import { knownOrders } from '../db/known-orders.ts';
import { storedOrder } from '../db/stored-order.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { readRequestMail, type MailRefusal } from '../mail/request-mail.ts';
import { knock } from './knock.ts';
import type { Services } from './services.ts';

/** What came of a mail; `order` is null where it names none. */
export type TakenMail =
  | {
      readonly ok: true;
      readonly order: AmazonOrderId;
      /** It was read before: nothing is doubled. */
      readonly again: boolean;
      /** Amazon shows the order as shipped or cancelled already. */
      readonly over: boolean;
    }
  | { readonly ok: false; readonly why: MailRefusal | 'unknown_order'; readonly order: AmazonOrderId | null };

/** Who may only look takes none in. */
export interface NotAllowed {
  readonly ok: false;
  readonly why: 'not_allowed';
  readonly order: null;
}

const over: readonly (string | null | undefined)[] = ['shipped', 'cancelled', 'unfulfillable'];

/**
 * Takes a mail in as a claim (REQ-13): where it is Amazon's about a request on an order of this shop, the order is marked and
 * held, and Amazon is asked. An order that is not known here is left alone: it may be another shop's. Nothing of the mail's
 * words is kept or logged.
 */
export async function takeMail(
  { db, vault }: Pick<Services, 'db' | 'vault'>,
  shop: ShopDomain,
  bytes: Uint8Array,
): Promise<TakenMail> {
  const read = await readRequestMail(bytes);
  if (read.is === 'refused') return { ok: false, why: read.why, order: null };
  const { order, identity, sentAt } = read;
  return db.forShop(shop, async (tx) => {
    const stored = await storedOrder(tx, shop, order);
    if (!stored) return { ok: false, why: 'unknown_order', order };
    const at = now();
    const key = ['mail', order, vault.fingerprint(identity).slice(0, 16)].join(':');
    // A sender's clock may be wrong; what is said from the future is said now.
    const saidAt = sentAt === null ? null : Math.min(sentAt, at);
    const claim = {
      amazonOrderId: order,
      source: 'mail',
      key,
      orderItemIds: [],
      saidAt,
      reason: null,
    } as const;
    const fresh = await addClaims(tx, vault, shop, at, [claim]);
    await knock(tx, shop, stored.sellerId, [order]);
    const status = (await knownOrders(tx, shop, [order])).get(order);
    return { ok: true, order, again: fresh.length === 0, over: over.includes(status) };
  });
}
