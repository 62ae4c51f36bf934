import { expect, it } from 'vitest';
import { plainReports } from '../../app/amazon/reports.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 1 });
const id = '902-1000000-0000001';
const [first, second] = ['10000000000001', '10000000000002'] as const;

interface Move {
  readonly transaction_id: string;
  readonly amazon_order_id: string;
  readonly kind: string;
  readonly currency: string;
  readonly amount: string;
  readonly items: unknown;
  readonly seen_at: Date;
}

const moves = () =>
  world.database.owner<Move>('select * from amazon_move order by posted_at, transaction_id', []);
const swept = async () => {
  const [row] = await world.database.owner<{ finances_until: Date | null; next_finances_at: Date | null }>(
    'select finances_until, next_finances_at from seller',
    [],
  );
  return row;
};
const advance = (hours: number) => world.control('POST', '/clock', { advance: `PT${hours}H` });
/** A sweep that is due begins within a second or so. */
const soon = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 15_000 });
const finance = () =>
  world.database.owner<{ kind: string; params: unknown }>(
    `select kind, params from problem where closed_at is null and kind = 'role_missing'`,
    [],
  );

async function shipped() {
  await world.place(
    amazonOrder(id, {
      proceeds: { grandTotal: { amount: '35.80', currencyCode: 'USD' } },
      orderItems: [
        amazonLine(first, { sku: 'SKU-1', item: '10.00', tax: '0.80', shipping: '5.00' }),
        amazonLine(second, { sku: 'SKU-2', item: '20.00' }),
      ],
    }),
  );
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/ship`, { carrier: 'UPS', trackingNumber: '1Z' });
  await world.settle();
}

it('REF-4: a refund made in Seller Central is known once Finances shows it, once, by line and component', async () => {
  await shipped();
  await world.control('POST', `/amazon/orders/${id}/refund`, {
    items: [
      { orderItemId: first, principal: '4.00', tax: '0.32', shipping: '5.00' },
      { orderItemId: second, principal: '20.00' },
    ],
  });
  await world.settle();
  expect(await moves()).toEqual([]);
  expect((await swept())?.finances_until).toBeInstanceOf(Date);
  await world.settle(true);
  const [move, ...more] = await moves();
  expect(more).toEqual([]);
  expect(move).toMatchObject({ amazon_order_id: id, kind: 'refund', currency: 'USD', amount: '2932' });
  expect(move?.items).toEqual([
    { sku: 'SKU-1', components: { principal: 400, tax: 32, shipping: 500 } },
    { sku: 'SKU-2', components: { principal: 2000 } },
  ]);
  const before = await swept();
  await advance(1);
  await soon(async () => (await swept())?.finances_until?.getTime()).toBeGreaterThan(
    before?.finances_until?.getTime() ?? Infinity,
  );
  expect(await moves()).toEqual([move]);
});

it('REF-3: claims and chargebacks are known as what they are', async () => {
  await world.control('POST', '/behaviour', { name: 'amazon.finance-lag', value: '6h' });
  await shipped();
  await world.control('POST', `/amazon/orders/${id}/claim`, { kind: 'a-to-z', amount: '3.00' });
  await world.control('POST', `/amazon/orders/${id}/claim`, { kind: 'chargeback', amount: '2.00' });
  await world.settle(true);
  expect((await moves()).map(({ kind, amount }) => [kind, amount])).toEqual([
    ['claim', '300'],
    ['chargeback', '200'],
  ]);
});

it('PRO-4: a role that is missing is a problem until it is granted', async () => {
  await shipped();
  const missingRoles = ['Finance and Accounting'];
  await world.control('POST', '/amazon/authorisation', { state: 'granted', missingRoles });
  await advance(1);
  await soon(finance).toEqual([
    { kind: 'role_missing', params: { role: 'Finance and Accounting', what: 'finances' } },
  ]);
  await world.control('POST', '/amazon/authorisation', { state: 'granted' });
  await advance(7);
  await soon(finance).toEqual([]);
});

it('REP-1 REP-2 REP-5: the day’s reports come by themselves, and a settlement that proves whole says the same as both sides', async () => {
  await shipped();
  await world.control('POST', `/amazon/orders/${id}/claim`, { kind: 'return', amount: '5.00' });
  await world.settle(true);
  for (let days = 0; days < 16; days += 1) {
    await advance(24);
    await world.settle();
  }
  const fetched = await world.database.owner<{ report_type: string; kinds: string[]; failed: boolean }>(
    `select report_type, array_agg(distinct counts->>'kind') as kinds, bool_or(state = 'failed') as failed
     from order_report where counts->>'kind' is not null group by 1 order by 1`,
  );
  expect(fetched).toEqual([
    { report_type: plainReports.all_orders, kinds: ['all_orders'], failed: false },
    { report_type: plainReports.returns, kinds: ['returns'], failed: false },
    { report_type: plainReports.settlement, kinds: ['settlement'], failed: false },
  ]);
  const proved = await world.database.owner(
    `select s.total = sum(r.amount) as whole, s.cut, s.broken, count(*) filter (where r.matched_to = '')::int as unmatched
     from settlement s join settlement_row r using (shop, settlement_id) group by s.shop, s.settlement_id`,
  );
  expect(proved).toEqual([{ whole: true, cut: null, broken: 0, unmatched: 0 }]);
  const entries = await world.database.owner(
    'select kind, amazon::int, shopify::int, settlement::int, state from ledger_entry order by kind desc',
  );
  expect(entries).toEqual([
    { kind: 'sale', amazon: 3580, shopify: 3580, settlement: 3580, state: 'in_step' },
    { kind: 'refund', amazon: -500, shopify: -500, settlement: -500, state: 'in_step' },
    { kind: 'fee', amazon: -375, shopify: null, settlement: -375, state: 'in_step' },
  ]);
});
