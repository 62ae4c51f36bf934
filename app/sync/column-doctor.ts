import type { Tx } from '../db/client.ts';
import { misspeltColumn } from '../db/order-reports.ts';
import { openOfKinds } from '../db/problems.ts';
import { sellersOf } from '../db/sellers.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { sellerCentralOf } from '../domain/marketplaces.ts';

/**
 * What is to be said of the optional column of order reports that shows buyers' requests (REP-5). `off`: the last report of an
 * account had none; `odd`: it is read, under another spelling than Amazon's own.
 */
export type ColumnFinding =
  | { readonly is: 'off'; readonly seller: string; readonly sellerCentral: string | null }
  | { readonly is: 'odd'; readonly column: string };

/** Looks at what the reports that came in left behind; null: nothing is to be said. */
export async function columnDoctor(tx: Tx, shop: ShopDomain): Promise<ColumnFinding | null> {
  const [off] = await openOfKinds(tx, shop, ['column_off']);
  if (off) {
    const seller = (await sellersOf(tx, shop)).find(({ sellerId }) => sellerId === off.subject);
    return {
      is: 'off',
      seller: seller?.name ?? off.subject,
      sellerCentral: seller ? sellerCentralOf(seller.region) : null,
    };
  }
  const column = await misspeltColumn(tx, shop);
  return column === null ? null : { is: 'odd', column };
}
