import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { heldWork } from '../held-work.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { written, work, do: doWith } = heldWork(world);
const { concord, variants, shopifyOrder, inShopify, amazonSide } = dealings(world);

/** An order of today, whatever time the tests before let pass, to be shipped within a week. */
function orderOfToday(id: string, change: object) {
  const inDays = (days: number) =>
    new Date(world.sandbox.world.clock.now() + days * 24 * 3_600_000).toISOString();
  const { fulfillment, ...order } = amazonOrder(id) as { fulfillment: object };
  const shipByWindow = { earliestDateTime: inDays(1), latestDateTime: inDays(7) };
  const times = { createdTime: inDays(-1), lastUpdatedTime: inDays(-1) };
  return { ...order, ...times, fulfillment: { ...fulfillment, shipByWindow }, ...change };
}

/** An order stands on both sides, and its buyer wants out of it where `reason` is given. */
async function placed(id: string, reason?: string, change = {}): Promise<void> {
  await variants();
  await world.place(orderOfToday(id, change));
  await world.settle();
  if (reason === undefined) return;
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason });
  await world.settle();
}

const held = async (id: string) => {
  const { orders } = (await world.shopify(
    `query($q: String!) { orders(first: 5, query: $q) { nodes { tags
      fulfillmentOrders(first: 10) { nodes { status fulfillmentHolds { handle } } } } } }`,
    { q: `source_identifier:"${id}"` },
  )) as {
    orders: {
      nodes: {
        tags: string[];
        fulfillmentOrders: { nodes: { status: string; fulfillmentHolds: { handle: string }[] }[] };
      }[];
    };
  };
  const [order] = orders.nodes;
  return {
    tagged: order?.tags.includes('amazon-cancel-requested'),
    handles: order?.fulfillmentOrders.nodes.flatMap((one) =>
      one.fulfillmentHolds.map(({ handle }) => handle),
    ),
  };
};
/** Somebody cancels in Shopify's own admin, with all of the payment given back. */
async function cancelInShopify(id: string, reason: string): Promise<void> {
  await world.shopify(
    `mutation($id: ID!) { orderCancel(orderId: $id, notifyCustomer: false, reason: ${reason}, restock: true,
      refundMethod: { originalPaymentMethodsRefund: true }) { orderCancelUserErrors { message } } }`,
    { id: (await inShopify(id)).id },
  );
}
const data = async (...words: string[]) => (await concord(...words, '--json')).data;
async function ship(id: string): Promise<void> {
  const parcel = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
  await world.control('POST', `/amazon/orders/${id}/ship`, parcel);
  await world.settle(true);
}
const solve = (...words: string[]) => data('solve', ...words);
const sent = async () =>
  (await world.log('amazon')).filter(({ operation }) => operation === 'createFeed').length;

it('CAN-1 CAN-2 CAN-6: an approval says before what it does, and refuses in the words of the pages', async () => {
  const id = '121-0000000-0000001';
  await placed(id, 'Ordered by mistake');
  const preview = await concord('approve', id, '--preview', '--json');
  expect(preview.data).toMatchObject({ outcome: 'preview', choice: null });
  expect((preview.data['effects'] as { key: string }[]).map(({ key }) => key)).toEqual([
    'amazon_void',
    'reason',
    'shopify_cancel',
    'restock',
    'counts_no',
    'undo',
  ]);
  const said = (await concord('approve', id, '--preview')).said;
  expect(said).toContain('25.00 USD recorded as refunded');
  expect(said).toMatch(/Does not count in your cancellation rate\. It stays \d+\.\d\d %\./);
  expect(await concord('approve', id, '--refund', '0')).toMatchObject({
    status: 1,
    said: expect.stringContaining('The refund must be greater than 0.') as string,
  });
  expect((await concord('approve', id, '--refund', '10')).said).toContain('Enter 25.00 USD.');
  expect((await concord('approve', id, '--reason', 'NoInventory', '--json')).data).toMatchObject({
    guard: 'reason_fixed',
  });
  expect((await concord('undo', id, '--json')).data).toMatchObject({ guard: 'nothing_to_undo' });
  expect((await concord('approve', '121-9', '--json')).data).toMatchObject({ guard: 'not_found' });
});

it('CAN-6 REP-4: without a request a true reason is asked for, and it is told that it counts', async () => {
  const id = '121-0000000-0000002';
  await placed(id);
  expect((await concord('approve', id, '--json')).data).toMatchObject({ guard: 'reason_missing' });
  expect((await concord('approve', id, '--reason', 'BuyerCanceled', '--json')).data).toMatchObject({
    guard: 'reason_needs_request',
  });
  expect((await concord('approve', id, '--reason', 'NoInventory')).said).toMatch(
    /Counts in your cancellation rate\. \d+\.\d\d % becomes \d+\.\d\d %\./,
  );
  await world.settle();
  expect(await concord('undo', id)).toMatchObject({ status: 0 });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
});

it('CAN-17: declining is shipping: the hold goes, the mark stays until it is shipped, and it can be held again', async () => {
  const id = '121-0000000-0000003';
  await placed(id, 'Changed my mind');
  expect(await held(id)).toEqual({ tagged: true, handles: ['concord-request'] });
  expect(await concord('decline', id, '--json')).toMatchObject({ status: 0, data: { outcome: 'chosen' } });
  await world.settle();
  expect(await held(id)).toEqual({ tagged: true, handles: [] });
  expect((await world.row(id))?.state).toBe('declined_waiting_ship');
  expect(await concord('undo', id)).toMatchObject({ status: 0 });
  await world.settle();
  expect(await held(id)).toEqual({ tagged: true, handles: ['concord-request'] });
  expect((await world.row(id))?.state).toBe('asked_held');
  expect(await concord('decline', id)).toMatchObject({ status: 0 });
  await world.settle();
  await ship(id);
  expect(await held(id)).toMatchObject({ tagged: false });
  expect((await concord('undo', id, '--json')).data).toMatchObject({ guard: 'nothing_to_undo' });
  expect(await sent()).toBe(0);
});

it('CAN-5 REQ-8: what is shipped is not cancelled, and the advice is to write to the buyer', async () => {
  const id = '121-0000000-0000004';
  await placed(id);
  await ship(id);
  const refused = await concord('approve', id, '--reason', 'NoInventory');
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.said).toContain('Write to the buyer and expect a return');
  expect((await concord('decline', id, '--json')).data).toMatchObject({ guard: 'already_shipped' });
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: false });
});

it('PRO-4: a problem takes only its own choices, is left with a note, and can be opened again', async () => {
  const id = '121-0000000-0000005';
  await placed(id, undefined, {
    orderItems: [amazonLine('10000000000001', { sku: 'NOWHERE', quantity: 1, item: '25.00' })],
  });
  expect(await world.problems(id)).toMatchObject([{ kind: 'sku_unlinked' }]);
  const open = await world.database.owner<{ id: string }>(
    'select id::text from problem where closed_at is null',
  );
  const problem = open[0]?.id ?? '';
  expect(await solve(problem, '--with', 'wish')).toMatchObject({
    guard: 'choice_unknown',
    what: 'link, never, leave, reopen',
  });
  expect(await solve(problem, '--with', 'leave')).toMatchObject({ guard: 'note_missing' });
  expect(await solve(problem, '--with', 'leave', '--note', 'sold out')).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await world.problems(id)).toEqual([]);
  expect(await world.database.owner('select closed_by from problem')).toEqual([{ closed_by: 'staff' }]);
  await solve('sku_unlinked', id, '--with', 'reopen');
  await world.settle();
  expect(await world.problems(id)).toMatchObject([{ kind: 'sku_unlinked' }]);
});

it('IMP-7: an SKU that is never to be linked is asked about by no order, until it is looked up again', async () => {
  const [id, another] = ['121-0000000-0000015', '121-0000000-0000016'] as const;
  const orderItems = [amazonLine('10000000000001', { sku: 'SERVICE', quantity: 1, item: '25.00' })];
  await placed(id, undefined, { orderItems });
  expect(await solve('sku_unlinked', id, '--with', 'never')).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await world.problems(id)).toEqual([]);
  await placed(another, undefined, { orderItems });
  expect(await world.problems(another)).toEqual([]);
  expect((await concord('sku', 'map')).said).toContain('SERVICE  never  (by hand)');
  await concord('sku', 'map', 'SERVICE');
  await world.settle();
  expect((await concord('sku', 'map')).said).toContain('SERVICE  no variant');
  await concord('sku', 'map', 'SERVICE', 'never');
  expect((await concord('sku', 'map')).said).toContain('SERVICE  never');
});

it('CAN-6 CAN-10: a cancel in Shopify whose reason nobody knows goes to Amazon with the one a person picks', async () => {
  const id = '121-0000000-0000006';
  await placed(id);
  await cancelInShopify(id, 'OTHER');
  await world.settle(true);
  expect(await world.problems(id)).toMatchObject([{ kind: 'reason_not_mapped' }]);
  expect(await solve('reason_not_mapped', id, '--with', 'reason', '--value', 'BuyerCanceled')).toMatchObject({
    guard: 'reason_needs_request',
  });
  await solve('reason_not_mapped', id, '--with', 'reason', '--value', 'PricingError');
  await world.settle();
  expect(await concord('undo', id)).toMatchObject({ status: 0 });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  await solve('reason_not_mapped', id, '--with', 'reason', '--value', 'PricingError');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await world.problems(id)).toEqual([]);
});

it('REF-1 REF-3: a refund goes to Amazon by line, within what is left, after a look in Seller Central', async () => {
  const id = '121-0000000-0000007';
  await placed(id);
  expect(await data('refund', id, '--amount', '5')).toMatchObject({ guard: 'not_shipped' });
  await ship(id);
  expect(await data('refund', id, '--amount', '5')).toMatchObject({ guard: 'refund_not_checked' });
  expect(await data('refund', id, '--amount', '25.01', '--checked')).toMatchObject({
    guard: 'amount_too_high',
  });
  expect(await data('refund', id, '--line', 'SKU-1=5', '--checked')).toMatchObject({ outcome: 'chosen' });
  expect(await data('refund', id, '--amount', '5', '--checked')).toMatchObject({ guard: 'refund_open' });
  await world.settle();
  expect(await data('undo', id)).toMatchObject({ outcome: 'taken_back' });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ refunds: 0 });
  await concord('refund', id, '--amount', '5', '--checked');
  await world.settle(true);
  expect([await amazonSide(id), await shopifyOrder(id)]).toMatchObject([{ refunds: 1 }, { refunded: '5' }]);
});

it('CAN-19: the file for Seller Central holds every open line, and no order that must not be cancelled', async () => {
  const id = '121-0000000-0000008';
  await placed(id, 'Mistake');
  await world.place(orderOfToday('121-0000000-0000009', {}));
  await world.settle();
  expect((await concord('cancel-file', id)).said).toBe(
    [
      'TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.',
      'order-id\tcancellation-reason-code\tamazon-order-item-code',
      `${id}\tBuyerCanceled\t10000000000001`,
      '',
    ].join('\n'),
  );
  expect((await concord('cancel-file', id, '121-0000000-0000009', '--json')).data).toMatchObject({
    refused: [{ guard: 'reason_missing', id: '121-0000000-0000009' }],
  });
  await ship('121-0000000-0000009');
  expect(
    await concord('cancel-file', '121-0000000-0000009', '--reason', 'NoInventory', '--json'),
  ).toMatchObject({
    status: 1,
    data: { refused: [{ guard: 'already_shipped' }] },
  });
});

/** An order of two blue mugs and a red one. */
const ofThree = {
  proceeds: { grandTotal: { amount: '62.00', currencyCode: 'USD' } },
  orderItems: [
    amazonLine('10000000000001', { sku: 'SKU-1', quantity: 2, item: '50.00' }),
    amazonLine('10000000000002', { sku: 'SKU-2', quantity: 1, item: '12.00', title: 'Red mug' }),
  ],
};

/** Staff fulfil all of an order in Shopify as one fulfilment. */
async function fulfilAll(id: string, trackingInfo: object): Promise<void> {
  const lineItemsByFulfillmentOrder = (await work(id)).map((one) => ({ fulfillmentOrderId: one.id }));
  await written(
    'mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }',
    { f: { lineItemsByFulfillmentOrder, trackingInfo } },
  );
}

it('FUL-3: several numbers: a person says which lines are in which package, and each is one parcel on Amazon', async () => {
  const id = '121-0000000-0000010';
  await placed(id, undefined, ofThree);
  await fulfilAll(id, { numbers: ['A1', 'B2'], company: 'UPS' });
  await world.settle();
  expect(await world.problems(id)).toMatchObject([{ kind: 'several_numbers', params: { n: 2 } }]);
  const split = (value: string) => solve('several_numbers', id, '--with', 'split', '--value', value);
  expect(await split('A1=SKU-1:2')).toMatchObject({ guard: 'split_sum', n: 2, m: 3 });
  expect(await split('A1=SKU-1:2;C3=SKU-2:1')).toMatchObject({ guard: 'split_number_unknown', what: 'C3' });
  expect(await split('A1=SKU-1:1;B2=SKU-1:1,SKU-2:1')).toMatchObject({ outcome: 'chosen' });
  await world.settle(true);
  const { shipments } = (await world.control('GET', `/amazon/orders/${id}`)) as {
    shipments: { packageReferenceId: string; trackingNumber: string; items: object[] }[];
  };
  expect(shipments).toMatchObject([
    { trackingNumber: 'A1', items: [{ orderItemId: '10000000000001', quantity: 1 }] },
    {
      trackingNumber: 'B2',
      items: [
        { orderItemId: '10000000000001', quantity: 1 },
        { orderItemId: '10000000000002', quantity: 1 },
      ],
    },
  ]);
  expect(new Set(shipments.map(({ packageReferenceId }) => packageReferenceId)).size).toBe(2);
  expect([await world.problems(id), (await world.row(id))?.state]).toEqual([[], 'shipped_in_step']);
});

/** Staff refund a line in Shopify's admin, on the payment that stands for Amazon's. */
async function refundInShopify(id: string, sku: string, amount: string): Promise<void> {
  const { order } = (await world.shopify(
    `query($id: ID!) { order(id: $id) { transactions { id gateway kind } lineItems(first: 10) { nodes { id sku } } } }`,
    { id: (await inShopify(id)).id },
  )) as {
    order: {
      transactions: { id: string; gateway: string; kind: string }[];
      lineItems: { nodes: { id: string; sku: string }[] };
    };
  };
  const sale = order.transactions.find(({ kind }) => kind === 'SALE');
  const orderId = (await inShopify(id)).id;
  const line = order.lineItems.nodes.find((one) => one.sku === sku);
  await written(
    `mutation($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "${crypto.randomUUID()}") {
      userErrors { message } } }`,
    {
      input: {
        orderId,
        currency: 'USD',
        transactions: [{ orderId, kind: 'REFUND', gateway: sale?.gateway, parentId: sale?.id, amount }],
        refundLineItems: [{ lineItemId: line?.id, quantity: 1, restockType: 'NO_RESTOCK' }],
      },
    },
  );
}

it('REF-1 REF-3: a refund that does not fit goes as a person sets it by line and component', async () => {
  const id = '121-0000000-0000011';
  await placed(id, undefined, ofThree);
  await ship(id);
  await refundInShopify(id, 'SKU-2', '11.00');
  const items = [{ orderItemId: '10000000000002', principal: '12.00' }];
  await world.control('POST', `/amazon/orders/${id}/refund`, { items });
  await world.settle(true);
  expect(await world.problems(id)).toMatchObject([
    { kind: 'refund_does_not_fit', params: { amount: '11.00' } },
  ]);
  const split = (value: string) => solve('refund_does_not_fit', id, '--with', 'split', '--value', value);
  expect(await split('SKU-2=principal:1')).toMatchObject({ guard: 'amount_too_high', max: '0.00' });
  expect(await split('SKU-1=principal:11.01')).toMatchObject({ guard: 'amount_too_high', max: '11.00' });
  expect(await split('SKU-1=principal:11')).toMatchObject({ outcome: 'chosen' });
  await world.settle(true);
  expect([await amazonSide(id), await shopifyOrder(id)]).toMatchObject([
    { refunds: 2 },
    { refunds: 2, refunded: '23' },
  ]);
  expect(await world.problems(id)).toEqual([]);
});

it('PRO-4 IMP-1: an order that Shopify refuses comes in without the part that a person names, and is flagged', async () => {
  const id = '121-0000000-0000012';
  await variants();
  await world.control('POST', '/behaviour', { name: 'shopify.currency-not-enabled', value: 'rejects' });
  const orderItems = [amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00', currency: 'SEK' })];
  const proceeds = { grandTotal: { amount: '25.00', currencyCode: 'SEK' } };
  await world.place(orderOfToday(id, { orderItems, proceeds }));
  await world.settle(true);
  const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
  expect(await kinds()).toContain('import_failed');
  const without = (part: string) => solve('import_failed', id, '--with', 'without', '--value', part);
  expect(await without('lines')).toMatchObject({
    guard: 'value_missing',
    what: expect.stringContaining('phone') as string,
  });
  expect(await solve('import_failed', id, '--with', 'leave', '--note', 'later')).toMatchObject({
    outcome: 'chosen',
  });
  await world.settle();
  expect(await kinds()).not.toContain('import_failed');
  expect(await solve('import_failed', id, '--with', 'reopen')).toMatchObject({ outcome: 'taken_back' });
  await world.settle();
  expect(await kinds()).toContain('import_failed');
  await world.control('POST', '/behaviour', { name: 'shopify.currency-not-enabled', value: 'accepts' });
  expect(await without('phone')).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await world.order(id)).toMatchObject({ shippingAddress: { city: 'Seattle', phone: null } });
  expect(await kinds()).toContain('field_left_out');
  expect(await kinds()).not.toContain('import_failed');
});

it('IMP-9: of two orders with one number the one that a person calls right is linked, and the other never written to', async () => {
  const id = '121-0000000-0000013';
  const broughtIn = async () => {
    const priceSet = { shopMoney: { amount: '25.00', currencyCode: 'USD' } };
    const lineItems = [{ title: 'Mug', sku: 'SKU-1', quantity: 1, requiresShipping: true, priceSet }];
    const { orderCreate } = (await world.shopify(
      `mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id name } userErrors { message } } }`,
      { order: { currency: 'USD', sourceName: 'connector', tags: [id], lineItems } },
    )) as { orderCreate: { order: { id: string; name: string } } };
    return orderCreate.order;
  };
  const [first, second] = [await broughtIn(), await broughtIn()];
  await world.place(orderOfToday(id, {}));
  await world.settle();
  expect(await world.problems(id)).toMatchObject([{ kind: 'duplicate_suspected' }]);
  const right = (name: string) => solve('duplicate_suspected', id, '--with', 'right', '--value', name);
  expect(await right('#9')).toMatchObject({
    guard: 'value_missing',
    what: expect.stringContaining(first.name) as string,
  });
  expect(await right(second.name)).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await world.row(id)).toMatchObject({ shopify_name: second.name, state: 'adopted' });
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Mistake' });
  await world.settle();
  const { nodes } = (await world.shopify(
    `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { tags fulfillmentOrders(first: 5) { nodes { status } } } } }`,
    { ids: [first.id, second.id] },
  )) as { nodes: { tags: string[] }[] };
  expect(nodes).toMatchObject([
    { tags: [id], fulfillmentOrders: { nodes: [{ status: 'OPEN' }] } },
    {
      tags: expect.arrayContaining(['amazon-cancel-requested']) as string[],
      fulfillmentOrders: { nodes: [{ status: 'ON_HOLD' }] },
    },
  ]);
});

it('CAN-1 CAN-7: a decision carries the version of what was shown, and is refused where either side moved since', async () => {
  const id = '121-0000000-0000014';
  await placed(id, 'Mistake');
  const shown = async (...words: string[]) => String((await data(...words, '--preview'))['version']);
  const before = await shown('approve', id);
  expect((await concord('decline', id, '--preview')).said).toContain(`--version ${before}`);
  expect(await data('decline', id, '--version', before)).toMatchObject({ outcome: 'chosen' });
  // Somebody decided on it meanwhile.
  expect(await data('approve', id, '--version', before)).toMatchObject({ guard: 'order_changed' });
  await world.settle();
  await ship(id);
  const after = await shown('refund', id, '--amount', '5');
  const refund = (version: string) => data('refund', id, '--amount', '5', '--checked', '--version', version);
  expect(await refund(before)).toMatchObject({ guard: 'order_changed' });
  await refundInShopify(id, 'SKU-1', '1.00');
  const moved = await concord('refund', id, '--amount', '5', '--checked', '--version', after);
  expect(moved).toMatchObject({ status: 1 });
  expect(moved.said).toContain('Shopify shows it otherwise. Nothing was sent.');
  expect(await refund(await shown('refund', id, '--amount', '5'))).toMatchObject({ outcome: 'chosen' });
});

/** Its only line is with a third party that took it, was asked to stop, and goes on. */
async function keptByThirdParty(id: string): Promise<void> {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-3', title: 'Lamp', price: '25.00', location: 'Parcel Partner', fulfillmentService: true },
  ]);
  await world.place(
    orderOfToday(id, { orderItems: [amazonLine('10000000000003', { sku: 'SKU-3', item: '25.00' })] }),
  );
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT25H' });
  const [one] = await work(id);
  if (one?.status === 'SCHEDULED')
    await written('mutation($id: ID!) { fulfillmentOrderOpen(id: $id) { userErrors { message } } }', {
      id: one.id,
    });
  await doWith('submit', one?.id ?? '');
  await doWith('accept', one?.id ?? '');
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Mistake' });
  await world.settle();
  await doWith('rejectCancel', one?.id ?? '');
  await world.settle();
}

it('REQ-3 REQ-8: what a third party goes on with is asked back once more, and too late once a person says so', async () => {
  const id = '121-0000000-0000015';
  await keptByThirdParty(id);
  const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
  expect([await kinds(), (await world.row(id))?.state]).toEqual([['not_stopped'], 'not_stopped']);
  const status = async () => (await work(id))[0]?.requestStatus;
  expect(await status()).toBe('CANCELLATION_REJECTED');
  expect(await solve('not_stopped', id, '--with', 'again')).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await status()).toBe('CANCELLATION_REQUESTED');
  await doWith('rejectCancel', (await work(id))[0]?.id ?? '');
  await world.settle();
  await concord('approve', id);
  expect(await solve('not_stopped', id, '--with', 'gone')).toMatchObject({ guard: 'cancel_under_way' });
  await concord('undo', id);
  expect(await solve('not_stopped', id, '--with', 'gone')).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect([await kinds(), (await world.row(id))?.state]).toEqual([[], 'asked_too_late']);
  expect(await data('approve', id)).toMatchObject({ guard: 'asked_too_late' });
  expect(await sent()).toBe(0);
});

it('FUL-4 CAN-5: shipped on Amazon before its cancel was sent: it is marked as shipped here with Amazon’s tracking', async () => {
  const id = '121-0000000-0000016';
  await placed(id);
  await doWith('otherHold', (await work(id))[0]?.id ?? '', 'staff');
  await concord('approve', id, '--reason', 'NoInventory');
  const parcel = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
  await world.control('POST', `/amazon/orders/${id}/ship`, parcel);
  await world.settle();
  const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(['hold_by_other', 'refused_shipped']);
  expect(await solve('refused_shipped', id, '--with', 'mark_shipped')).toMatchObject({ outcome: 'chosen' });
  await doWith('release', (await work(id))[0]?.id ?? '', 'staff');
  await world.settle();
  expect((await inShopify(id)).fulfillments).toMatchObject([
    { status: 'SUCCESS', trackingInfo: [{ number: parcel.trackingNumber }] },
  ]);
  expect([await kinds(), await sent()]).toEqual([[], 0]);
});

it('CAN-12 REF-3: a refund that was too old to be sent goes once more after a look in Seller Central', async () => {
  const id = '121-0000000-0000017';
  await placed(id);
  await ship(id);
  await concord('refund', id, '--amount', '5', '--checked');
  // As it is left by a day in which Amazon could not be read.
  await world.database.owner(
    "update choice set state = 'stale', open_key = null, ended_at = at, outcome = 'approval_stale' where kind = 'refund'",
  );
  await concord('sync', '--order', id);
  await world.settle();
  expect(await world.problems(id)).toMatchObject([{ kind: 'approval_stale' }]);
  const again = (...words: string[]) => solve('approval_stale', id, '--with', 'again', ...words);
  expect(await again()).toMatchObject({ guard: 'refund_not_checked' });
  expect(await again('--checked')).toMatchObject({ outcome: 'chosen' });
  await world.settle(true);
  expect([await amazonSide(id), await shopifyOrder(id)]).toMatchObject([{ refunds: 1 }, { refunded: '5' }]);
  expect(await world.problems(id)).toEqual([]);
});

it('CAN-6: cancelled in Shopify as “customer”: a person waits for the buyer, whose request then carries it to Amazon', async () => {
  const id = '121-0000000-0000018';
  await placed(id);
  await cancelInShopify(id, 'CUSTOMER');
  await world.control('POST', '/clock', { advance: 'PT2M' });
  await world.settle();
  const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(['customer_without_request']);
  await solve('customer_without_request', id, '--with', 'wait');
  await world.settle();
  expect([await kinds(), await amazonSide(id)]).toMatchObject([[], { status: 'UNSHIPPED', cancels: 0 }]);
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Mistake' });
  await world.settle(true);
  expect([await kinds(), await amazonSide(id)]).toMatchObject([[], { status: 'CANCELLED', cancels: 1 }]);
});
