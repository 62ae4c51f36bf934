import { sellersOf, type SellerRow } from '../db/sellers.ts';
import { UsageError, type Session } from './command-line.ts';

/** The account that a command means: the one that is named, or the shop's only one. Else a UsageError that lists them. */
export async function chooseSeller(
  { services, shop }: Session,
  wanted: string | undefined,
): Promise<SellerRow> {
  const sellers = await services.db.forShop(shop, (tx) => sellersOf(tx, shop));
  const names = sellers.map((one) => one.sellerId).join(', ');
  const [only, ...more] = sellers;
  if (!only) throw new UsageError('No Amazon account is connected.');
  if (wanted === undefined && more.length > 0)
    throw new UsageError(`Several accounts are connected; name one with --seller: ${names}.`);
  const meant = wanted === undefined ? only : sellers.find((one) => one.sellerId === wanted);
  if (!meant) throw new UsageError(`The shop has no account ${wanted ?? ''}, only ${names}.`);
  return meant;
}
