import type { Tx } from '../db/client.ts';
import { sellersOf } from '../db/sellers.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import { knock } from './knock.ts';

const exact = /^\d{3}-\d{7}-\d{7}$/;

/** What somebody typed as a whole Amazon order id; null where it is none. */
export function exactOrderId(typed: string): AmazonOrderId | null {
  return exact.test(typed) ? amazonOrderId(typed) : null;
}

/**
 * An order that is in no list, by its whole id: `sellers` are the accounts it can be looked up with; `asked`: Amazon is being
 * asked, or answered what `why` says. Null where the lists have it.
 */
export interface Unlisted {
  readonly id: string;
  readonly sellers: readonly string[];
  readonly asked: boolean;
  readonly why: string | null;
}

/** What is known of an order that no list shows. */
export async function unlisted(tx: Tx, shop: ShopDomain, id: AmazonOrderId): Promise<Unlisted | null> {
  const row = await tx.order.findUnique({
    where: { shop_amazonOrderId: { shop, amazonOrderId: id } },
    select: { sellerId: true, amazonCreatedAt: true, dueAt: true, leaseUntil: true, stateParams: true },
  });
  if (row?.amazonCreatedAt) return null;
  const accounts = (await sellersOf(tx, shop)).filter((one) => one.state === 'connected');
  const under = row !== null && (row.dueAt !== null || row.leaseUntil !== null);
  const params = row?.stateParams;
  const why =
    typeof params === 'object' && params !== null && 'why' in params && typeof params['why'] === 'string'
      ? params['why']
      : null;
  return {
    id,
    sellers: row ? [row.sellerId] : accounts.map(({ sellerId }) => sellerId),
    asked: under,
    why: under ? null : why,
  };
}

/**
 * Lets the loop look at an order that is not known yet; Amazon is read, and what comes of it is decided as for every order: one
 * that is older than the import is only shown. False where the account is not the shop's.
 */
export async function lookUp(tx: Tx, shop: ShopDomain, id: AmazonOrderId, seller: string): Promise<boolean> {
  const account: SellerId | undefined = (await sellersOf(tx, shop)).find(
    (one) => one.sellerId === seller,
  )?.sellerId;
  if (account === undefined) return false;
  await knock(tx, shop, account, [id]);
  return true;
}
