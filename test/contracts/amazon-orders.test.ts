import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonWorld, ordersPath, plainOrder, sellerId, startAmazon } from './amazon-world.ts';

const shared = '../shared/amazon';
const modelFile = `${shared}/models/orders_2026-01-01.json`;
const allData =
  'BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS';

interface Case {
  readonly request: {
    readonly parameters: { readonly includedData?: { readonly value: readonly string[] } };
  };
  readonly response: {
    readonly order?: Record<string, unknown>;
    readonly orders?: Record<string, unknown>[];
  };
}

function casesOf(operation: string): { order: Record<string, unknown>; data: string }[] {
  const file = `${shared}/sandbox-cases/orders_2026-01-01.${operation}.200.json`;
  const { static: cases } = JSON.parse(readFileSync(file, 'utf8')) as { static: Case[] };
  return cases.flatMap(({ request, response }) => {
    const data = request.parameters.includedData?.value.join(',') ?? '';
    const orders = response.orders ?? (response.order === undefined ? [] : [response.order]);
    return orders.map((order) => ({ order, data }));
  });
}

/** Checks a value against a definition of the model; properties that the model does not know are an error. */
function validators(): (definition: string) => ValidateFunction {
  const { definitions } = JSON.parse(readFileSync(modelFile, 'utf8')) as {
    definitions: Record<string, Record<string, unknown>>;
  };
  const closed = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      'properties' in schema ? { ...schema, additionalProperties: false } : schema,
    ]),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
  return (definition) => ajv.compile({ $ref: `#/definitions/${definition}`, definitions: closed });
}

describe.skipIf(!existsSync(modelFile))(
  "the pretend Amazon against Amazon's published model and cases",
  () => {
    let world: AmazonWorld;
    beforeAll(async () => {
      world = await startAmazon();
    });
    beforeEach(() => world.amazon.reset());
    afterAll(() => world.close());

    const expectValid = (definition: string, value: unknown) => {
      const validate = validators()(definition);
      validate(value);
      expect(validate.errors ?? []).toEqual([]);
    };
    const anHourAgo = () => new Date(world.now - 60 * 60 * 1000).toISOString();

    it("IMP-1: gives every order of Amazon's own sandbox cases back as it was placed, by id and by search", async () => {
      const cases = [...casesOf('searchOrders'), ...casesOf('getOrder')];
      expect(cases.length).toBe(6);
      world.amazon.placeOrders(
        sellerId,
        cases.map(({ order }) => order),
      );
      const lastUpdatedTime = '2026-11-21T12:00:00Z';
      for (const { order, data } of cases) {
        const { body } = await world.get(`${ordersPath}/${String(order['orderId'])}`, { includedData: data });
        expect(body.order).toEqual({ ...order, lastUpdatedTime });
        expectValid('GetOrderResponse', body);
      }
      world.now += 2 * 60 * 1000;
      for (const { order, data } of cases) {
        const { body } = await world.get(ordersPath, { lastUpdatedAfter: anHourAgo(), includedData: data });
        expect(body.orders).toContainEqual({ ...order, lastUpdatedTime });
        expectValid('SearchOrdersResponse', body);
      }
    });

    it('gives valid orders after requests, cancels and shipments', async () => {
      world.amazon.placeOrders(sellerId, [plainOrder('902-0000001-0000001')]);
      const id = '902-0000001-0000001';
      world.amazon.requestCancel(sellerId, id, { reason: 'Ordered by mistake' });
      const item = { orderItemId: '10000000000001', quantity: 1 };
      world.amazon.ship(sellerId, id, { items: [item], carrier: 'UPS', trackingNumber: '1Z' });
      world.amazon.cancel(sellerId, id, { by: 'MERCHANT', orderItemIds: ['10000000000002'] });
      world.amazon.ship(sellerId, id, { carrier: 'UPS', trackingNumber: '1Y' });
      const { body } = await world.get(`${ordersPath}/${id}`, { includedData: allData });
      expectValid('GetOrderResponse', body);
    });

    it.each([
      ['a bad parameter', 400, { createdAfter: 'TEST_CASE_400' }],
      ['a search', 200, { createdAfter: '2026-01-01T00:00:00Z', maxResultsPerPage: '1' }],
    ])('answers %s in the shape of the model', async (_what, status, query) => {
      world.amazon.placeOrders(sellerId, [
        plainOrder('902-0000001-0000001'),
        plainOrder('902-0000001-0000002'),
      ]);
      const reply = await world.get(ordersPath, query);
      expect(reply.status).toBe(status);
      expectValid(status === 200 ? 'SearchOrdersResponse' : 'ErrorList', reply.body);
      expect(reply.headers.get('x-amzn-requestid')).toMatch(/./);
      expect(reply.headers.get('x-amzn-ratelimit-limit')).toBe('0.0056');
    });

    it("refuses the order id of Amazon's own 400 case, and does not know a well-formed one", async () => {
      const odd = await world.get(`${ordersPath}/TEST_CASE_400`);
      expect([odd.status, odd.body.errors?.[0]?.code]).toEqual([400, 'InvalidInput']);
      expectValid('ErrorList', odd.body);
      const unknown = await world.get(`${ordersPath}/902-9999999-9999999`);
      expect(unknown.status).toBe(404);
      expectValid('ErrorList', unknown.body);
    });
  },
);
