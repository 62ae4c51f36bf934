import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { plainReports } from '../../app/amazon/reports.ts';
import { sellerOf } from '../../app/db/sellers.ts';
import { listSettlements } from '../../app/db/settlement-list.ts';
import { ok } from '../../app/domain/failure.ts';
import { now } from '../../app/lib/clock.ts';
import { createLog } from '../../app/lib/log.ts';
import { beginReport, reportStep } from '../../app/sync/fetch-order-report.ts';
import { beginDailyReports } from '../../app/sync/find-settlements.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, seller } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const text = [
  'settlement-id\ttotal-amount\tcurrency\ttransaction-type\torder-id\tamount-type\tamount-description\tamount',
  '12800000077\t10.00\tUSD\t\t\t\t\t',
  '12800000077\t\t\tOrder\t902-0000001-0000001\tItemPrice\tPrincipal\t10.00',
  '',
].join('\n');

/** A connection that is cut before anything came. */
const cutOff = () =>
  new Readable({
    read() {
      this.destroy(new TypeError('terminated'));
    },
  });

async function connected(since: number) {
  const shop = await newShop(database);
  const at = new Date(since);
  await db.forShop(shop, (tx) =>
    tx.seller.create({
      data: {
        ...{ shop, sellerId: seller, region: 'na', refreshToken: 'sealed', stateSince: at },
        ...{ importFrom: at, cursor: at, nextPollAt: at },
      },
    }),
  );
  const opened: string[] = [];
  const cuts = { left: 0 };
  const amazon = () => ({
    findReports: () =>
      Promise.resolve(
        ok([
          { reportId: 'R1', state: 'made', documentId: 'D1', dataUntil: null },
          { reportId: 'R2', state: 'making', documentId: null, dataUntil: null },
        ]),
      ),
    openReport: (documentId: string, reportType: string) => {
      opened.push(`${documentId} ${reportType}`);
      cuts.left -= 1;
      const bytes = cuts.left < 0 ? Readable.from([Buffer.from(text)]) : cutOff();
      return Promise.resolve(ok({ bytes, charset: null }));
    },
  });
  const services = { db, log: createLog('silent', 'test'), amazon } as unknown as Services;
  const reports = () =>
    owner<{ id: string; report_type: string; state: string; report_id: string | null }>(
      'select id::text, report_type, state, report_id from order_report where shop = $1 order by report_id nulls first, report_type',
      [shop],
    );
  return { shop, services, opened, cuts, reports };
}

it('REP-5: settlements that Amazon made by itself are found, and each is taken in once', async () => {
  const { shop, services, opened, reports } = await connected(0);
  for (let turn = 0; turn < 2; turn += 1) {
    const begun = await beginReport(services, shop, seller, 'settlement', 45);
    await reportStep(services, shop, begun.id);
    for (const { id } of await reports()) await reportStep(services, shop, id);
  }
  expect((await reports()).map(({ state, report_id }) => [state, report_id])).toEqual([
    ['done', null],
    ['done', null],
    ['done', 'R1'],
  ]);
  expect(opened).toEqual([`D1 ${plainReports.settlement}`]);
  const { rows } = await db.forShop(shop, (tx) => listSettlements(tx, shop, { limit: 5 }));
  expect(rows).toMatchObject([
    { settlementId: '12800000077', rows: 1, total: 1000n, sum: 1000n, unmatched: 1 },
  ]);
  await owner('delete from seller where shop = $1', [shop]);
});

it('REP-5: a settlement of which nothing came before the connection was cut is fetched again, and not for ever', async () => {
  for (const [times, state] of [
    [2, 'done'],
    [3, 'failed'],
  ] as const) {
    const { shop, services, cuts, reports } = await connected(0);
    cuts.left = times;
    const begun = await beginReport(services, shop, seller, 'settlement', 45);
    await reportStep(services, shop, begun.id);
    for (let turn = 0; turn < times + 1; turn += 1)
      for (const { id } of await reports()) await reportStep(services, shop, id);
    expect((await reports()).map((one) => [one.report_id, one.state])).toEqual([
      [null, 'done'],
      ['R1', state],
    ]);
    await owner('delete from seller where shop = $1', [shop]);
  }
});

it('REP-5: the reports of the day are begun once a day, from a day after an account was connected', async () => {
  for (const [since, count] of [
    [0, 3],
    [now(), 0],
  ] as const) {
    const { shop, services, reports } = await connected(since);
    const row = await db.forShop(shop, (tx) => sellerOf(tx, shop, seller));
    if (!row) throw new Error('no seller');
    await beginDailyReports(services, shop, row);
    await beginDailyReports(services, shop, row);
    expect((await reports()).map((one) => one.report_type)).toHaveLength(count);
    await owner('delete from seller where shop = $1', [shop]);
  }
});
