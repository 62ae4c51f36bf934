import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 2 });
const id = '904-1000000-0000001';

const plain = amazonOrder(id) as {
  recipient: { deliveryAddress: Record<string, string>; deliveryPreference: object };
  fulfillment: Record<string, unknown>;
};

let changes = 0;
/** The order as Amazon shows it from now on; every change has a time of its own. */
async function amazonShows(change: Record<string, unknown> = {}): Promise<void> {
  changes += 1;
  const lastUpdatedTime = new Date(Date.UTC(2026, 10, 21, 0, 0, changes)).toISOString();
  await world.place(amazonOrder(id, { lastUpdatedTime, ...change }));
}
const street = (addressLine1: string, more: Record<string, string | null> = {}) => ({
  recipient: {
    ...plain.recipient,
    deliveryAddress: { ...plain.recipient.deliveryAddress, addressLine1, ...more },
  },
});
const shipBy = (latestDateTime: string) => ({
  fulfillment: {
    ...plain.fulfillment,
    shipByWindow: { earliestDateTime: '2026-11-20T08:00:00Z', latestDateTime },
  },
});

async function shown() {
  const order = await world.order(id);
  if (!order) throw new Error('The order is not in Shopify.');
  return order;
}
const attribute = async (key: string) =>
  (await shown()).customAttributes.find((one) => one.key === key)?.value;
const street1 = async () => (await shown()).shippingAddress?.['address1'];
const updates = async () =>
  (await world.log('shopify')).filter(({ operation }) => operation.includes('orderUpdate')).length;
const problems = async () => (await world.problems(id)).map(({ kind, subject }) => [kind, subject]);
const commands = () =>
  world.database.owner<{ key: string; state: string; args: Record<string, unknown> }>(
    "select key, state, args from command where kind = 'update_order' order by key",
  );
const fault = (kind: string, more: object = {}) =>
  world.control('POST', '/faults', {
    service: 'shopify',
    match: { operation: 'orderUpdate' },
    kind,
    ...more,
  });

async function comesIn(): Promise<void> {
  await world.control('POST', '/shopify/variants', [{ sku: 'SKU-1', title: 'Blue mug', price: '25.00' }]);
  await amazonShows();
  await world.settle();
  expect(await street1()).toBe('1 Main Street');
}

it('IMP-12: a new address is carried over, with the instructions, and no more than that', async () => {
  await comesIn();
  const before = await shown();
  await amazonShows({
    recipient: {
      deliveryAddress: {
        name: 'Ann Example',
        addressLine1: '7 Side Street',
        city: 'Portland',
        stateOrRegion: 'OR',
        postalCode: '97201',
        countryCode: 'US',
      },
      deliveryPreference: { addressInstruction: 'Ring twice' },
    },
  });
  await world.settle();
  const after = await shown();
  expect(after.shippingAddress).toMatchObject({
    firstName: 'Ann',
    lastName: 'Example',
    address1: '7 Side Street',
    address2: null,
    city: 'Portland',
    provinceCode: 'OR',
    zip: '97201',
    phone: null,
  });
  expect(await attribute('Delivery instructions')).toBe('Ring twice');
  expect({ ...after, shippingAddress: null, customAttributes: null }).toEqual({
    ...before,
    shippingAddress: null,
    customAttributes: null,
  });
  expect(await updates()).toBe(1);
  expect(await problems()).toEqual([]);
  expect(await world.row(id)).toMatchObject({ state: 'in_step' });
});

it('IMP-12 SEC-2: where the key of the hashes is gone what staff wrote stays, and later changes are noticed again', async () => {
  await comesIn();
  const { id: gid } = await shown();
  const address = { address1: '1 Main Street, rear house', city: 'Seattle', countryCode: 'US' };
  await world.shopify(
    `mutation($input: OrderInput!) { orderUpdate(input: $input) { userErrors { message } } }`,
    { input: { id: gid, shippingAddress: address } },
  );
  const gone = { address: '00000000:x', dates: '00000000:y', quantities: '00000000:z' };
  await world.database.owner(
    `update command set args = jsonb_set(args, '{carried}', $1) where kind = 'create_order'`,
    [JSON.stringify(gone)],
  );
  const carried = async () =>
    (
      await world.database.owner<{ carried: string }>(
        `select (args->'carried')::text as carried from command where kind = 'create_order'`,
      )
    )[0]?.carried;
  await amazonShows();
  await world.settle();
  expect(await street1()).toBe('1 Main Street, rear house');
  expect(await commands()).toEqual([]);
  expect(await carried()).not.toContain('00000000');
  await amazonShows(street('7 Side Street'));
  await world.settle();
  expect(await street1()).toBe('7 Side Street');
});

it('IMP-12: new dates are carried over; the address and what staff added stay as staff left them', async () => {
  await comesIn();
  const { id: gid, customAttributes } = await shown();
  await world.shopify(
    `mutation($input: OrderInput!) { orderUpdate(input: $input) { userErrors { message } } }`,
    {
      input: {
        id: gid,
        shippingAddress: { address1: '1 Main Street, rear house', city: 'Seattle', countryCode: 'US' },
        customAttributes: [...customAttributes, { key: 'Packed by', value: 'Kim' }],
      },
    },
  );
  await amazonShows(shipBy('2026-12-02T07:59:59Z'));
  await world.settle();
  expect(await attribute('Ship by')).toBe('2026-12-02T07:59:59Z');
  expect(await attribute('Packed by')).toBe('Kim');
  expect(await street1()).toBe('1 Main Street, rear house');
  // Until Amazon itself changes the address.
  await amazonShows({ ...shipBy('2026-12-02T07:59:59Z'), ...street('7 Side Street') });
  await world.settle();
  expect(await street1()).toBe('7 Side Street');
  expect(await attribute('Packed by')).toBe('Kim');
});

it('IMP-12 PRO-2: what did not change is not written, however often it is seen', async () => {
  await comesIn();
  await amazonShows();
  await world.settle();
  await amazonShows({ buyer: { buyerName: 'Another Name' } });
  await world.settle();
  expect(await updates()).toBe(0);
});

it('IMP-12 PRO-3: there and back and there again: three writes, each once', async () => {
  await comesIn();
  for (const to of ['7 Side Street', '1 Main Street', '7 Side Street']) {
    await amazonShows(street(to));
    await world.settle();
    expect(await street1()).toBe(to);
  }
  expect(await updates()).toBe(3);
  expect((await commands()).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
});

it.each(['drop-request', 'drop-answer'])(
  'IMP-12 PRO-3: after a lost answer (%s) it is written again, and stays',
  async (kind) => {
    await comesIn();
    await fault(kind);
    await amazonShows(street('7 Side Street'));
    await world.settle();
    expect(await street1()).toBe('7 Side Street');
    expect(await commands()).toMatchObject([{ state: 'accepted' }]);
  },
);

it('IMP-12 PRO-2: a write that takes effect late does not overwrite what came after it', async () => {
  await comesIn();
  await fault('late-effect', { ms: 240_000 });
  await fault('drop-request', { times: 2 });
  await amazonShows(street('7 Side Street'));
  await world.settle();
  await amazonShows(street('9 Last Street'));
  await world.settle(true);
  await world.control('POST', '/clock', { advance: 'PT20M' });
  await world.settle(true);
  expect(await street1()).toBe('9 Last Street');
  expect((await commands()).at(-1)).toMatchObject({ state: 'accepted' });
});

it('IMP-12 PRO-3: a service that fails for a while delays it, and nothing is lost', async () => {
  await comesIn();
  await fault('error', { status: 503, times: 3 });
  await fault('throttle', { times: 2 });
  await amazonShows(street('7 Side Street'));
  await world.settle(true);
  expect(await street1()).toBe('7 Side Street');
  expect(await problems()).toEqual([]);
});

it('IMP-12 PRO-3 PRO-8: workers die between sending and writing down the answer: it is written all the same', async () => {
  await comesIn();
  await fault('latency', { ms: 3_600_000 });
  await amazonShows(street('7 Side Street'));
  await world.control('POST', '/clock', { advance: 'PT200S' });
  await expect
    .poll(async () => (await commands()).map(({ state }) => state), { timeout: 20_000 })
    .toEqual(['sending']);
  for (const pid of world.sandbox.world.app.workerPids()) process.kill(pid, 'SIGKILL');
  await expect
    .poll(async () => (await commands()).map(({ state }) => state), { timeout: 60_000, interval: 500 })
    .toEqual(['accepted']);
  await world.settle();
  expect(await street1()).toBe('7 Side Street');
}, 120_000);

it('IMP-12: once it is fulfilled in Shopify a change is told, and nothing is written', async () => {
  await comesIn();
  const { id: gid } = await shown();
  const { order } = (await world.shopify(
    'query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 1) { nodes { id } } } }',
    { id: gid },
  )) as { order: { fulfillmentOrders: { nodes: { id: string }[] } } };
  await world.shopify(
    `mutation($id: ID!) { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: $id }] }) { userErrors { message } } }`,
    { id: order.fulfillmentOrders.nodes[0]?.id },
  );
  await amazonShows({ ...street('7 Side Street'), ...shipBy('2026-12-02T07:59:59Z') });
  await world.settle();
  expect(await street1()).toBe('1 Main Street');
  expect(await updates()).toBe(0);
  const told = await problems();
  expect(told).toContainEqual(['changed_on_amazon', 'address']);
  expect(told).toContainEqual(['changed_on_amazon', 'dates']);
  // Shopify's own news do not take it back.
  await world.shopify(`mutation($id: ID!) { tagsAdd(id: $id, tags: ["x"]) { userErrors { message } } }`, {
    id: gid,
  });
  await world.settle();
  expect(await problems()).toEqual(told);
});

it('IMP-12: other quantities are told', async () => {
  await comesIn();
  await amazonShows({
    orderItems: [amazonLine('10000000000001', { sku: 'SKU-1', quantity: 2, item: '50.00' })],
  });
  await world.settle();
  expect(await problems()).toContainEqual(['changed_on_amazon', 'quantities']);
  expect(await updates()).toBe(0);
});

it('IMP-12: an order edited in Shopify is told, and Amazon hears nothing', async () => {
  await comesIn();
  const { id: gid } = await shown();
  const { orderEditBegin } = (await world.shopify(
    'mutation($id: ID!) { orderEditBegin(id: $id) { calculatedOrder { id lineItems(first: 1) { nodes { id } } } userErrors { message } } }',
    { id: gid },
  )) as { orderEditBegin: { calculatedOrder: { id: string; lineItems: { nodes: { id: string }[] } } } };
  const edit = orderEditBegin.calculatedOrder;
  await world.shopify(
    `mutation($id: ID!, $line: ID!) { orderEditSetQuantity(id: $id, lineItemId: $line, quantity: 2) { userErrors { message } } }`,
    { id: edit.id, line: edit.lineItems.nodes[0]?.id },
  );
  await world.shopify('mutation($id: ID!) { orderEditCommit(id: $id) { userErrors { message } } }', {
    id: edit.id,
  });
  await amazonShows({ buyer: { buyerName: 'Seen again' } });
  await world.settle();
  expect(await problems()).toContainEqual(['order_edited', '']);
  expect(
    (await world.log('amazon')).filter(
      // A report's document is fetched by an address of its own, which is no operation.
      ({ operation }) => !/^(token|get|search|list|createReport|null)/.test(operation),
    ),
  ).toEqual([]);
});

it('SEC-5 IMP-12: what Shopify says of an address, and the address itself, are kept nowhere', async () => {
  await comesIn();
  await fault('error', {
    code: 'BAD_USER_INPUT',
    value: 'Address 7 Side Street in Seattle 98101 is not valid',
  });
  await amazonShows(street('7 Side Street'));
  await world.settle();
  expect(await problems()).toEqual([['change_not_carried', 'address']]);
  const tables = await world.database.owner<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables)
    for (const { row } of await world.database.owner<{ row: string }>(`select t::text as row from ${name} t`))
      expect(row).not.toMatch(/van Example|Main Street|Side Street|555 0100|hidden@/);
});
