import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AmazonClient } from '../../app/amazon/client.ts';
import { orderReports, plainReports } from '../../app/amazon/reports.ts';
import type { Result } from '../../app/domain/failure.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import type { SettlementHead, SettlementLine } from '../../app/domain/reported.ts';
import { setClock } from '../../app/lib/clock.ts';
import { AllOrdersReader } from '../../app/reports/all-orders-report.ts';
import { lineBatches } from '../../app/reports/line-batches.ts';
import { readOrderReport, type ReportPart } from '../../app/reports/order-report.ts';
import { ReturnsReader } from '../../app/reports/returns-report.ts';
import { SettlementReader } from '../../app/reports/settlement-report.ts';
import { adapterBefore } from './adapter-world.ts';
import { type AmazonWorld, plainOrder, sellerId, startAmazon } from './amazon-world.ts';

const us = 'ATVPDKIKX0DER';
const first = amazonOrderId('902-0000001-0000001');
const second = amazonOrderId('902-0000001-0000002');
const shared = '../shared/amazon';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

describe('reports and Orders v0 of the pretend Amazon', () => {
  let world: AmazonWorld;
  let client: AmazonClient;
  let close: () => Promise<void>;
  const answers: { operation: string; status: number; body: unknown }[] = [];

  beforeAll(async () => {
    world = await startAmazon();
    const adapter = await adapterBefore((request, response) => {
      const end = response.end.bind(response);
      response.end = ((body: string | Uint8Array) => {
        const operation = world.log.at(-1)?.operation ?? '';
        if (typeof body === 'string' && operation !== '' && body.startsWith('{'))
          answers.push({ operation, status: response.statusCode, body: JSON.parse(body) });
        return end(body);
      }) as typeof response.end;
      world.amazon.handle(request, response);
    });
    ({ client } = adapter);
    close = async () => {
      await adapter.close();
      await world.close();
    };
  });
  beforeEach(() => {
    world.amazon.reset();
    world.amazon.setAuthorisation(sellerId, { state: 'granted' });
    world.faults.length = 0;
    answers.length = 0;
    for (const [name, value] of [
      ['report-cancellation-column', 'on'],
      ['report-encoding', 'utf-8'],
      ['report-packing', 'gzip'],
      ['report-without-data', 'cancelled'],
      ['request-flag-of-v0', 'text'],
    ] as const)
      world.switches.set(`amazon.${name}`, value);
    pass(3_600_000);
    world.amazon.placeOrders(sellerId, [plainOrder(first), plainOrder(second)]);
  });
  afterAll(() => close());

  const pass = (ms: number) => {
    world.now += ms;
    setClock(world.now);
  };
  const wish = (type: keyof typeof orderReports = 'unshipped') => ({
    reportType: orderReports[type],
    marketplaceIds: [us],
    // Fixed: the tests share a clock that goes on, and run in any order.
    from: type === 'all' ? Date.parse('2026-11-20T12:00:00Z') : null,
  });
  const make = async (type: keyof typeof orderReports = 'unshipped') => {
    const id = valueOf(await client.createReport(wish(type)));
    pass(60_000);
    return valueOf(await client.getReport(id));
  };
  const read = async (type: keyof typeof orderReports = 'unshipped') => {
    const { documentId } = await make(type);
    const { bytes, charset } = valueOf(await client.openReport(documentId ?? '', orderReports.unshipped));
    const parts: ReportPart[] = [];
    for await (const part of readOrderReport(bytes, charset)) parts.push(part);
    const rows = parts.flatMap((part) => (part.is === 'rows' ? part.rows : []));
    return { charset, parts, rows };
  };

  it('REQ-1 REP-5: an unshipped report shows each open line and what its buyer asked for', async () => {
    const reason = 'Zu groß, "oder" <b>=1+1</b>';
    world.amazon.requestCancel(sellerId, first, { orderItemIds: ['10000000000001'], reason });
    world.amazon.ship(sellerId, second, { carrier: 'UPS', trackingNumber: '1Z' });
    const { rows, charset, parts } = await read();
    expect(charset).toBe('utf-8');
    expect(parts[0]).toMatchObject({ is: 'columns', cancellation: true, misspelt: null });
    expect(rows.map((row) => [row.amazonOrderId, row.orderItemId, row.asked, row.reason])).toEqual([
      [first, '10000000000001', 'asked', reason],
      [first, '10000000000002', 'none', null],
    ]);
  });

  /** The text of a report without buyer data, opened without a token of its own. */
  const plainText = async (type: keyof typeof plainReports, documentId: string | null) => {
    const { bytes } = valueOf(await client.openReport(documentId ?? '', plainReports[type]));
    const text = gunzipSync(Buffer.concat(await bytes.toArray())).toString('utf8');
    const header = `${shared}/samples/reports-tsv/${plainReports[type]}.header.tsv`;
    if (existsSync(header)) {
      const known = readFileSync(header, 'utf8').trimEnd().split('\t');
      const titles = text.slice(0, text.indexOf('\r')).split('\t');
      expect(titles).toEqual(known.filter((title) => titles.includes(title)));
    }
    async function* piece() {
      yield await Promise.resolve(Buffer.from(text));
    }
    return lineBatches(piece());
  };
  const asked = async (type: 'all_orders' | 'returns') => {
    const id = valueOf(
      await client.createReport({
        reportType: plainReports[type],
        marketplaceIds: [us],
        from: world.now - 60_000,
      }),
    );
    pass(60_000);
    return plainText(type, valueOf(await client.getReport(id)).documentId);
  };

  it('REP-1 REP-5: all orders, returns and settlements are made from what happened, and have only Amazon’s own columns', async () => {
    world.amazon.ship(sellerId, first, { carrier: 'UPS', trackingNumber: '1Z' });
    world.amazon.cancel(sellerId, second, { by: 'BUYER' });
    world.amazon.claim(sellerId, first, { kind: 'return', amount: '5.00' });
    const orders = [];
    const reader = new AllOrdersReader('utf-8');
    for await (const batch of await asked('all_orders')) orders.push(...reader.read(batch));
    const told = orders.map(({ amazonOrderId: id, status, currency, amount }) => ({
      id,
      status,
      currency,
      amount,
    }));
    expect(
      told
        .filter(({ id }) => id === second)
        .every(({ status, amount }) => status === 'cancelled' && amount === null),
    ).toBe(true);
    const sale = told.filter(({ id }) => id === first);
    expect(sale.map(({ status, currency }) => [status, currency])).toEqual([
      ['shipped', 'USD'],
      ['shipped', 'USD'],
    ]);
    const returns = [];
    for await (const batch of await asked('returns'))
      returns.push(...new ReturnsReader('utf-8').read(batch).rows);
    expect(returns).toMatchObject([
      { amazonOrderId: first, refunded: 500, currency: 'USD', status: 'completed' },
    ]);
    const list = async () =>
      valueOf(await client.findReports(plainReports.settlement, world.now - 80 * 86_400_000));
    const before = await list();
    pass(15 * 86_400_000);
    const made = (await list()).filter(({ reportId }) => before.every((one) => one.reportId !== reportId));
    expect(made).toMatchObject([{ state: 'made' }]);
    expect((await list()).map(({ reportId }) => reportId)).toEqual(
      [...made, ...before].map(({ reportId }) => reportId),
    );
    const settled = new SettlementReader('utf-8');
    const [heads, rows, broken]: [SettlementHead[], SettlementLine[], unknown[]] = [[], [], []];
    for await (const batch of await plainText('settlement', made[0]?.documentId ?? null)) {
      const read = settled.read(batch);
      heads.push(...read.heads);
      rows.push(...read.rows);
      broken.push(...read.broken);
    }
    expect(broken).toEqual([]);
    expect(heads).toMatchObject([
      { currency: 'USD', total: rows.reduce((sum, { amount }) => sum + amount, 0) },
    ]);
    const sums = Map.groupBy(rows, ({ type, amountType }) => `${type} ${amountType}`);
    const sum = (name: string) => sums.get(name)?.reduce((all, { amount }) => all + amount, 0);
    expect(sum('Order ItemPrice')).toBe(sale.reduce((all, { amount }) => all + (amount ?? 0), 0));
    expect(sum('Refund ItemPrice')).toBe(-500);
    expect([...sums.keys()].sort()).toEqual([
      'Order ItemFees',
      'Order ItemPrice',
      'Refund ItemFees',
      'Refund ItemPrice',
    ]);
  });

  it('REP-5: an order report goes by the time of purchase', async () => {
    world.amazon.placeOrders(sellerId, [
      plainOrder(second, { createdTime: '2026-11-01T00:00:00Z' }),
      plainOrder('902-0000001-0000003', { fulfillment: { fulfillmentStatus: 'PENDING' } }),
    ]);
    world.amazon.ship(sellerId, first, { carrier: 'UPS', trackingNumber: '1Z' });
    const { rows } = await read('all');
    expect([...new Set(rows.map((row) => row.amazonOrderId))]).toEqual([first]);
  });

  it.each([
    ['off', 'utf-8', 'plain', 'unknown'],
    ['misspelled', 'windows-31j', 'gzip', 'asked'],
    ['on', 'windows-31j', 'plain', 'asked'],
    ['on', 'windows-1252', 'gzip', 'asked'],
  ] as const)('REQ-1 REP-5: column %s, %s, %s', async (column, encoding, packing, asked) => {
    world.switches.set('amazon.report-cancellation-column', column);
    world.switches.set('amazon.report-encoding', encoding);
    world.switches.set('amazon.report-packing', packing);
    const reason = encoding === 'windows-1252' ? 'Größe' : '間違えた';
    world.amazon.requestCancel(sellerId, first, { reason });
    const { rows } = await read();
    const read1 = { asked, reason: asked === 'asked' ? reason : null };
    expect(rows.filter((row) => row.amazonOrderId === first)).toMatchObject([read1, read1]);
  });

  it('REP-5: a report is made while time passes, and is found again by its type', async () => {
    const id = valueOf(await client.createReport(wish()));
    const states = [];
    for (const ms of [0, 20_000, 40_000]) {
      pass(ms);
      states.push(valueOf(await client.getReport(id)).state);
    }
    expect(states).toEqual(['making', 'making', 'made']);
    const found = valueOf(await client.findReports(orderReports.unshipped, world.now - 120_000));
    expect(found).toMatchObject([{ reportId: id, state: 'made' }]);
    expect(valueOf(await client.findReports(orderReports.all, world.now - 120_000))).toEqual([]);
    expect(valueOf(await client.findReports(orderReports.unshipped, world.now - 1_000))).toEqual([]);
  });

  it('PRO-3: a lost answer of createReport is unsure, and the report is there', async () => {
    world.faults.push({ service: 'amazon', match: { operation: 'createReport' }, kind: 'drop-answer' });
    expect(await client.createReport(wish())).toMatchObject({ ok: false, failure: { kind: 'unsure' } });
    expect(valueOf(await client.findReports(orderReports.unshipped, world.now - 1_000))).toHaveLength(1);
  });

  it.each([
    ['stuck-feed', 'making'],
    ['fatal-feed', 'fatal'],
  ] as const)('REP-5: with the fault %s it ends as %s', async (kind, state) => {
    world.faults.push({ service: 'amazon', match: { operation: 'createReport' }, kind });
    expect((await make()).state).toBe(state);
  });

  it('REP-5: no data is cancelled, or a line of titles', async () => {
    for (const id of [first, second]) world.amazon.cancel(sellerId, id, { by: 'BUYER' });
    expect(await make()).toMatchObject({ state: 'nothing', documentId: null });
    world.switches.set('amazon.report-without-data', 'header-only');
    expect((await read()).parts.map((part) => part.is)).toEqual(['columns', 'end']);
  });

  it('SEC-5: buyer data takes a token of its own, for this one document, and a role', async () => {
    const { documentId } = await make();
    const other = await make();
    const token = (await world.login()).body.access_token ?? '';
    const documents = '/reports/2021-06-30/documents';
    expect((await world.get(`${documents}/${documentId ?? ''}`, {}, token)).status).toBe(403);
    const restrictedResources = [{ method: 'GET', path: `${documents}/${documentId ?? ''}` }];
    const tokens = '/tokens/2021-03-01/restrictedDataToken';
    const reply = await world.send('POST', tokens, { restrictedResources }, token);
    const restricted = (reply.body as { restrictedDataToken?: string }).restrictedDataToken ?? '';
    expect((await world.get(`${documents}/${documentId ?? ''}`, {}, restricted)).status).toBe(200);
    expect((await world.get(`${documents}/${other.documentId ?? ''}`, {}, restricted)).status).toBe(403);
    expect((await world.get('/orders/2026-01-01/orders', {}, restricted)).status).toBe(403);
    world.amazon.setAuthorisation(sellerId, { state: 'granted', missingRoles: ['Direct-to-Consumer'] });
    expect(await client.openReport(documentId ?? '', orderReports.unshipped)).toMatchObject({
      failure: { kind: 'final', code: 'data_refused' },
    });
  });

  it('REP-5: an address holds for five minutes, and needs no token', async () => {
    const { documentId } = await make();
    valueOf(await client.openReport(documentId ?? '', orderReports.unshipped)).bytes.destroy();
    const { url } = answers.at(-1)?.body as { url: string };
    const { pathname } = new URL(url);
    expect((await world.get(pathname, {}, '')).status).toBe(200);
    pass(300_000);
    expect((await world.get(pathname, {}, '')).status).toBe(403);
    expect((await world.get('/documents/none', {}, '')).status).toBe(404);
  });

  it.each([
    ['text', { state: 'none' }],
    ['boolean', { state: 'none' }],
    ['absent', { state: 'none' }],
  ])('REQ-1: v0 tells requests by line, written as %s', async (style, none) => {
    world.switches.set('amazon.request-flag-of-v0', style);
    world.amazon.requestCancel(sellerId, first, { orderItemIds: ['10000000000002'], reason: 'By mistake' });
    expect([...valueOf(await client.readRequestsV0(first))]).toEqual([
      ['10000000000001', none],
      ['10000000000002', { state: 'asked', reason: 'By mistake' }],
    ]);
  });

  it('REQ-1: v0 gives all lines of a long order, and none of an unknown one', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => ({
      orderItemId: String(10_000_000_000_000 + i),
      quantityOrdered: 1,
      product: { asin: 'B000000001', title: 'Mug' },
    }));
    world.amazon.placeOrders(sellerId, [plainOrder(first, { orderItems: lines })]);
    expect(valueOf(await client.readRequestsV0(first)).size).toBe(250);
    expect(await client.readRequestsV0(amazonOrderId('902-0000009-0000009'))).toMatchObject({
      failure: { kind: 'final', code: 'not_found' },
    });
  });

  it('PRO-5: keeps the buckets of each operation', async () => {
    const token = (await world.login()).body.access_token ?? '';
    const statuses = [];
    for (let call = 0; call < 16; call += 1)
      statuses.push((await world.send('POST', '/reports/2021-06-30/reports', wish(), token)).status);
    expect(statuses).toEqual([...Array<number>(15).fill(202), 429]);
  });

  it.each([
    [{ reportType: 'BAD_FEE_DISCOUNTS_REPORT', marketplaceIds: [us] }],
    [{ reportType: orderReports.all, marketplaceIds: [] }],
    [{ reportType: orderReports.all, marketplaceIds: [us], dataStartTime: 'yesterday' }],
    [{ reportType: orderReports.all, marketplaceIds: [us], dataStartTime: '2030-01-01T00:00:00Z' }],
    [{ reportType: plainReports.settlement, marketplaceIds: [us] }],
    ['no JSON object'],
  ])('refuses the wish %j', async (body) => {
    const token = (await world.login()).body.access_token ?? '';
    const reply = await world.send('POST', '/reports/2021-06-30/reports', body, token);
    expect([reply.status, reply.body.errors?.[0]?.code]).toEqual([400, 'InvalidInput']);
  });

  it.skipIf(!existsSync(shared))("answers in the shape of Amazon's models", async () => {
    await read();
    await client.findReports(orderReports.unshipped, world.now - 3_600_000);
    await client.readRequestsV0(first);
    await client.getReport('none');
    const models = {
      createReport: ['reports_2021-06-30', 'CreateReportResponse'],
      getReport: ['reports_2021-06-30', 'Report'],
      getReports: ['reports_2021-06-30', 'GetReportsResponse'],
      getReportDocument: ['reports_2021-06-30', 'ReportDocument'],
      createRestrictedDataToken: ['tokens_2021-03-01', 'CreateRestrictedDataTokenResponse'],
      getOrderItems: ['ordersV0', 'GetOrderItemsResponse'],
    } as const;
    const seen = answers.filter(({ operation }) => operation in models);
    expect(new Set(seen.map(({ operation }) => operation)).size).toBe(6);
    for (const { operation, status, body } of seen) {
      const [file, definition] = models[operation as keyof typeof models];
      const model = JSON.parse(readFileSync(`${shared}/models/${file}.json`, 'utf8')) as {
        definitions: Record<string, Record<string, unknown>>;
      };
      const definitions = Object.fromEntries(
        Object.entries(model.definitions).map(([name, schema]) => [
          name,
          'properties' in schema ? { ...schema, additionalProperties: false } : schema,
        ]),
      );
      const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
      const validate = ajv.compile({
        $ref: `#/definitions/${status < 300 ? definition : 'ErrorList'}`,
        definitions,
      });
      validate(body);
      expect([operation, validate.errors ?? []]).toEqual([operation, []]);
    }
  });

  const v0Case = `${shared}/sandbox-cases/ordersV0.getOrderItems.200.json`;
  it.skipIf(!existsSync(v0Case))("REQ-1: Amazon's own v0 case shows its request", async () => {
    const { static: cases } = JSON.parse(readFileSync(v0Case, 'utf8')) as { static: { response: unknown }[] };
    const alone = await adapterBefore((request, response) => {
      if (request.url?.startsWith('/orders/v0') !== true) world.amazon.handle(request, response);
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(cases[0]?.response));
    });
    expect([...valueOf(await alone.client.readRequestsV0(first))]).toEqual([
      ['05015851154158', { state: 'asked', reason: 'Found cheaper somewhere else.' }],
    ]);
    await alone.close();
  });

  const header = `${shared}/samples/reports-tsv/GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING.header.tsv`;
  it.skipIf(!existsSync(header))("REP-5: has only columns that Amazon's own report has", async () => {
    const { documentId } = await make();
    world.switches.set('amazon.report-packing', 'plain');
    const { bytes } = valueOf(
      await client.openReport((await make()).documentId ?? documentId ?? '', orderReports.unshipped),
    );
    const [titles] = Buffer.concat(await bytes.toArray())
      .toString('utf8')
      .split('\r\n');
    const known = readFileSync(header, 'utf8').trim().split('\t');
    expect(titles?.split('\t').filter((title) => !known.includes(title))).toEqual([]);
  });
});
