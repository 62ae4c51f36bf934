import type { Tx } from '../db/client.ts';
import type { ListPlace } from '../db/order-list.ts';
import {
  listSettlements,
  settlementLines,
  type SettledLine,
  type SettlementPlace,
  type SettlementRow,
} from '../db/settlement-list.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { sumToDecimal } from '../domain/money.ts';
import type { Services } from './services.ts';

const perPage = 50;
const perFilePage = 1_000;

/** What a settlement's sums prove: whole, short of or above what Amazon says was paid out, or nothing without its head. */
type Proof = 'whole' | 'apart' | 'cut' | 'no_total';

/** A settlement with sums as decimal texts. `apart`: its rows less what Amazon says. */
export interface SettlementView extends Omit<SettlementRow, 'total' | 'sum'> {
  readonly total: string | null;
  readonly sum: string;
  readonly apart: string;
  readonly proof: Proof;
}

function proofOf({ total, sum, cut }: SettlementRow): Proof {
  if (cut !== null) return 'cut';
  if (total === null) return 'no_total';
  return total === sum ? 'whole' : 'apart';
}

/** A settlement as pages, files and commands show it. */
function settlementView(row: SettlementRow): SettlementView {
  const text = (amount: bigint) => sumToDecimal(amount, row.currency);
  return {
    ...row,
    total: row.total === null ? null : text(row.total),
    sum: text(row.sum),
    apart: text(row.sum - (row.total ?? row.sum)),
    proof: proofOf(row),
  };
}

/** One page of settlements. */
export async function settlementsPage(tx: Tx, shop: ShopDomain, after: ListPlace | undefined) {
  const place: SettlementPlace | undefined =
    after?.at == null ? undefined : { endsAt: after.at, id: after.id };
  const { rows, next } = await listSettlements(tx, shop, { limit: perPage, after: place });
  return {
    settlements: rows.map(settlementView),
    next: next && ({ at: next.endsAt, id: next.id } satisfies ListPlace),
  };
}

/** One settlement with a page of its rows; null: there is none of that id. */
export async function settlementPage(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  { unmatched, after }: { readonly unmatched: boolean; readonly after: ListPlace | undefined },
) {
  const { rows } = await listSettlements(tx, shop, { limit: 1, id });
  const [row] = rows;
  if (!row) return null;
  const lines = await settlementLines(tx, shop, id, {
    limit: perPage,
    unmatched,
    after: after?.at ?? undefined,
  });
  const next: ListPlace | null = lines.next === null ? null : { at: lines.next, id: 'row' };
  return { settlement: settlementView(row), lines: lines.rows, next };
}

/** All settlements, page by page. */
export async function* everySettlement(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
): AsyncGenerator<readonly SettlementView[]> {
  let after: SettlementPlace | null | undefined;
  do {
    const place = after ?? undefined;
    const page = await db.forShop(shop, (tx) => listSettlements(tx, shop, { limit: perPage, after: place }));
    if (page.rows.length > 0) yield page.rows.map(settlementView);
    after = page.next;
  } while (after);
}

/** All rows of a settlement, page by page. */
export async function* everySettledLine(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  id: string,
  unmatched: boolean,
): AsyncGenerator<readonly SettledLine[]> {
  let after: number | null | undefined;
  do {
    const place = after ?? undefined;
    const page = await db.forShop(shop, (tx) =>
      settlementLines(tx, shop, id, { limit: perFilePage, unmatched, after: place }),
    );
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after !== null);
}
