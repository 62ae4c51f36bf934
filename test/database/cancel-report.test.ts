import { Prisma } from '@prisma/client';
import { expect, it } from 'vitest';
import { cancelsWhere, countCancellers, countVerdicts, listCancels } from '../../app/db/cancels.ts';
import type { ListPlace } from '../../app/db/order-list.ts';
import { rateCourse } from '../../app/db/rate-course.ts';
import { ratesOf } from '../../app/db/rate.ts';
import { countReasons, reasonGroups, responseTimes } from '../../app/db/reasons.ts';
import { countMade, madeIn } from '../../app/db/report-orders.ts';
import type { CountReason, Verdict } from '../../app/domain/cancellation-rate.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import type { ReasonGrouping } from '../../app/domain/reason-group.ts';
import { readReportFilter } from '../../app/domain/report-filter.ts';
import { freshDatabase } from '../database.ts';
import { newShop, seller } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 12);
const [usa, germany, india, japan] = [
  'ATVPDKIKX0DER',
  'A1PA6795UKMFR9',
  'A21TJRUUN4KGV',
  'A1VC38T7YXB528',
] as const;
const filter = (query: string) => madeIn(readReportFilter(new URLSearchParams(query)), now);

/** An order as the loop leaves it; what is left out is an ordinary one that nobody cancelled. */
interface Spec {
  readonly id: string;
  readonly market?: string;
  readonly made?: number;
  readonly by?: string;
  /** Who cancelled each line; null: nobody. It goes before `by`, and the order is shipped. */
  readonly lines?: readonly (string | null)[];
  /** The reason of the cancel of some lines that this app sent. */
  readonly partSent?: string;
  /** The reason this app sent to Amazon. */
  readonly sent?: string;
  readonly asked?: 'confirmed' | 'claimed';
  readonly request?: 'none' | 'unknown' | 'asked';
  readonly late?: boolean;
  readonly skus?: readonly string[];
  readonly askedSku?: string;
  readonly category?: string;
  readonly fba?: boolean;
  /** Hours from the request to the decision, and to what both sides show. */
  readonly decidedAfter?: number;
  readonly closedAfter?: number;
}

async function add(shop: ShopDomain, specs: readonly Spec[]): Promise<void> {
  const statusOf = ({ by, sent, lines }: Spec) =>
    lines ? 'shipped' : by !== undefined || sent !== undefined ? 'cancelled' : 'unshipped';
  const linesOf = ({ by, lines }: Spec) => lines ?? (by === undefined ? null : [null, by]);
  const madeAt = (one: Spec) => one.made ?? now - 2 * day;
  await db.forShop(shop, async (tx) => {
    await tx.order.createMany({
      data: specs.map((one) => ({
        ...{ shop, amazonOrderId: one.id, sellerId: seller, marketplaceId: one.market ?? usa },
        ...{ amazonCreatedAt: new Date(madeAt(one)), amazonUpdatedAt: new Date(madeAt(one) + day) },
        amazonStatus: statusOf(one),
        shipBy: new Date(madeAt(one) + (one.late ? 0.5 : 3) * day),
        request: one.request ?? 'none',
        skus: [...(one.skus ?? ['SKU-1'])],
        state: one.fba ? 'fba_view' : 'in_step',
        ...(linesOf(one) && {
          remembered: {
            order: {
              lines: (linesOf(one) ?? []).map((by) => ({ cancelled: by && { by, reason: null } })),
            },
          },
        }),
      })),
    });
    for (const one of specs) {
      const key = { shop, amazonOrderId: one.id };
      if (one.sent !== undefined)
        await tx.command.create({
          data: {
            ...{ ...key, kind: 'cancel_amazon', key: `cancel ${one.id}`, state: 'confirmed' },
            ...{
              args: { reason: one.sent },
              plannedAt: new Date(madeAt(one)),
              sentAt: new Date(madeAt(one)),
            },
          },
        });
      if (one.partSent !== undefined)
        await tx.command.create({
          data: {
            ...{ ...key, kind: 'refund_amazon', key: `part ${one.id}`, state: 'confirmed' },
            args: { reason: one.partSent, items: [{ orderItemId: 'L1', quantityCancelled: 1 }] },
            ...{ plannedAt: new Date(madeAt(one)), sentAt: new Date(madeAt(one)) },
          },
        });
      if (one.asked === undefined) continue;
      const requested = madeAt(one) + hour;
      const after = (hours: number | undefined) =>
        hours === undefined ? null : new Date(requested + hours * hour);
      await tx.request.create({
        data: {
          ...{ ...key, n: 1, state: one.closedAfter === undefined ? 'open' : 'cancelled', version: 1 },
          ...{ requestedAt: new Date(requested), closedAt: after(one.closedAfter) },
          confirmedAt: one.asked === 'confirmed' ? new Date(requested) : null,
          lines: [{ orderItemId: 'L1', sku: one.askedSku ?? one.skus?.[0] ?? 'SKU-1', quantity: 1 }],
          sources: [{ source: one.asked === 'confirmed' ? 'order' : 'mail', at: requested }],
          reasonCategory: one.category ?? 'not_given',
        },
      });
      const decided = after(one.decidedAfter);
      if (decided)
        await tx.choice.create({
          data: {
            ...{ ...key, kind: 'cancel', args: {}, state: 'done', by: 'staff', at: decided },
            undoUntil: decided,
          },
        });
    }
  });
}

type Case = readonly [what: string, spec: Omit<Spec, 'id'>, verdict: Verdict, why: CountReason];

/** Made by hand from Seller Central's definition: what counts, whatever the marketplace. */
const cases: readonly Case[] = [
  ['the buyer alone, in the first half hour', { by: 'BUYER' }, 'notCounted', 'buyer_self'],
  ['the buyer alone, after the ship date', { by: 'BUYER', late: true }, 'notCounted', 'buyer_self'],
  [
    'approved here, the request on file',
    { sent: 'BuyerCanceled', asked: 'confirmed', by: 'MERCHANT' },
    'notCounted',
    'request_on_file',
  ],
  [
    'in Seller Central, the request on file',
    { by: 'MERCHANT', asked: 'confirmed' },
    'notCounted',
    'request_on_file',
  ],
  [
    'a request on file, but another reason given',
    { sent: 'NoInventory', asked: 'confirmed', by: 'MERCHANT' },
    'counted',
    'seller_reason',
  ],
  ['no stock', { sent: 'NoInventory', by: 'MERCHANT' }, 'counted', 'seller_reason'],
  ['in Seller Central, nobody asked', { by: 'MERCHANT' }, 'counted', 'seller_reason'],
  [
    'a plain message only, said to be the buyer’s',
    { sent: 'BuyerCanceled', asked: 'claimed', by: 'MERCHANT' },
    'counted',
    'buyer_cancelled_without_request',
  ],
  ['no shipment was confirmed in time', { by: 'AMAZON', late: true }, 'counted', 'ship_date_missed'],
  ['the payment failed', { by: 'AMAZON' }, 'notCounted', 'payment_or_pending'],
  ['nobody knows who', { by: 'UNKNOWN' }, 'notKnown', 'unknown'],
  [
    'the seller, while requests could not be seen',
    { by: 'MERCHANT', request: 'unknown' },
    'notKnown',
    'unknown',
  ],
];

it('REP-4: twelve cases made by hand are judged as they should be, in every marketplace', async () => {
  const shop = await newShop(database);
  const markets = [usa, germany, india, japan];
  await add(
    shop,
    markets.flatMap((market) => [
      ...cases.map(([, spec], n) => ({
        ...spec,
        market,
        id: `${market} case ${String(n).padStart(2, '0')}`,
      })),
      ...Array.from({ length: 238 }, (_, n) => ({ market, id: `${market} fine ${n}` })),
      // Neither is part of the rate: Amazon ships the one, and the other left the window.
      { market, id: `${market} fba`, by: 'MERCHANT', fba: true },
      { market, id: `${market} old`, by: 'MERCHANT', made: now - 7 * day },
    ]),
  );
  await db.forShop(shop, async (tx) => {
    for (const market of markets) {
      const { rows } = await listCancels(tx, shop, filter(`market=${market}&days=7`), {
        verdict: null,
        limit: 50,
      });
      const judged = rows
        .filter(({ amazonOrderId }) => amazonOrderId.includes('case'))
        .map(({ amazonOrderId, verdict, why }) => [amazonOrderId, verdict, why])
        .sort();
      expect(judged).toEqual(
        cases.map(([, , verdict, why], n) => [`${market} case ${String(n).padStart(2, '0')}`, verdict, why]),
      );
    }
    const rates = await ratesOf(tx, shop, now);
    const told = rates.map(({ marketplaceId, rate, worst, left, notCounted }) => [
      ...[marketplaceId, rate, worst?.counted, left, notCounted.length],
    ]);
    // 2 % of 250 are 5 in India; elsewhere 2.5 % are 7.
    expect(told).toEqual([
      [india, { counted: 5, total: 250 }, 7, 0, 5],
      ...[germany, japan, usa].map((id) => [id, { counted: 5, total: 250 }, 7, 2, 5]),
    ]);
    expect(await countVerdicts(tx, shop, filter(`market=${usa}&days=7`))).toEqual({
      counted: 5,
      notCounted: 5,
      notKnown: 2,
    });
    expect(await countCancellers(tx, shop, filter(`market=${usa}&days=7`))).toEqual({
      ...{ buyer: 2, you_after_request: 3, you: 4, amazon: 2, unknown: 1 },
    });
    const course = await rateCourse(tx, shop, usa, { now, back: 30 });
    expect([...course.orders]).toEqual([
      ['2026-11-15', 1],
      ['2026-11-20', 250],
    ]);
    expect(course.counted).toHaveLength(6);
  });
});

/** Of which not all was cancelled, or not by one alone. */
const partly: readonly Case[] = [
  ['one line had no stock, the other shipped', { lines: [null, 'MERCHANT'] }, 'counted', 'seller_reason'],
  [
    'the same, sent from here, though the buyer asked for the other line',
    { lines: ['MERCHANT', null], partSent: 'NoInventory', asked: 'confirmed' },
    'counted',
    'seller_reason',
  ],
  [
    'one line, which the buyer had asked for',
    { lines: ['MERCHANT', null], partSent: 'CustomerCancel', asked: 'confirmed' },
    'notCounted',
    'request_on_file',
  ],
  ['the buyer one line, the seller another', { lines: ['BUYER', 'MERCHANT'] }, 'counted', 'seller_reason'],
  ['the buyer one line, nobody knows who another', { lines: ['BUYER', 'ALIENS'] }, 'notKnown', 'unknown'],
  ['the buyer one line, Amazon another', { lines: ['BUYER', 'AMAZON'] }, 'notCounted', 'payment_or_pending'],
  [
    'Amazon one line, and the rest shipped late',
    { lines: ['AMAZON', null], late: true },
    'notCounted',
    'payment_or_pending',
  ],
  [
    'the buyer alone, before what was sent from here',
    { by: 'BUYER', sent: 'NoInventory' },
    'notCounted',
    'buyer_self',
  ],
  [
    'Amazon, before what was sent from here',
    { by: 'AMAZON', sent: 'NoInventory' },
    'notCounted',
    'payment_or_pending',
  ],
  [
    'sent from here, and Amazon does not say who',
    { by: 'UNKNOWN', sent: 'NoInventory' },
    'counted',
    'seller_reason',
  ],
  ['sent from here, and nothing is remembered', { sent: 'NoInventory' }, 'counted', 'seller_reason'],
];

it('REP-4: a cancel of one line is enough to count, and an order is one cancel', async () => {
  const shop = await newShop(database);
  const id = (n: number) => `case ${String(n).padStart(2, '0')}`;
  await add(shop, [
    ...partly.map(([, spec], n) => ({ ...spec, id: id(n) })),
    { id: 'none cancelled', lines: [null, null] },
    { id: 'fba', lines: ['MERCHANT', null], fba: true },
  ]);
  await db.forShop(shop, async (tx) => {
    const { rows } = await listCancels(tx, shop, filter('days=7'), { verdict: null, limit: 50 });
    expect(rows.map(({ amazonOrderId, verdict, why }) => [amazonOrderId, verdict, why]).sort()).toEqual(
      partly.map(([, , verdict, why], n) => [id(n), verdict, why]),
    );
    // What was sent is no reason of a cancel that was another's.
    expect(rows.filter(({ by }) => by !== 'MERCHANT').map(({ reason }) => reason)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
    const [rate] = await ratesOf(tx, shop, now);
    expect([rate?.rate, rate?.worst?.counted]).toEqual([{ counted: 5, total: 12 }, 6]);
    const who = { buyer: 1, you_after_request: 2, you: 4, amazon: 3, unknown: 1 };
    expect(await countCancellers(tx, shop, filter('days=7'))).toEqual(who);
  });
});

it('REP-4: of many orders only those are read of which something was cancelled', async () => {
  const shop = await newShop(database);
  await database.owner(
    `insert into amazon_order (shop, amazon_order_id, seller_id, marketplace_id, amazon_created_at, amazon_status, request, state, remembered)
      select $1, 'n' || n, $2, $3, $4::timestamptz - n * interval '10 seconds', case when n % 100 = 1 then 'cancelled' else 'shipped' end, 'none', 'in_step',
        jsonb_build_object('order', jsonb_build_object('lines', jsonb_build_array(jsonb_build_object('cancelled',
          case when n % 100 < 2 then '{"by":"MERCHANT"}'::jsonb end)))) from generate_series(1, 20000) n`,
    [shop, seller, usa, new Date(now).toISOString()],
  );
  await database.owner('analyze amazon_order');
  const plan = await db.forShop(shop, (tx) =>
    tx.$queryRaw(Prisma.sql`explain (format json) ${cancelsWhere(shop, filter('days=7'))}`),
  );
  expect(JSON.stringify(plan)).toContain('amazon_order_cancelled_idx');
  await db.forShop(shop, async (tx) => {
    expect(await countVerdicts(tx, shop, filter('days=7'))).toEqual({
      ...{ counted: 400, notCounted: 0, notKnown: 0 },
    });
  });
});

it('REP-4: the list pages by key, each cancel once, whatever it is narrowed to', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    Array.from({ length: 25 }, (_, n) => ({
      // Several were made in the same moment.
      ...{ id: String(n).padStart(2, '0'), made: now - 3 * day - Math.floor(n / 4) * hour },
      by: n % 5 === 0 ? 'BUYER' : 'MERCHANT',
    })),
  );
  const walk = async (verdict: Verdict | null) => {
    const found: string[] = [];
    let after: ListPlace | null | undefined;
    do {
      const place = after ?? undefined;
      const page = await db.forShop(shop, (tx) =>
        listCancels(tx, shop, filter(''), { verdict, limit: 4, after: place }),
      );
      found.push(...page.rows.map(({ amazonOrderId }) => amazonOrderId));
      after = page.next;
    } while (after);
    return found;
  };
  expect(new Set(await walk(null)).size).toBe(25);
  expect(await walk('counted')).toHaveLength(20);
  expect((await walk('notCounted')).sort()).toEqual(['00', '05', '10', '15', '20']);
  expect(await walk('notKnown')).toEqual([]);
});

it('REP-4 REP-7: an order belongs to the day its marketplace’s calendar shows', async () => {
  const shop = await newShop(database);
  const at = Date.UTC(2026, 10, 20, 2);
  await add(
    shop,
    [usa, germany, japan].map((market) => ({ id: market, market, made: at })),
  );
  const on = (query: string) => db.forShop(shop, (tx) => countMade(tx, shop, filter(query)));
  // Two in the morning in UTC is the evening before in Los Angeles, and late morning in Tokyo.
  expect(await on('from=2026-11-19&to=2026-11-19')).toBe(1);
  expect(await on('from=2026-11-20&to=2026-11-20')).toBe(2);
  expect(await on(`from=2026-11-19&to=2026-11-19&market=${usa}`)).toBe(1);
  expect(await on(`from=2026-11-20&to=2026-11-20&market=${usa}`)).toBe(0);
  expect(await on(`from=2026-11-20&to=2026-11-20&market=${japan}`)).toBe(1);
});

it('REP-7: reasons, who cancelled and how fast, by SKU, marketplace and week, beside the truth', async () => {
  const shop = await newShop(database);
  const made = (n: number) => now - n * day;
  await add(shop, [
    ...Array.from({ length: 10 }, (_, n) => ({ id: `mug ${n}`, made: made(2), skus: ['MUG'] })),
    {
      id: 'a',
      made: made(2),
      skus: ['MUG'],
      asked: 'confirmed',
      category: 'price',
      decidedAfter: 1,
      closedAfter: 2,
    },
    {
      id: 'b',
      made: made(2),
      skus: ['MUG'],
      asked: 'confirmed',
      category: 'price',
      decidedAfter: 3,
      closedAfter: 6,
    },
    // Asked for the pot alone: the mug's share does not grow, though it is ordered once more.
    {
      id: 'c',
      made: made(3),
      skus: ['MUG', 'POT'],
      askedSku: 'POT',
      asked: 'confirmed',
      category: 'mistake',
    },
    // Decided in Seller Central.
    {
      id: 'd',
      made: made(9),
      market: germany,
      skus: ['POT'],
      asked: 'confirmed',
      category: 'price',
      closedAfter: 4,
    },
    { id: 'e', made: made(9), market: germany, skus: ['LID'] },
    { id: 'fba', made: made(2), skus: ['MUG'], fba: true, asked: 'confirmed' },
  ]);
  await db.forShop(shop, async (tx) => {
    const where = filter('');
    expect(await countReasons(tx, shop, where)).toEqual([
      { category: 'price', n: 3 },
      { category: 'mistake', n: 1 },
    ]);
    expect(await responseTimes(tx, shop, where)).toEqual([
      {
        ...{ marketplaceId: usa, asked: 3, decided: 2, closed: 2 },
        ...{ toDecision: 2 * hour, toOutcome: 2 * hour, whole: 4 * hour },
      },
      {
        ...{ marketplaceId: germany, asked: 1, decided: 0, closed: 1 },
        ...{ toDecision: null, toOutcome: null, whole: 4 * hour },
      },
    ]);
    const groups = async (by: ReasonGrouping, limit = 50, after?: ListPlace) => {
      const { rows, next } = await reasonGroups(tx, shop, where, { by, limit, after });
      return {
        next,
        rows: rows.map((one) => [one.key, one.orders, one.asked, one.top, one.marketplaceId, one.medianMs]),
      };
    };
    const skus = [
      ['MUG', 13, 2, 'price', usa, 4 * hour],
      ['POT', 2, 2, 'mistake', null, 4 * hour],
      ['LID', 1, 0, null, germany, null],
    ];
    expect((await groups('sku')).rows).toEqual(skus);
    const first = await groups('sku', 1);
    const second = await groups('sku', 1, first.next ?? undefined);
    const third = await groups('sku', 1, second.next ?? undefined);
    expect([first, second, third].flatMap(({ rows }) => rows)).toEqual(skus);
    expect(third.next).toBeNull();
    expect((await groups('market')).rows).toEqual([
      [usa, 13, 3, 'price', usa, 4 * hour],
      [germany, 2, 1, 'price', germany, 4 * hour],
    ]);
    expect((await groups('week')).rows).toEqual([
      ['2026-11-16', 13, 3, 'price', usa, 4 * hour],
      ['2026-11-09', 2, 1, 'price', germany, 4 * hour],
    ]);
  });
});

it('SEC-1 REP-7: another shop’s orders are in none of the reports', async () => {
  const [shop, other] = [await newShop(database), await newShop(database)];
  await add(other, [{ id: 'x', by: 'MERCHANT', asked: 'confirmed' }]);
  await db.forShop(shop, async (tx) => {
    expect(await countReasons(tx, other, filter(''))).toEqual([]);
    expect((await listCancels(tx, other, filter(''), { verdict: null, limit: 5 })).rows).toEqual([]);
    expect((await reasonGroups(tx, other, filter(''), { by: 'sku', limit: 5 })).rows).toEqual([]);
  });
});
