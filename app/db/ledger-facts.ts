import { z } from 'zod';
import {
  amazonOrderId,
  sellerId,
  type AmazonOrderId,
  type SellerId,
  type ShopDomain,
} from '../domain/ids.ts';
import type { LedgerFacts, SettledRow, ShopifyMoney } from '../domain/ledger-facts.ts';
import { recall } from '../domain/remembered.ts';
import { settledAs } from '../domain/settled-as.ts';
import type { Tx } from './client.ts';
import { commandsOf } from './commands.ts';
import { movesOfOrders } from './moves.ts';

const moneyShape = z.object({
  currency: z.string(),
  total: z.number(),
  cancelledAt: z.number().nullable(),
  refunds: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      key: z.string().nullable(),
      amount: z.number(),
      lines: z.array(z.object({ item: z.string().nullable(), amount: z.number() })),
    }),
  ),
});

/** An order with all that is known of its money. */
export interface OrderFacts {
  readonly id: AmazonOrderId;
  readonly sellerId: SellerId;
  readonly facts: LedgerFacts;
}

/** Orders that were looked at and put aside on purpose: fulfilled by Amazon, pending, older than the import. */
const notOurs: readonly string[] = [
  'fba_view',
  'pending_amazon',
  'never_created',
  'before_import',
  'other_marketplace',
  'importing',
  'dry_run',
];

const num = (value: bigint | null): number | null => (value === null ? null : Number(value));

function grouped<T extends { amazonOrderId: string }>(rows: readonly T[]): Map<string, T[]> {
  const byOrder = new Map<string, T[]>();
  for (const row of rows) {
    const own = byOrder.get(row.amazonOrderId);
    if (own) own.push(row);
    else byOrder.set(row.amazonOrderId, [row]);
  }
  return byOrder;
}

async function settledRows(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly string[],
): Promise<Map<string, SettledRow[]>> {
  const rows = await tx.$queryRaw<
    {
      order: string;
      settlement: string;
      line: number;
      type: string;
      amountType: string;
      description: string;
      currency: string;
      amount: bigint;
      posted: Date | null;
      item: string;
      adjustment: string;
      own: string;
    }[]
  >`
    select r.amazon_order_id as order, r.settlement_id as settlement, r.line, r.type, r.amount_type as "amountType",
      r.description, s.currency, r.amount, r.posted_at as posted, r.order_item_id as item, r.adjustment_id as adjustment,
      r.own_adjustment_id as own
    from settlement_row r join settlement s on s.shop = r.shop and s.settlement_id = r.settlement_id
    where r.shop = ${shop} and r.amazon_order_id = any(${[...ids]}::text[])
    order by r.settlement_id, r.line`;
  const all = rows.map((row) => ({
    amazonOrderId: row.order,
    row: {
      settlementId: row.settlement,
      line: row.line,
      sale: /^order(_|$|\s)/i.test(row.type),
      as: settledAs(row.amountType, row.description),
      currency: row.currency,
      amount: Number(row.amount),
      postedAt: row.posted?.getTime() ?? null,
      orderItemId: row.item || null,
      adjustmentId: row.adjustment || null,
      ownAdjustmentId: row.own || null,
    } satisfies SettledRow,
  }));
  return new Map([...grouped(all)].map(([id, list]) => [id, list.map(({ row }) => row)]));
}

function moneyOf(kept: unknown): ShopifyMoney | null {
  return moneyShape.safeParse(kept).data ?? null;
}

/**
 * What is known of the money of these orders, for their ledgers. Left out are those that Amazon was never read of, and those
 * that are no matter of the shop's: fulfilled by Amazon, pending, never created, older than the import.
 */
export async function ledgerFactsOf(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<OrderFacts[]> {
  const wanted = { shop, amazonOrderId: { in: [...ids] } };
  const rows = await tx.order.findMany({
    where: wanted,
    select: {
      amazonOrderId: true,
      sellerId: true,
      remembered: true,
      shopifyMoney: true,
      shopifyOrderId: true,
      amazonTotal: true,
      state: true,
    },
  });
  const own = rows.map(({ amazonOrderId: id }) => amazonOrderId(id));
  const moves = await movesOfOrders(tx, shop, own);
  const commands = await commandsOf(tx, shop, own);
  const postings = grouped(await tx.financePosting.findMany({ where: wanted }));
  const lines = grouped(await tx.reportedLine.findMany({ where: wanted }));
  const returns = grouped(await tx.reportedReturn.findMany({ where: wanted }));
  const settled = await settledRows(tx, shop, ids);
  return rows.flatMap((row): OrderFacts[] => {
    const id = amazonOrderId(row.amazonOrderId);
    const known = recall(row.remembered);
    const linked = row.shopifyOrderId !== null && row.state !== 'deleted_shopify';
    const shopify = linked ? moneyOf(row.shopifyMoney) : null;
    if (!known || (!linked && notOurs.includes(row.state))) return [];
    const told = lines.get(id) ?? [];
    const facts: LedgerFacts = {
      order: known.order,
      knownTotal: num(row.amazonTotal) || null,
      reportedCancelled:
        told.length > 0 &&
        told.every((line) => line.status.startsWith('cancel')) &&
        Math.max(...told.map((line) => line.updatedAt.getTime())) > known.order.updatedAt,
      shopify,
      shopifyUnread: linked && shopify === null,
      moves: moves.get(id) ?? [],
      postings: (postings.get(id) ?? []).map((each) => ({
        transactionId: each.transactionId,
        postedAt: each.postedAt.getTime(),
        currency: each.currency,
        fees: Number(each.fees),
        withheld: Number(each.withheld),
      })),
      commands: commands.get(id) ?? [],
      settled: settled.get(id) ?? [],
      returns: (returns.get(id) ?? []).flatMap(({ refunded, currency, returnedAt }) =>
        refunded === null ? [] : [{ amount: Number(refunded), currency, at: returnedAt?.getTime() ?? 0 }],
      ),
    };
    return [{ id, sellerId: sellerId(row.sellerId), facts }];
  });
}
