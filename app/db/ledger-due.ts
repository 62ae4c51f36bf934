import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** Notes that the ledgers of these orders have to be made anew. In the order of their ids, so that nobody waits for another in a ring. */
export async function ledgerIsDue(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    insert into ledger_due (shop, amazon_order_id)
    select ${shop}, x.id from (select distinct unnest(${[...ids]}::text[]) as id order by 1) x
    on conflict (shop, amazon_order_id) do update set mark = gen_random_uuid()`;
}

/** An order whose ledger is due, and the mark under which that was seen. */
export interface LedgerDue {
  readonly id: string;
  readonly mark: string;
}

/** Takes the making of a shop's ledgers for this transaction. False where another one has it. */
export async function lockLedgers(tx: Tx, shop: ShopDomain): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ mine: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`ledgers:${shop}`}, 0)) as mine`;
  return row?.mine === true;
}

/** Orders whose ledger is due, at most so many. */
export async function dueLedgers(tx: Tx, shop: ShopDomain, limit: number): Promise<LedgerDue[]> {
  return tx.$queryRaw<LedgerDue[]>`
    select amazon_order_id as id, mark::text as mark from ledger_due where shop = ${shop}
    order by amazon_order_id limit ${limit}`;
}

/** These are made; one that became due anew meanwhile stays due. Taken in the order of their ids, as they are noted. */
export async function ledgersAreMade(tx: Tx, shop: ShopDomain, made: readonly LedgerDue[]): Promise<void> {
  await tx.$executeRaw`
    with mine as materialized (
      select d.amazon_order_id as id from ledger_due d
      join jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x(id text, mark uuid) on x.id = d.amazon_order_id and x.mark = d.mark
      where d.shop = ${shop} order by d.amazon_order_id for update of d)
    delete from ledger_due d using mine where d.shop = ${shop} and d.amazon_order_id = mine.id`;
}
