import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { concord, concordProcess, variants, shopifyOrder, fulfilInShopify, amazonSide, stock } =
  dealings(world);

type Json = Readonly<Record<string, unknown>>;
const id = '120-0000000-0000001';
const act = (deed: string, body: Json = {}) => world.control('POST', `/amazon/orders/${id}/${deed}`, body);
const state = async () => (await world.row(id))?.state;
const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
const fault = (body: Json) => world.control('POST', '/faults', body);

/** The order stands on both sides. */
async function placed(change: Json = {}) {
  await variants();
  await world.place(amazonOrder(id, change));
  await world.settle();
}

it('CAN-4 CAN-6 CAN-8: a request is approved: Amazon is cancelled first, then Shopify, refunded and restocked', async () => {
  await placed();
  expect(await stock('SKU-1')).toBe(9);
  await act('request-cancel', { reason: 'Ordered by mistake' });
  await world.settle();
  expect(await concord('approve', id, '--json')).toMatchObject({ status: 0, data: { outcome: 'chosen' } });
  await world.settle();
  expect(await state()).toBe('undo_running');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all', reason: 'CUSTOMER' });
  expect([await state(), await kinds(), await stock('SKU-1')]).toEqual(['cancelled_in_step', [], 10]);
});

it('CAN-7: approved twice, by two people at the same moment, it is one cancel', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  const both = await Promise.all([
    concordProcess('approve', id, '--json'),
    concordProcess('approve', id, '--json'),
  ]);
  expect(both.map(({ data }) => data['outcome']).sort()).toEqual(['already_chosen', 'chosen']);
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all', refunds: 1 });
});

it('CAN-8: what is undone in time is never sent, and the hold of the request stands', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await concord('approve', id);
  await world.settle();
  expect(await concord('undo', id)).toMatchObject({ status: 0 });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  expect(await shopifyOrder(id)).toMatchObject({
    cancelled: false,
    refunded: 'nothing',
    fulfilled: 'ON_HOLD',
  });
  expect(await state()).toBe('asked_held');
});

it.each([['0'], ['99999']])(
  'CAN-1 CAN-2: a refund of %s is refused, and nothing is sent to either side',
  async (amount) => {
    await placed();
    await act('request-cancel');
    await world.settle();
    expect(await concord('approve', id, '--refund', amount, '--json')).toMatchObject({ status: 1 });
    await world.settle(true);
    expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
    expect(await shopifyOrder(id)).toMatchObject({ cancelled: false, refunded: 'nothing' });
  },
);

it('CAN-6: without a request “buyer cancelled” is refused; another reason is asked for and carried', async () => {
  await placed();
  expect(await concord('approve', id, '--json')).toMatchObject({
    status: 1,
    data: { guard: 'reason_missing' },
  });
  expect(await concord('approve', id, '--reason', 'BuyerCanceled', '--json')).toMatchObject({
    status: 1,
    data: { guard: 'reason_needs_request' },
  });
  expect(await concord('approve', id, '--reason', 'NoInventory', '--json')).toMatchObject({ status: 0 });
  await world.settle(true);
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, reason: 'INVENTORY', refunded: 'all' });
});

it('CAN-9: cancelled on Amazon when goods have left: nothing happens by itself, and a person says what became of them', async () => {
  await placed();
  await fault({
    service: 'amazon',
    match: { operation: 'confirmShipment' },
    kind: 'error',
    status: 503,
    times: 100,
  });
  await fulfilInShopify(id);
  await act('cancel', { by: 'BUYER' });
  await world.settle();
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: false, refunded: 'nothing' });
  expect([await state(), await kinds()]).toEqual(['stop_parcel', ['stop_parcel']]);
  await concord('solve', 'stop_parcel', id, '--with', 'stopped');
  await world.settle(true);
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all' });
});

it('CAN-4 CAN-13: Amazon refuses the cancel: Shopify stays as it was, and a person reads why', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await fault({ service: 'amazon', match: {}, kind: 'reject-message', times: 1 });
  await concord('approve', id);
  await world.settle(true);
  expect(await shopifyOrder(id)).toMatchObject({
    cancelled: false,
    refunded: 'nothing',
    fulfilled: 'ON_HOLD',
  });
  expect([await state(), await kinds()]).toEqual(['refused_other', ['refused_other']]);
  await concord('solve', 'refused_other', id, '--with', 'again');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED' });
  expect([await state(), await kinds()]).toEqual(['cancelled_in_step', []]);
});

it.each([
  ['drop-answer', 0],
  ['late-effect', 300_000],
  ['drop-request', 0],
] as const)('CAN-7 CAN-13: the answer of createFeed is lost (%s, %d ms): one cancel', async (kind, ms) => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await fault({ service: 'amazon', match: { operation: 'createFeed' }, kind, ...(ms > 0 ? { ms } : {}) });
  await concord('approve', id);
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await state(), await kinds()]).toEqual(['cancelled_in_step', []]);
});

it('CAN-13: where Amazon refuses for hours to tell of a batch each order tells, and the next ones go', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await fault({ service: 'amazon', match: { operation: 'createFeed' }, kind: 'drop-request', times: 1 });
  const refused = { match: { operation: 'getFeeds' }, kind: 'error', status: 404, times: 1_000 };
  await fault({ service: 'amazon', ...refused });
  await concord('approve', id);
  await world.settle(true);
  const ended = await world.database.owner('select state, summary from feed order by started_at');
  expect(ended).toMatchObject([
    { state: 'fatal', summary: { why: 'Amazon does not tell whether it has it.' } },
    { state: 'done' },
  ]);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await state(), await kinds(), await world.problems()]).toEqual(['cancelled_in_step', [], []]);
});

it('CAN-13: a batch of which Amazon tells nothing is looked for, and after two hours a person hears of it', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  const down = { service: 'amazon', match: { operation: 'getFeed' }, kind: 'error', status: 503 };
  await fault({ ...down, times: 1_000 });
  await concord('approve', id);
  const told = async () => {
    await world.control('POST', '/clock', { advance: 'PT3M' });
    await world.settle();
    return (await world.problems()).map(({ kind }) => kind);
  };
  await expect.poll(told, { timeout: 100_000, interval: 0 }).toEqual(['feed_stuck']);
  await world.control('DELETE', '/faults');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await state(), await kinds(), await world.problems()]).toEqual(['cancelled_in_step', [], []]);
});

it('CAN-13: what was never made is no try', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await fault({ service: 'amazon', match: { operation: 'createFeed' }, kind: 'drop-request', times: 4 });
  await concord('approve', id);
  await world.settle(true);
  const tries = () => world.database.owner("select attempt from command where kind = 'cancel_amazon'");
  expect(await tries()).toEqual([{ attempt: 1 }]);
  expect(await world.database.owner("select 1 from feed where state = 'never'")).toHaveLength(4);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await state(), await kinds()]).toEqual(['cancelled_in_step', []]);
});

it('PRO-4: while nothing can be uploaded batches are tried less and less often, and go when it can be', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  const down = { match: { operation: 'createFeedDocument' }, kind: 'error', status: 503, times: 10_000 };
  await fault({ service: 'amazon', ...down });
  await concord('approve', id);
  for (let minutes = 0; minutes < 40; minutes += 2) {
    await world.control('POST', '/clock', { advance: 'PT2M' });
    await world.settle();
  }
  const tried = await world.database.owner('select state from feed');
  expect(tried.length).toBeGreaterThan(2);
  expect(tried.length).toBeLessThan(9);
  await world.control('DELETE', '/faults');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await state(), await kinds()]).toEqual(['cancelled_in_step', []]);
});

it('CAN-13: a batch that Amazon breaks off is looked up, and a cancel that did not happen is sent again', async () => {
  await placed();
  await act('request-cancel');
  await world.settle();
  await fault({ service: 'amazon', match: {}, kind: 'fatal-feed', times: 1 });
  await concord('approve', id);
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED' });
  expect([await state(), await kinds()]).toEqual(['cancelled_in_step', []]);
});

it.each([['drop-answer'], ['error']] as const)(
  'CAN-7: the answer of orderCancel is lost (%s): cancelled once, refunded once',
  async (kind) => {
    await placed();
    await act('cancel', { by: 'BUYER' });
    await fault({
      service: 'shopify',
      match: { operation: 'orderCancel' },
      kind,
      ...(kind === 'error' ? { status: 502 } : {}),
    });
    await world.settle(true);
    expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all', refunds: 1 });
    expect([await state(), await kinds(), await stock('SKU-1')]).toEqual(['cancelled_in_step', [], 10]);
  },
);
