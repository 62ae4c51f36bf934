import { generateKey } from '@47ng/cloak';
import { Readable } from 'node:stream';
import { toMoves } from '../../app/amazon/to-moves.ts';
import { dueLedgers } from '../../app/db/ledger-due.ts';
import { keepMoves, keepPostings } from '../../app/db/finances.ts';
import { sellerOf, type SellerRow } from '../../app/db/sellers.ts';
import type { Database } from '../../app/db/client.ts';
import { sellerId, shopDomain } from '../../app/domain/ids.ts';
import { carriedTexts } from '../../app/domain/carried.ts';
import { remember } from '../../app/domain/remembered.ts';
import { createLog } from '../../app/lib/log.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { makeLedgers, noteLedgers } from '../../app/sync/make-ledgers.ts';
import type { Services } from '../../app/sync/services.ts';
import { takeReport, type TakenFile } from '../../app/sync/take-report.ts';
import type { PlantedMonth } from '../samples/ledger-month.ts';
import { monthEnd } from '../samples/ledger-troubles.ts';

/** A shop whose month was planted, and what its sources gave. */
export interface PlayedMonth {
  readonly services: Services;
  readonly seller: SellerRow;
  readonly taken: readonly TakenFile[];
  /** What each step took, in milliseconds. */
  readonly took: Readonly<Record<string, number>>;
}

export const shop = shopDomain('month.myshopify.com');
const seller = sellerId('A1MONTH');

async function inBatches<T>(all: readonly T[], size: number, work: (some: readonly T[]) => Promise<unknown>) {
  for (let i = 0; i < all.length; i += size) await work(all.slice(i, i + size));
}

async function plantShop(db: Database): Promise<void> {
  const long = new Date(0);
  const never = new Date(monthEnd * 2);
  await db.forShop(shop, async (tx) => {
    await tx.shop.create({ data: { shop, installedAt: long, provedAt: long, nextChangesAt: never } });
    await tx.seller.create({
      data: {
        ...{ shop, sellerId: seller, region: 'na', refreshToken: 'sealed', stateSince: long },
        ...{ importFrom: new Date(Date.UTC(2026, 10, 3)), cursor: long, nextPollAt: never },
        financesUntil: new Date(monthEnd),
      },
    });
  });
}

/** Writes orders down as the loop leaves them. */
async function plantOrders(db: Database, month: PlantedMonth): Promise<void> {
  await inBatches(month.orders, 500, (some) =>
    db.forShop(shop, async (tx) => {
      await tx.order.createMany({
        data: some.map(({ order, shopify }) => ({
          ...{ shop, amazonOrderId: order.id, sellerId: seller, state: 'in_step' },
          marketplaceId: order.marketplaceId,
          amazonCreatedAt: new Date(order.createdAt),
          amazonUpdatedAt: new Date(order.updatedAt),
          amazonStatus: order.status,
          currency: order.total?.currency ?? null,
          amazonTotal: order.total?.amount ?? null,
          remembered: JSON.parse(
            JSON.stringify(remember(order, order.updatedAt, carriedTexts(order))),
          ) as object,
          shopifyOrderId: shopify && `gid://shopify/Order/${order.id}`,
          ...(shopify ? { shopifyMoney: JSON.parse(JSON.stringify(shopify)) as object } : {}),
        })),
      });
      const commands = some.flatMap(({ order, sent }) =>
        sent.map(({ key: own, at, args }) => ({
          ...{ shop, amazonOrderId: order.id, kind: 'refund_amazon', key: own, state: 'accepted' },
          args: JSON.parse(JSON.stringify(args)) as object,
          plannedAt: new Date(at),
          sentAt: new Date(at),
        })),
      );
      await tx.command.createMany({ data: commands });
      await noteLedgers(
        tx,
        shop,
        some.map(({ order }) => order.id),
      );
    }),
  );
}

/** Plants a month into an empty, migrated database, takes all its sources in, each file twice, and makes its ledgers. */
export async function playMonth(db: Database, month: PlantedMonth): Promise<PlayedMonth> {
  const services = {
    db,
    log: createLog('silent', 'bench'),
    vault: openVault(generateKey()),
  } as unknown as Services;
  const took: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    took[name] = Math.round((took[name] ?? 0) + performance.now() - began);
    return result;
  };
  await plantShop(db);
  await timed('plant orders', () => plantOrders(db, month));
  await timed('finances', () =>
    inBatches(month.transactions, 100, (some) =>
      db.forShop(shop, async (tx) => {
        const { moves, postings } = toMoves(some);
        const orders = await keepMoves(tx, shop, seller, monthEnd, moves);
        await noteLedgers(tx, shop, [...orders, ...(await keepPostings(tx, shop, seller, postings))]);
      }),
    ),
  );
  const row = await db.forShop(shop, (tx) => sellerOf(tx, shop, seller));
  if (!row) throw new Error('no seller');
  const taken: TakenFile[] = [];
  const files = [...month.settlements.map(({ text }) => text), month.allOrders, month.returns];
  for (const round of ['files', 'files again'])
    for (const text of files) {
      const source = {
        bytes: Readable.from([Buffer.from(text)]),
        charset: null,
        dataUntil: null,
        day: '2026-11-30',
      };
      taken.push(await timed(round, () => takeReport(services, shop, row, source)));
    }
  await timed('ledgers', async () => {
    while ((await db.forShop(shop, (tx) => dueLedgers(tx, shop, 1))).length > 0)
      await makeLedgers(services, shop);
  });
  return { services, seller: row, taken, took };
}

/** How what a ledger says of a month agrees with what was planted. */
export interface Verdict {
  readonly planted: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly missed: readonly string[];
  readonly invented: readonly string[];
}

/** Compares every entry that says something with the truth: `ORDER KIND STATE CLASS`. */
export function judge(month: PlantedMonth, said: readonly string[]): Verdict {
  const found = new Set(said);
  const missed = [...month.truth].filter((one) => !found.has(one));
  const invented = said.filter((one) => !month.truth.has(one));
  const right = month.truth.size - missed.length;
  return {
    planted: month.truth.size,
    found: found.size,
    right,
    precision: found.size === 0 ? 1 : right / found.size,
    recall: month.truth.size === 0 ? 1 : right / month.truth.size,
    missed,
    invented,
  };
}
