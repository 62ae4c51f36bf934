import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  getVariableValues,
  GraphQLEnumType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { AmazonOrder } from '../../app/domain/amazon-order.ts';
import { carriedTexts } from '../../app/domain/carried.ts';
import { fail, ok } from '../../app/domain/failure.ts';
import { amazonOrderId, shopDomain, shopifyOrderId, shopifyVariantId } from '../../app/domain/ids.ts';
import { currencyDecimals } from '../../app/domain/money.ts';
import { draftOrder } from '../../app/domain/order-draft.ts';
import { settingsSchema } from '../../app/domain/settings.ts';
import { requestedCost } from '../../app/sandbox/shopify/cost.ts';
import { adminSchema } from '../../app/sandbox/shopify/schema.ts';
import { createAccessCheck } from '../../app/sandbox/shopify/scopes.ts';
import { countryCodes } from '../../app/shopify/country.ts';
import type { AdminClient } from '../../app/shopify/client.ts';
import { callBack } from '../../app/shopify/call-back.ts';
import { cancelOrder } from '../../app/shopify/cancel-order.ts';
import { createOrder } from '../../app/shopify/create-order.ts';
import { changedOrders, changesPerPage } from '../../app/shopify/changed-orders.ts';
import { findSkus } from '../../app/shopify/find-skus.ts';
import { searchExact } from '../../app/shopify/search-exact.ts';
import { searchVariants } from '../../app/shopify/search-variants.ts';
import { startFlow } from '../../app/shopify/flow-trigger.ts';
import { fulfilOrder } from '../../app/shopify/fulfil-order.ts';
import { holdOrder } from '../../app/shopify/hold-order.ts';
import { lookUpOrders, questionsPerRequest, type OrderQuestion } from '../../app/shopify/look-up-orders.ts';
import { markOrder } from '../../app/shopify/mark-order.ts';
import { booksPerRequest, booksPoints, readBooks } from '../../app/shopify/read-books.ts';
import { cancelJobPoints, readCancelJob } from '../../app/shopify/read-cancel-job.ts';
import { handlingsPerRequest, readHandling } from '../../app/shopify/read-handling.ts';
import { readOrderNames, readPackFacts } from '../../app/shopify/read-pack-facts.ts';
import { readVariants } from '../../app/shopify/read-variants.ts';
import { refundOrder } from '../../app/shopify/refund-order.ts';
import { releaseHold } from '../../app/shopify/release-hold.ts';
import { scopeList } from '../../app/shopify/scopes.ts';
import { searchEach } from '../../app/shopify/search-each.ts';
import { readShopFacts } from '../../app/shopify/shop-facts.ts';
import { createThrottle } from '../../app/shopify/throttle.ts';
import { unfulfilOrder } from '../../app/shopify/unfulfil-order.ts';
import { updateOrder } from '../../app/shopify/update-order.ts';
import { orderTopics } from '../../app/shopify/webhook-topics.ts';
import { generatedOrder, hostile } from '../samples/generated-orders.ts';
import { lamp, orderOf } from '../samples/orders.ts';

interface Sent {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What the app would have sent. `answered`: an answer for what it fits; all else gets none. */
async function sentBy(call: (client: AdminClient) => Promise<unknown>, answered?: unknown): Promise<Sent[]> {
  const sent: Sent[] = [];
  await call({
    shop: shopDomain('first.myshopify.com'),
    throttle: createThrottle(),
    run: (operation, variables) => {
      // What JSON drops never arrives.
      sent.push({
        query: operation.query,
        variables: JSON.parse(JSON.stringify(variables)) as Record<string, unknown>,
      });
      const answer = operation.answer.safeParse(answered);
      if (answer.success) return Promise.resolve(ok(answer.data));
      return Promise.resolve(fail({ kind: 'unsure', code: 'test', sentence: 'No answer.' }));
    },
  });
  return sent;
}

const { schema } = adminSchema();

/** What an operation needs on a real store. Of kinds of fulfilment orders each scope gives its own, though Shopify asks for any. */
const ordersOnly = ['write_orders'];
const work = ['write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders'];
const needed: Readonly<Record<string, readonly string[]>> = {
  AllTransactions: ordersOnly,
  AskBack: ['write_third_party_fulfillment_orders'],
  CancelFulfillment: ['write_fulfillments'],
  CancelOrder: ordersOnly,
  ChangedOrders: ['write_orders', 'read_all_orders'],
  CreateOrder: ordersOnly,
  FindVariants: ['read_products'],
  FulfilOrder: work,
  HoldOrder: work,
  LookUpOrders: ['write_orders', 'read_all_orders'],
  MarkOrder: ordersOnly,
  MoreFulfillmentOrderLines: ['write_orders', ...work],
  MoreFulfillmentOrders: ['write_orders', ...work],
  MoreOfFulfillment: ordersOnly,
  MoreOfOrder: ordersOnly,
  MoreOfRefund: ordersOnly,
  OrderNames: ordersOnly,
  PackFacts: ordersOnly,
  ReadAttributes: ordersOnly,
  ReadBooks: ['write_orders', 'read_locations', ...work],
  ReadCancelResult: ordersOnly,
  ReadFulfillmentStatus: ordersOnly,
  ReadFulfillments: ['write_orders', 'read_locations'],
  ReadHandling: ['write_orders', ...work],
  ReadIds: ordersOnly,
  ReadJob: [],
  ReadRefunds: ordersOnly,
  ReadShop: ['read_locations'],
  ReadVariants: ['read_products'],
  RefundOrder: ordersOnly,
  ReleaseHold: work,
  SearchEach: ['write_orders', 'read_all_orders'],
  SearchVariants: ['read_products'],
  StartFlow: [],
  TakeBack: work,
  UpdateOrder: ordersOnly,
};
/** Needed by what Shopify writes elsewhere, or may be: its map of scopes does not say. */
const unsaid: Readonly<Record<string, readonly string[]>> = {
  CancelFulfillment: ['write_fulfillments'],
  ChangedOrders: ['read_all_orders'],
  LookUpOrders: ['read_all_orders'],
  MarkOrder: ordersOnly,
  RefundOrder: ordersOnly,
  SearchEach: ['read_all_orders'],
};

const accessCheck = createAccessCheck(adminSchema());
const denies = (document: DocumentNode, scopes: readonly string[]): string[] => {
  const grant = { caller: 'app', kind: 'offline', scopes: new Set(scopes) } as const;
  const types = new TypeInfo(schema);
  const denied: string[] = [];
  const Field = () => {
    const [parent, field] = [types.getParentType(), types.getFieldDef()];
    const error = parent && field && accessCheck.denied(grant, parent.name, field.name, field.type);
    if (error) denied.push(`${parent.name}.${field.name}: ${error.message}`);
  };
  // What is found by `node` has its own type only in a fragment.
  const InlineFragment = () => {
    const type = types.getType();
    const error = isObjectType(type) && accessCheck.denied(grant, 'node', type.name, type);
    if (error) denied.push(`${type.name}: ${error.message}`);
  };
  visit(document, visitWithTypeInfo(types, { Field, InlineFragment }));
  return denied;
};

/** What is wrong with the scopes that `needed` says a request needs: one is missing, or one changes nothing. */
function wrongScopes(document: DocumentNode): readonly string[] {
  const [operation] = document.definitions;
  const name = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.name?.value ?? '') : '';
  const scopes = needed[name];
  if (!scopes) return [`${name} is not in the table of scopes`];
  const without = denies(document, []).length;
  const idle = scopes.filter(
    (scope) => !unsaid[name]?.includes(scope) && denies(document, [scope]).length === without,
  );
  return [...denies(document, scopes), ...idle.map((scope) => `${name} does not need ${scope}`)];
}
const checked = new Map<string, readonly string[]>();

/** What the official schema has against a request: its document, its variables, and the scopes it is said to need. */
function faults({ query, variables }: Sent): readonly string[] {
  const document = parse(query);
  const known =
    checked.get(query) ??
    validate(schema, document)
      .map((error) => error.message)
      .concat(wrongScopes(document));
  checked.set(query, known);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return ['no operation'];
  const read = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return [...known, ...(read.errors ?? []).map((error) => error.message)];
}

/** The points that a request asks for, by the simple formula of Shopify's documentation; one query may ask for 1000. */
function costOf({ query, variables }: Sent): number {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No operation.');
  return requestedCost(schema, document, operation, variables);
}

const settings = settingsSchema.parse({});
function create(order: AmazonOrder, without: readonly string[] = []) {
  const draft = draftOrder(order, new Map([['plain', lamp]]), settings);
  if (!draft) throw new Error('no draft');
  return sentBy((client) => createOrder(client, draft, without, 'gid://shopify/Location/1'));
}
const question = (i: number, search: boolean): OrderQuestion => ({
  amazonOrderId: amazonOrderId(`902-0000000-${String(i)}`),
  shopifyOrderId: i % 2 === 0 ? shopifyOrderId(`gid://shopify/Order/${String(i)}`) : null,
  search,
});

const shopifyId = shopifyOrderId('gid://shopify/Order/1');

describe('what the app asks of Shopify fits the official schema', () => {
  it('these are all the operations there are', () => {
    const folder = path.join('app', 'shopify');
    const senders = readdirSync(folder).filter(
      (name) => !name.includes('.test.') && /\.run\(/.test(readFileSync(path.join(folder, name), 'utf8')),
    );
    expect(senders).toEqual([
      'call-back.ts',
      'cancel-order.ts',
      'changed-orders.ts',
      'create-order.ts',
      'flow-trigger.ts',
      'fulfil-order.ts',
      'hold-order.ts',
      'look-up-orders.ts',
      'mark-order.ts',
      'read-books.ts',
      'read-cancel-job.ts',
      'read-handling.ts',
      'read-more.ts',
      'read-pack-facts.ts',
      'read-variants.ts',
      'refund-order.ts',
      'release-hold.ts',
      'search-each.ts',
      'search-exact.ts',
      'search-variants.ts',
      'shop-facts.ts',
      'unfulfil-order.ts',
      'update-order.ts',
    ]);
  });

  it('AS-3.2: each is in the table of scopes, and every scope is needed by one or by a webhook', () => {
    const folder = path.join('app', 'shopify');
    const written = readdirSync(folder)
      .filter((name) => !name.includes('.test.'))
      .flatMap((name) => [
        ...readFileSync(path.join(folder, name), 'utf8').matchAll(/`(?:query|mutation) (\w+)(\$\{)?/g),
      ])
      .map(([, name = '', more]) => (more === undefined ? `${name}.` : name));
    const known = Object.keys(needed);
    expect(written.filter((start) => !known.some((name) => `${name}.`.startsWith(start)))).toEqual([]);
    expect(known.filter((name) => !written.some((start) => `${name}.`.startsWith(start)))).toEqual([]);

    const topics = schema.getType('WebhookSubscriptionTopic');
    if (!(topics instanceof GraphQLEnumType)) throw new Error('no topics');
    const heard = Object.keys(orderTopics).map((topic) => {
      const value = topics.getValue(topic.replace('/', '_').toUpperCase());
      const text = /Requires (?:at least one of the following scopes: |the `)([\w, ]+)/.exec(
        (value?.description ?? '').replace(/\s+/g, ' '),
      );
      return { topic, any: text?.[1]?.split(', ') ?? [] };
    });
    const given = new Set(scopeList.flatMap((scope) => [scope, scope.replace('write_', 'read_')]));
    expect(heard.filter(({ any }) => !any.some((scope) => given.has(scope)))).toEqual([]);

    const used = new Set([...Object.values(needed), ...heard.map(({ any }) => any)].flat());
    expect(scopeList.filter((scope) => !used.has(scope))).toEqual([]);
    expect([...new Set(Object.values(needed).flat())].filter((scope) => !scopeList.includes(scope))).toEqual(
      [],
    );
  });

  it.each(['SKU-1', '\\ "*:() OR sku:x', '佐川 📦'])(
    'variants that fit what a person typed: %s',
    async (words) => {
      expect((await sentBy((client) => searchVariants(client, words))).flatMap(faults)).toEqual([]);
    },
  );

  it('orders that changed', async () => {
    const sent = await sentBy((client) => changedOrders(client, { since: 0, after: 'x' }));
    expect(sent.flatMap(faults)).toEqual([]);
    expect(sent.map(costOf)).toEqual([changesPerPage]);
  });

  it('the shop’s facts', async () => {
    expect((await sentBy(readShopFacts)).flatMap(faults)).toEqual([]);
  });

  const gid = 'gid://shopify/FulfillmentOrder/1';
  const always = () => true;
  it.each<[string, (client: AdminClient) => Promise<unknown>]>([
    [
      'a hold on lines',
      (client) =>
        holdOrder(
          client,
          gid,
          [{ id: 'gid://shopify/FulfillmentOrderLineItem/1', quantity: 1 }],
          'concord-request',
          always,
        ),
    ],
    ['a hold on all', (client) => holdOrder(client, gid, null, 'concord-cancelling', always)],
    ['what is to be packed', (client) => readPackFacts(client, gid)],
    [
      'the names of so many orders as can be selected at once',
      (client) =>
        readOrderNames(
          client,
          Array.from({ length: 250 }, () => shopifyId),
        ),
    ],
    [
      'a workflow’s beginning',
      (client) => startFlow(client, { handle: 'amazon-refused-a-cancel', payload: { Refusal: 'other' } }),
    ],
    ['a release', (client) => releaseHold(client, gid, 'gid://shopify/FulfillmentHold/1', always)],
    ['work taken back', (client) => callBack(client, gid, 'cancel', always)],
    ['work asked back', (client) => callBack(client, gid, 'ask', always)],
    ['a mark', (client) => markOrder(client, shopifyId, { tagged: true, value: '{}' }, always)],
    ['a mark taken away', (client) => markOrder(client, shopifyId, { tagged: false, value: '{}' }, always)],
    [
      'the work on orders',
      (client) =>
        readHandling(
          client,
          Array.from({ length: handlingsPerRequest }, () => shopifyId),
        ),
    ],
  ])('REQ-3: %s', async (_, call) => {
    const sent = await sentBy(call);
    expect(sent).toHaveLength(1);
    expect(sent.flatMap(faults)).toEqual([]);
    for (const one of sent) expect(costOf(one)).toBeLessThanOrEqual(1000);
  });

  const place = 'gid://shopify/Location/1';
  const parts = [{ id: 'gid://shopify/FulfillmentOrderLineItem/1', quantity: 1 }];
  const parcel = (tracking: string | null, company: string | null) => ({
    reference: '1',
    tracking,
    company,
    work: [{ fulfillmentOrder: gid, parts }],
  });
  it.each<[string, (client: AdminClient) => Promise<unknown>, number]>([
    [
      'CAN-4: a cancel with its money back',
      (client) =>
        cancelOrder(client, shopifyId, { reason: 'CUSTOMER', restock: true, refund: true }, 'key', always),
      10,
    ],
    [
      'CAN-3: a cancel of an order that cost nothing',
      (client) =>
        cancelOrder(client, shopifyId, { reason: 'OTHER', restock: false, refund: false }, 'key', always),
      10,
    ],
    [
      'CAN-4: how a cancel came out',
      (client) => readCancelJob(client, 'gid://shopify/OrderCancelJobResult/1'),
      cancelJobPoints,
    ],
    ['CAN-4: whether a job ended', (client) => readCancelJob(client, 'gid://shopify/Job/1'), cancelJobPoints],
    [
      'REF-4: a refund of money, units and shipping',
      (client) =>
        refundOrder(
          client,
          shopifyId,
          {
            amount: 1250,
            currency: 'JPY',
            sale: { id: 'gid://shopify/OrderTransaction/1', gateway: 'amazon' },
            lines: [
              { lineItem: 'gid://shopify/LineItem/1', quantity: 1, restock: 'RETURN', location: place },
              { lineItem: 'gid://shopify/LineItem/2', quantity: 1, restock: 'NO_RESTOCK', location: place },
            ],
            shipping: 100,
            at: 0,
          },
          'key',
          always,
        ),
      10,
    ],
    ['FUL-4: a parcel with its number', (client) => fulfilOrder(client, parcel('1Z', 'UPS'), always), 10],
    ['FUL-4: a parcel without a number', (client) => fulfilOrder(client, parcel(null, null), always), 10],
    [
      'CAN-18: a parcel taken back',
      (client) => unfulfilOrder(client, 'gid://shopify/Fulfillment/1', always),
      10,
    ],
    [
      'CAN-10: the books of orders',
      (client) =>
        readBooks(
          client,
          Array.from({ length: booksPerRequest }, () => shopifyId),
        ),
      booksPerRequest * booksPoints,
    ],
  ])('%s', async (_, call, points) => {
    const sent = await sentBy(call);
    expect(sent).toHaveLength(1);
    expect(sent.flatMap(faults)).toEqual([]);
    for (const one of sent) expect(costOf(one)).toBeLessThanOrEqual(Math.min(points, 1000));
  });

  it('IMP-3: the rest of the books of a long order', async () => {
    const money = { presentmentMoney: { amount: '1.0', currencyCode: 'USD' } };
    const cut = { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'c' } };
    const refund = { id: 'gid://shopify/Refund/1', createdAt: '2026-11-21T12:00:00Z', note: null };
    const sent = { id: 'gid://shopify/Fulfillment/1', status: 'SUCCESS', createdAt: refund.createdAt };
    const paid = { id: 't', kind: 'SALE', status: 'SUCCESS', gateway: 'amazon', amountSet: money };
    const refunds = Array.from({ length: 3 }, () => ({
      ...refund,
      refundLineItems: cut,
      refundShippingLines: cut,
      transactions: cut,
    }));
    const fulfillments = Array.from({ length: 3 }, () => ({
      ...sent,
      updatedAt: sent.createdAt,
      location: null,
      trackingInfo: [],
      fulfillmentLineItems: cut,
    }));
    const long = {
      id: shopifyId,
      cancelReason: null,
      cancellation: null,
      taxesIncluded: true,
      presentmentCurrencyCode: 'USD',
      lineItems: cut,
      shippingLines: cut,
      transactions: Array.from({ length: 8 }, () => paid),
      refunds,
      fulfillments,
      fulfillmentOrders: { nodes: [] },
    };
    const answers: Record<string, unknown> = {
      ReadBooks: { nodes: [long] },
      AllTransactions: { order: { transactions: [] } },
      ReadIds: {
        order: {
          refunds: Array.from({ length: 11 }, (_, n) => ({ id: `gid://shopify/Refund/${String(n)}` })),
          fulfillments: Array.from({ length: 11 }, (_, n) => ({
            id: `gid://shopify/Fulfillment/${String(n)}`,
          })),
        },
      },
      ReadRefunds: { nodes: [] },
      ReadFulfillments: { nodes: [] },
      MoreOfOrder: { node: null },
      MoreOfRefund: { node: null },
      MoreOfFulfillment: { node: null },
    };
    const sentNow: Sent[] = [];
    const throttle = createThrottle();
    await readBooks(
      {
        shop: shopDomain('first.myshopify.com'),
        throttle,
        run: (operation, variables) => {
          throttle.give(operation.taken ?? 0);
          sentNow.push({ query: operation.query, variables });
          const name = /query (\w+)/.exec(operation.query)?.[1] ?? '';
          return Promise.resolve(ok(operation.answer.parse(answers[name])));
        },
      },
      [shopifyId],
    );
    const names = sentNow.map(({ query }) => /query (\w+)/.exec(query)?.[1]);
    expect([...new Set(names)].sort()).toEqual(Object.keys(answers).sort());
    expect(sentNow.flatMap(faults)).toEqual([]);
    for (const one of sentNow) expect(costOf(one)).toBeLessThanOrEqual(600);
  });

  it('IMP-12: an update of any order, with what else stands on it', async () => {
    const there = {
      order: {
        customAttributes: [
          { key: 'Packed by', value: 'Kim' },
          { key: 'Empty', value: null },
        ],
      },
    };
    await fc.assert(
      fc.asyncProperty(
        generatedOrder,
        fc.subarray(['address', 'dates'] as const, { minLength: 1 }),
        fc.subarray(['phone', 'province', 'country', 'attributes']),
        async ({ order }, parts, without) => {
          const sent = await sentBy(
            (client) =>
              updateOrder(client, shopifyId, order, { parts, without, carried: carriedTexts(order) }, always),
            there,
          );
          expect(sent).toHaveLength(2);
          expect(sent.flatMap(faults)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    [1, () => true],
    [1, () => false],
    [questionsPerRequest, () => true],
    [questionsPerRequest, () => false],
    [questionsPerRequest, (i: number) => i % 3 === 0],
  ])('IMP-5: looking for %i orders', async (n, search) => {
    const questions = Array.from({ length: n }, (_, i) => question(i, search(i)));
    const sent = await sentBy((client) => lookUpOrders(client, questions));
    expect(sent).toHaveLength(1);
    expect(sent.flatMap(faults)).toEqual([]);
    for (const one of sent) expect(costOf(one)).toBeLessThanOrEqual(400);
  });

  it('IMP-9: a search for each of many orders', async () => {
    const ids = Array.from({ length: 25 }, (_, i) => question(i, true).amazonOrderId);
    const [sent] = await sentBy((client) => searchEach(client, ids));
    expect(sent && faults(sent)).toEqual([]);
    expect(sent && costOf(sent)).toBeLessThanOrEqual(1000);
  });

  it('IMP-5 IMP-9: orders are asked for by link, by mark and by number, each once', async () => {
    const [sent] = await sentBy((client) =>
      lookUpOrders(client, [question(1, true), question(2, false), question(4, true)]),
    );
    expect(sent?.variables).toEqual({
      ids: ['gid://shopify/Order/2', 'gid://shopify/Order/4'],
      v0: '902-0000000-1',
      v1: '902-0000000-4',
      q0: ['902-0000000-1', '902-0000000-4']
        .map((id) => `source_identifier:"${id}" OR name:"${id}" OR tag:"${id}" OR "${id}"`)
        .join(' OR '),
    });
  });

  it('IMP-7: SKUs of any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 90 }), async (skus) => {
        const sent = await sentBy(async (client) => {
          await findSkus(client, skus);
          await searchExact(client, skus, ['sku', 'barcode']);
          await readVariants(client, [shopifyVariantId('gid://shopify/ProductVariant/1')]);
        });
        expect(sent.flatMap(faults)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('IMP-1: every order that can be made, hostile texts and unknown countries included', async () => {
    await fc.assert(
      fc.asyncProperty(
        generatedOrder,
        fc.subarray([
          'phone',
          'province',
          'poNumber',
          'attributes',
          'properties',
          'variants',
          'location',
          'country',
          'address',
        ]),
        async ({ order }, without) => {
          expect((await create(order, without)).flatMap(faults)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('the check sees what does not fit', async () => {
    const [sent] = await create(orderOf());
    const order = { ...(sent?.variables['order'] as object), shippingAddress: { countryCode: 'QQ' } };
    expect(faults({ query: sent?.query ?? '', variables: { order } })[0]).toMatch(
      /"QQ" at "order.shippingAddress.countryCode"/,
    );
    expect(faults({ query: 'query A { shop { nothing } }', variables: {} })[0]).toMatch(
      /Cannot query field "nothing"/,
    );
  });
});

describe('facts of the schema that the app keeps itself', () => {
  const values = (name: string) => {
    const type = schema.getType(name);
    return type instanceof GraphQLEnumType ? type.getValues().map((value) => value.name) : [];
  };

  it('the list of countries is Shopify’s', () => {
    expect([...countryCodes].sort()).toEqual(values('CountryCode').sort());
  });

  it('IMP-3: the currencies that Amazon’s marketplaces use are Shopify’s too', async () => {
    const { marketplaces } = await import('../../app/domain/marketplaces.ts');
    const used = [...new Set(marketplaces.map((row) => row.currency))];
    expect(used.filter((code) => !values('CurrencyCode').includes(code))).toEqual([]);
    expect(
      marketplaces.filter((row) => row.decimals !== currencyDecimals(row.currency)).map((row) => row.country),
    ).toEqual([]);
  });
});
