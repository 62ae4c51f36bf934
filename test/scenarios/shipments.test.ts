import { expect, it, vi } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { heldWork } from '../held-work.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { concord, variants, inShopify, amazonSide } = dealings(world);
const { written, work, do: heldDo } = heldWork(world);

interface Parcel {
  readonly packageReferenceId: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

const first = '130-0000000-0000001';
const mugs = '10000000000001';
const plates = '10000000000002';

/** An order of two mugs and a plate. */
const ofThree = (id: string) =>
  amazonOrder(id, {
    proceeds: { grandTotal: { amount: '62.00', currencyCode: 'USD' } },
    orderItems: [
      amazonLine(mugs, { sku: 'SKU-1', quantity: 2, item: '50.00' }),
      amazonLine(plates, { sku: 'SKU-2', quantity: 1, item: '12.00', title: 'Red mug' }),
    ],
  });

async function parcels(id: string): Promise<readonly Parcel[]> {
  const known = (await world.control('GET', `/amazon/orders/${id}`)) as { shipments: readonly Parcel[] };
  return known.shipments;
}

/** What Amazon shows of an order's parcels, in short: carrier, number and units by line. */
const told = async (id: string) =>
  (await parcels(id)).map(({ carrier, trackingNumber, items }) => [
    carrier,
    trackingNumber,
    Object.fromEntries(items.map(({ orderItemId, quantity }) => [orderItemId, quantity])),
  ]);

/** Staff fulfil in Shopify: all that is open of the first work, or units by SKU. */
async function fulfil(
  id: string,
  tracking: object | null,
  units: Readonly<Record<string, number>> | null = null,
): Promise<void> {
  const open = await work(id);
  const lineItemsByFulfillmentOrder = open.flatMap((one) => {
    const lines = one.lineItems.nodes.flatMap((line) => {
      const quantity = Math.min(
        line.remainingQuantity,
        units?.[line.sku] ?? (units ? 0 : line.remainingQuantity),
      );
      return quantity > 0 ? [{ id: line.id, quantity }] : [];
    });
    return lines.length > 0 ? [{ fulfillmentOrderId: one.id, fulfillmentOrderLineItems: lines }] : [];
  });
  await written(
    'mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }',
    { f: { lineItemsByFulfillmentOrder, ...(tracking ? { trackingInfo: tracking } : {}) } },
  );
}

const fulfilments = async (id: string) => (await inShopify(id)).fulfillments;
const standing = async (id: string) => (await fulfilments(id)).filter(({ status }) => status === 'SUCCESS');

const retrack = async (id: string, tracking: object): Promise<void> =>
  written(
    `mutation($id: ID!, $t: FulfillmentTrackingInput!) {
      fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $t) { userErrors { message } } }`,
    { id: (await standing(id))[0]?.id ?? '', t: tracking },
  );

const cancelFulfilment = async (id: string): Promise<void> =>
  written('mutation($id: ID!) { fulfillmentCancel(id: $id) { userErrors { message } } }', {
    id: (await standing(id))[0]?.id ?? '',
  });

async function placed(order: object, id: string): Promise<void> {
  await variants();
  await world.place(order);
  await world.settle();
  expect(await world.order(id)).toBeDefined();
}

const calls = async (service: 'amazon' | 'shopify', operation: string): Promise<number> => {
  const all: readonly { readonly operation: string | null }[] = await world.log(service);
  return all.filter((one) => one.operation?.includes(operation)).length;
};

it('FUL-1 FUL-2 PRO-2: a fulfilment is one parcel on Amazon with the right carrier, and an edit edits it', async () => {
  await placed(amazonOrder(first), first);
  await fulfil(first, { number: ' 1Z999AA10123456784 ', company: 'UPS® Ground' });
  await world.settle();
  expect(await told(first)).toEqual([['UPS', '1Z999AA10123456784', { [mugs]: 1 }]]);
  await world.settle(true);
  expect(await amazonSide(first)).toMatchObject({ status: 'SHIPPED', shipments: 1 });
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await world.problems(first)).toEqual([]);
  expect(await calls('amazon', 'confirmShipment')).toBe(1);
  expect(await standing(first)).toHaveLength(1);

  await retrack(first, { number: '794800001234', company: 'FedEx' });
  await world.settle(true);
  expect(await told(first)).toEqual([['FedEx', '794800001234', { [mugs]: 1 }]]);
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await calls('amazon', 'confirmShipment')).toBe(2);
});

it('FUL-3: two parcels of one order, each with its own units', async () => {
  await placed(ofThree(first), first);
  await fulfil(first, { number: 'A1', company: 'DPD' }, { 'SKU-1': 1 });
  await world.settle(true);
  expect(await told(first)).toEqual([['DPD', 'A1', { [mugs]: 1 }]]);
  expect((await world.row(first))?.state).toBe('in_step');
  await fulfil(first, { number: 'A2', company: 'Post of the Moon' });
  await world.settle(true);
  expect(await told(first)).toEqual([
    ['DPD', 'A1', { [mugs]: 1 }],
    ['Post of the Moon', 'A2', { [mugs]: 1, [plates]: 1 }],
  ]);
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await world.problems(first)).toEqual([]);
});

it('FUL-4: what ships in Seller Central is fulfilled in Shopify with its number, once, and nobody gets a mail', async () => {
  await placed(ofThree(first), first);
  await world.control('POST', `/amazon/orders/${first}/ship`, {
    items: [{ orderItemId: mugs, quantity: 1 }],
    carrier: 'UPS',
    trackingNumber: '1Z999AA10123456784',
  });
  await world.settle(true);
  expect(await standing(first)).toMatchObject([
    { trackingInfo: [{ number: '1Z999AA10123456784', company: 'UPS' }] },
  ]);
  expect((await world.row(first))?.state).toBe('in_step');
  await world.control('POST', `/amazon/orders/${first}/ship`, {
    carrier: 'Unheard Of',
    trackingNumber: 'X 1',
  });
  await world.settle(true);
  expect(await standing(first)).toHaveLength(2);
  expect((await inShopify(first)).displayFulfillmentStatus).toBe('FULFILLED');
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await world.problems(first)).toEqual([]);
  expect(await calls('amazon', 'confirmShipment')).toBe(0);
});

it('FUL-1: without a number it waits a day for one, then goes with a batch; a number that comes later edits it', async () => {
  await placed(amazonOrder(first), first);
  await fulfil(first, null);
  await world.settle();
  expect(await parcels(first)).toEqual([]);
  expect((await world.row(first))?.state).toBe('ship_no_tracking');
  expect(await world.problems(first)).toMatchObject([{ kind: 'tracking_missing' }]);
  await world.control('POST', '/clock', { advance: 'PT23H' });
  await world.settle();
  expect(await parcels(first)).toEqual([]);
  await world.control('POST', '/clock', { advance: 'PT1H' });
  await world.settle(true);
  expect(await parcels(first)).toHaveLength(1);
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await world.problems(first)).toEqual([]);
  expect(await calls('amazon', 'confirmShipment')).toBe(0);
  await retrack(first, { number: 'LATE 1', company: 'DHL' });
  await world.settle(true);
  expect(await told(first)).toEqual([['DHL', 'LATE 1', { [mugs]: 1 }]]);
});

const fault = (service: 'amazon' | 'shopify', operation: string, kind: string, more: object = {}) =>
  world.control('POST', '/faults', { service, match: { operation }, kind, ...more });

const second = '130-0000000-0000002';
const losses = [
  [first, 'drop-answer', {}],
  [second, 'late-effect', { ms: 60_000 }],
] as const;

it('PRO-3: a confirmation whose answer is lost, or whose effect is late, is one parcel', async () => {
  await placed(amazonOrder(first), first);
  await placed(amazonOrder(second), second);
  for (const [id, kind, more] of losses) {
    await fault('amazon', 'confirmShipment', kind, more);
    await fulfil(id, { number: id, company: 'DPD' });
    await world.settle();
  }
  await world.settle(true);
  for (const [id] of losses) {
    expect(await told(id)).toEqual([['DPD', id, { [mugs]: 1 }]]);
    expect((await world.row(id))?.state).toBe('shipped_in_step');
  }
});

it('PRO-3 FUL-2: an edit whose forerunner comes late after it still stands in the end', async () => {
  await placed(amazonOrder(first), first);
  await fulfil(first, { number: 'C1', company: 'DPD' });
  await world.settle(true);
  // Nothing settles meanwhile: the clock would jump to the late effect.
  const options = { timeout: 30_000, interval: 1_000 };
  const stands = (n: number, state: string, advance = 'PT0S') =>
    vi.waitFor(async () => {
      await world.control('POST', '/clock', { advance });
      const rows = await world.database.owner<{ state: string; tracking: string }>(
        "select state, tracking from command where kind = 'ship_amazon' order by key",
      );
      expect(rows.at(-1)).toEqual({ state, tracking: `C${String(n)}` });
    }, options);
  await fault('amazon', 'confirmShipment', 'late-effect', { ms: 9 * 60_000 });
  await retrack(first, { number: 'C2', company: 'DPD' });
  await stands(2, 'accepted');
  await retrack(first, { number: 'C3', company: 'DPD' });
  await stands(3, 'accepted');
  await stands(3, 'confirmed', 'PT10S');
  expect(await told(first)).toEqual([['DPD', 'C3', { [mugs]: 1 }]]);
  const sent = await calls('amazon', 'confirmShipment');
  await world.control('POST', '/clock', { advance: 'PT9M' });
  await world.settle(true);
  // C2 came about, and was overtaken again.
  expect(await calls('amazon', 'confirmShipment')).toBe(sent + 1);
  expect(await told(first)).toEqual([['DPD', 'C3', { [mugs]: 1 }]]);
  expect((await world.row(first))?.state).toBe('shipped_in_step');
});

it('PRO-3 FUL-4: one entered in Shopify whose answer is lost, or whose effect is late, is one fulfilment', async () => {
  await placed(ofThree(first), first);
  await placed(ofThree(second), second);
  for (const [id, kind, more] of losses) {
    await fault('shopify', 'fulfillmentCreate', kind, more);
    const items = [{ orderItemId: mugs, quantity: 1 }];
    await world.control('POST', `/amazon/orders/${id}/ship`, { items, carrier: 'UPS', trackingNumber: id });
    await world.settle();
  }
  await world.settle(true);
  for (const [id] of losses) {
    expect(await standing(id)).toHaveLength(1);
    expect((await world.row(id))?.state).toBe('in_step');
  }
  expect(await calls('amazon', 'confirmShipment')).toBe(0);
});

it('FUL-5: a fulfilment that is cancelled after Amazon was told is a problem, and one in its place is the same parcel', async () => {
  await placed(amazonOrder(first), first);
  await fulfil(first, { number: 'E1', company: 'DPD' });
  await world.settle(true);
  await cancelFulfilment(first);
  await world.settle(true);
  expect((await world.row(first))?.state).toBe('fulfilment_undone');
  expect(await world.problems(first)).toMatchObject([{ kind: 'fulfilment_undone' }]);
  expect(await told(first)).toEqual([['DPD', 'E1', { [mugs]: 1 }]]);
  await fulfil(first, { number: 'E2', company: 'DPD' });
  await world.settle(true);
  expect(await told(first)).toEqual([['DPD', 'E2', { [mugs]: 1 }]]);
  expect((await world.row(first))?.state).toBe('shipped_in_step');
  expect(await world.problems(first)).toEqual([]);
});

it('CAN-18 FUL-6: goods that leave before the cancel is sent are confirmed, and the cancel is not sent', async () => {
  await placed(amazonOrder(first), first);
  expect(await concord('approve', first, '--reason', 'NoInventory', '--json')).toMatchObject({ status: 0 });
  await world.settle();
  const [held] = await work(first);
  await heldDo('release', held?.id ?? '');
  await fulfil(first, { number: 'F1', company: 'DPD' });
  await world.settle(true);
  expect(await told(first)).toEqual([['DPD', 'F1', { [mugs]: 1 }]]);
  expect(await amazonSide(first)).toMatchObject({ status: 'SHIPPED', cancels: 0 });
});

it('CAN-18 FUL-6: goods that leave while Amazon has the cancel wait for its outcome', async () => {
  await placed(amazonOrder(first), first);
  await world.control('POST', '/faults', { service: 'amazon', match: {}, kind: 'reject-message' });
  expect(await concord('approve', first, '--reason', 'NoInventory', '--json')).toMatchObject({ status: 0 });
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT2M' });
  await world.settle();
  const states = 'select state from command where kind = $1';
  expect(await world.database.owner(states, ['cancel_amazon'])).toEqual([{ state: 'sending' }]);
  for (const one of await work(first)) await heldDo('release', one.id);
  await fulfil(first, { number: 'F2', company: 'DPD' });
  await world.settle();
  expect(await parcels(first)).toEqual([]);
  await world.settle(true);
  expect(await told(first)).toEqual([['DPD', 'F2', { [mugs]: 1 }]]);
});

it('FUL-3 FUL-4: work at two places is a parcel each on Amazon, and one of its parcels is a fulfilment each in Shopify', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Blue mug', price: '25.00', inventory: 10 },
    { sku: 'SKU-2', title: 'Red mug', price: '12.00', inventory: 10, location: 'Warehouse' },
  ]);
  await world.place(ofThree(first), ofThree(second));
  await world.settle();
  expect(await work(first)).toHaveLength(2);
  await fulfil(first, { number: 'G1', company: 'DPD' }, { 'SKU-1': 2 });
  await fulfil(first, { number: 'G2', company: 'DPD' }, { 'SKU-2': 1 });
  await world.control('POST', `/amazon/orders/${second}/ship`, { carrier: 'UPS', trackingNumber: 'G3' });
  await world.settle(true);
  expect(await told(first)).toEqual([
    ['DPD', 'G1', { [mugs]: 2 }],
    ['DPD', 'G2', { [plates]: 1 }],
  ]);
  expect(await standing(second)).toMatchObject([
    { trackingInfo: [{ number: 'G3' }] },
    { trackingInfo: [{ number: 'G3' }] },
  ]);
  for (const id of [first, second]) expect((await world.row(id))?.state).toBe('shipped_in_step');
  expect(await parcels(second)).toHaveLength(1);
});

it('FUL-4: work that was split at one place, or is held for a request, becomes one fulfilment', async () => {
  await placed(ofThree(first), first);
  const [one] = await work(first);
  const [line] = one?.lineItems.nodes ?? [];
  await written(
    `mutation($id: ID!, $line: ID!) { fulfillmentOrderSplit(fulfillmentOrderSplits: [{ fulfillmentOrderId: $id,
      fulfillmentOrderLineItems: [{ id: $line, quantity: 1 }] }]) { userErrors { message } } }`,
    { id: one?.id ?? '', line: line?.id ?? '' },
  );
  await world.control('POST', `/amazon/orders/${first}/request-cancel`, { orderItemIds: [plates] });
  await world.settle();
  expect((await work(first)).length).toBeGreaterThan(2);
  await world.control('POST', `/amazon/orders/${first}/ship`, { carrier: 'UPS', trackingNumber: 'H1' });
  await world.settle(true);
  expect(await standing(first)).toHaveLength(1);
  expect((await world.row(first))?.state).toBe('asked_too_late');
  expect(await world.problems(first)).toEqual([]);
});
