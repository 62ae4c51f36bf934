import { describe, expect, it } from 'vitest';
import { money, orderId, orderOf } from '../../test/samples/orders.ts';
import { fail, ok, type Failure } from '../domain/failure.ts';
import { amazonOrderId, shopDomain, shopifyOrderId } from '../domain/ids.ts';
import { draftOrder } from '../domain/order-draft.ts';
import { settingsSchema } from '../domain/settings.ts';
import { now, setClock } from '../lib/clock.ts';
import type { AdminClient } from './client.ts';
import { createOrder } from './create-order.ts';
import { findSkus } from './find-skus.ts';
import { searchExact } from './search-exact.ts';
import { lookUpOrders } from './look-up-orders.ts';
import { createThrottle } from './throttle.ts';

setClock(Date.UTC(2026, 10, 21), 0);

/** A client that answers with these, one after the other, in the form the operation expects. */
function answering(...answers: readonly unknown[]): AdminClient {
  let i = 0;
  return {
    shop: shopDomain('first.myshopify.com'),
    throttle: createThrottle(),
    run: (operation) => {
      const read = operation.answer.safeParse(answers[i++]);
      return Promise.resolve(
        read.success ? ok(read.data) : fail({ kind: 'unsure', code: 'odd_answer', sentence: 'Odd.' }),
      );
    },
  };
}
const failing = (failure: Failure): AdminClient => ({
  ...answering(),
  run: () => Promise.resolve(fail(failure)),
});

const node = (n: number, changes: object = {}) => ({
  id: `gid://shopify/Order/${String(n)}`,
  name: `#${String(n)}`,
  sourceIdentifier: orderId,
  cancelledAt: null,
  updatedAt: '2026-11-20T10:00:00Z',
  edited: false,
  displayFinancialStatus: 'PAID',
  displayFulfillmentStatus: 'UNFULFILLED',
  ownMark: { value: orderId },
  totalPriceSet: { presentmentMoney: { amount: '20.0', currencyCode: 'USD' } },
  ...changes,
});
const shown = {
  id: 'gid://shopify/Order/1',
  name: '#1',
  ownMark: orderId,
  total: money(2000),
  cancelledAt: null,
};

describe('IMP-5: looking for orders', () => {
  const asked = [
    { amazonOrderId: orderId, shopifyOrderId: null, search: true },
    {
      amazonOrderId: amazonOrderId('other'),
      shopifyOrderId: shopifyOrderId('gid://shopify/Order/9'),
      search: false,
    },
  ];
  const look = async (...answers: unknown[]) => {
    const result = await lookUpOrders(answering(...answers), asked);
    return result.ok ? Object.fromEntries(result.value) : result.failure.code;
  };
  const page = (nodes: readonly object[], hasNextPage = false) => ({
    nodes: nodes.map((one) => ({ tags: [], note: null, customAttributes: [], ...one })),
    pageInfo: { hasNextPage },
  });
  const none = page([]);

  it('what is not there is not there', async () => {
    expect(await look({ nodes: [null], m0: null, s0: none })).toEqual({
      [orderId]: { linked: null, found: [], unclear: [] },
      other: { linked: null, found: null, unclear: [] },
    });
  });

  it('by mark, by number, and by link', async () => {
    const own = node(9, { sourceIdentifier: 'other', cancelledAt: '2026-11-21T00:00:00Z' });
    const foreign = node(2, { sourceIdentifier: `${orderId}-2`, ownMark: null });
    expect(await look({ nodes: [own], m0: node(1), s0: page([node(1), foreign]) })).toMatchObject({
      [orderId]: { linked: null, found: [shown, shown] },
      other: { linked: { id: own.id, cancelledAt: Date.UTC(2026, 10, 21) }, found: null },
    });
  });

  it('SEC-5: the words that tell whose order it is go no further', async () => {
    const carrying = node(2, { ownMark: null, note: `Ann Example: ${orderId}`, tags: ['vip'] });
    const seen = await look({ nodes: [null], m0: null, s0: page([carrying]) });
    expect(JSON.stringify(seen)).toContain('#2');
    expect(JSON.stringify(seen)).not.toMatch(/Ann|vip/);
  });

  it('IMP-9: a search that found more than it may answer is asked again for each id', async () => {
    const noise = page([node(3, { sourceIdentifier: null, ownMark: null })], true);
    const carrying = node(2, { sourceIdentifier: null, ownMark: null, tags: [orderId] });
    const each = { p0: page([carrying]), t0: page([carrying]) };
    expect(await look({ nodes: [null], m0: null, s0: noise }, each)).toMatchObject({
      [orderId]: { found: [{ name: '#2' }] },
    });
    expect(await look({ nodes: [null], m0: null, s0: noise }, { p0: none, t0: 5 })).toBe('odd_answer');
    expect(await look({ nodes: [null], m0: null, s0: noise }, { p0: none })).toBe('odd_answer');
  });

  it('an id that is no order is no order; an order in another form is a failure, never a deleted order', async () => {
    expect(await look({ nodes: [{}], m0: null, s0: none })).toMatchObject({ other: { linked: null } });
    expect(await look({ nodes: [node(9, { name: 5 })], m0: null, s0: none })).toBe('odd_answer');
    expect(await look({ nodes: [null], m0: node(1, { name: 5 }), s0: none })).toBe('odd_answer');
    expect(await look({ nodes: [null], m0: null })).toBe('odd_answer');
    expect(await look({ nodes: [null], m0: null, s0: null })).toBe('odd_answer');
  });
});

describe('IMP-7: looking for SKUs', () => {
  const page = (skus: readonly (string | null)[], endCursor: string | null) => ({
    productVariants: {
      nodes: skus.map((sku, i) => ({
        id: `gid://shopify/ProductVariant/${String(i)}`,
        sku,
        barcode: sku?.toLowerCase() ?? null,
      })),
      pageInfo: { hasNextPage: endCursor !== null, endCursor },
    },
  });

  it('only exact SKUs count, over all pages, and every one asked for is answered', async () => {
    const client = answering(page(['LAMP', 'lamp', 'LAMP 2', null], 'more'), page(['LAMP'], null));
    const found = await findSkus(client, ['LAMP', 'NONE']);
    expect(found.ok && [...found.value].map(([sku, ids]) => [sku, ids.length])).toEqual([
      ['LAMP', 2],
      ['NONE', 0],
    ]);
  });

  it('a barcode counts where it is asked for, and a variant that has the word as both counts once', async () => {
    const client = answering(page(['LAMP', 'lamp', '7'], null));
    const found = await searchExact(client, ['lamp', '7'], ['sku', 'barcode']);
    expect(found.ok && [...found.value].map(([word, all]) => [word, all.map(({ sku }) => sku)])).toEqual([
      ['lamp', ['LAMP', 'lamp']],
      ['7', ['7']],
    ]);
  });

  it('a failed page is a failure, not a missing variant', async () => {
    expect(await findSkus(answering(page(['LAMP'], 'more')), ['LAMP'])).toMatchObject({ ok: false });
  });
});

describe('IMP-5: what became of a create', () => {
  const draft = draftOrder(orderOf(), new Map(), settingsSchema.parse({}));
  const create = async (client: AdminClient) => {
    if (!draft) throw new Error('no draft');
    const result = await createOrder(client, draft, [], null);
    return result.ok ? result.value : result.failure;
  };
  const answer = (order: unknown, ...userErrors: readonly unknown[]) =>
    answering({ orderCreate: { order, userErrors } });
  const refused = (field: readonly string[] | null, message: string) => ({ code: null, field, message });

  it('made', async () =>
    expect(await create(answer(node(1)))).toMatchObject({ kind: 'created', order: shown }));

  it('refused, with the field', async () => {
    expect(
      await create(answer(null, refused(['order', 'poNumber'], 'Too long'), refused(null, 'More'))),
    ).toEqual({
      kind: 'refused',
      refusal: { field: 'order.poNumber', text: 'Too long' },
    });
    expect(await create(answer(null))).toMatchObject({ kind: 'refused', refusal: { field: 'order' } });
  });

  it('PRO-4: a trial shop’s limit is a wait, not a refusal', async () => {
    expect(
      await create(answer(null, refused(null, 'Too many attempts. Please try again later.'))),
    ).toMatchObject({
      kind: 'retry',
      at: now() + 20_000,
    });
  });

  it.each([
    [
      'Variable $order of type OrderCreateOrderInput! was provided invalid value for currency (Expected "XYZ" to be one of: USD)',
      'currency',
    ],
    [
      'Variable $order of type OrderCreateOrderInput! was provided invalid value for lineItems.0.quantity (Could not coerce)',
      'lineItems.0.quantity',
    ],
    [
      'Variable "$order" got invalid value "XYZ" at "order.currency"; Value "XYZ" does not exist.',
      'currency',
    ],
    [
      'Variable "$order" got invalid value 1e10 at "order.lineItems[0].quantity"; Int cannot',
      'lineItems[0].quantity',
    ],
    ['Access denied for orderCreate field.', 'graphql'],
  ])('PRO-4: an input that the schema does not take names its field: %s', async (sentence, field) => {
    expect(await create(failing({ kind: 'final', code: 'graphql', sentence }))).toEqual({
      kind: 'refused',
      refusal: { field, text: sentence },
    });
  });

  it.each(['unsure', 'reconnect'] as const)('%s stays what it is', async (kind) => {
    expect(await create(failing({ kind, code: 'x', sentence: 'y' }))).toMatchObject({ kind });
  });
});
