import type { Tx } from '../db/client.ts';
import { closeAccountProblem, openAccountProblem } from '../db/problems.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** The role without which Amazon gives orders without the buyer's name and address. */
const role = 'Direct-to-Consumer Delivery (Restricted)';

/** One order without an address is an oddity of its own, and said of it; several, and none with one, is a missing role. */
const several = 3;

/** The subject of the problem that an account's orders come without addresses. */
export const addressesSubject = (seller: string): string => `${seller}:addresses`;

/** An order that is to be shipped by the seller: with the role, Amazon tells where to. */
const needsAddress = ({ fulfilledBy, status }: AmazonOrder): boolean =>
  fulfilledBy === 'merchant' && (status === 'unshipped' || status === 'partially_shipped');

/** Notes whether an account's orders come with the address they go to, as far as a page of them tells. */
export async function noteAddresses(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  orders: readonly AmazonOrder[],
): Promise<void> {
  const open = orders.filter(needsAddress);
  const subject = addressesSubject(seller);
  if (open.some(({ recipient }) => recipient !== null))
    await closeAccountProblem(tx, shop, now(), 'role_missing', subject);
  else if (open.length >= several) {
    const params = { role, what: 'addresses' };
    await openAccountProblem(tx, shop, now(), { kind: 'role_missing', subject, params });
  }
}
