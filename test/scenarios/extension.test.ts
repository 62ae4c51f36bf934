import { expect, it } from 'vitest';
import { z } from 'zod';
import { actionView, blockView, decisionView, paths, type Wish } from '../../extensions/shared/contract.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { agent } from '../browser/admin-page.ts';
import { askAsExtension, tokenOf } from '../extension-call.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { variants, shopifyOrder, amazonSide } = dealings(world);
const ids = ['150-0000000-0000001', '150-0000000-0000002', '150-0000000-0000003'] as const;
const [asked, quiet, partly] = ids;

async function shopifyId(id: string): Promise<string> {
  const found = (await world.orders()).find(({ sourceIdentifier }) => sourceIdentifier === id);
  if (!found) throw new Error(`${id} is not in Shopify.`);
  return found.id;
}

const shown = async (order: string, locale = 'en') =>
  blockView.parse(await (await askAsExtension(world.sandbox, paths.block, { order, locale })).json());
const offered = async (order: string) =>
  actionView.parse(await (await askAsExtension(world.sandbox, paths.action, { order })).json());
const decided = async (order: string, body: Wish, locale = 'en') =>
  decisionView.parse(
    await (await askAsExtension(world.sandbox, paths.decide, { order, locale, body })).json(),
  );

const cancel = (more: Partial<Extract<Wish, { intent: 'cancel' }>> = {}): Wish => ({
  ...{
    intent: 'cancel',
    preview: false,
    amount: 'full',
    reason: null,
    restock: null,
    free: false,
    version: null,
  },
  ...more,
});

async function furnish() {
  await variants();
  const lines = ['10000000000001', '10000000000002'].map((line, at) =>
    amazonLine(line, { sku: `SKU-${at + 1}`, item: '10.00' }),
  );
  const two = { orderItems: lines, proceeds: { grandTotal: { amount: '20.00', currencyCode: 'USD' } } };
  await world.place(amazonOrder(asked), amazonOrder(quiet), amazonOrder(partly, two));
  await world.settle();
  await world.control('POST', `/amazon/orders/${asked}/request-cancel`, { reason: 'By <b>mistake</b> 😀' });
  await world.control('POST', `/amazon/orders/${partly}/request-cancel`, {
    orderItemIds: ['10000000000002'],
  });
  await world.settle();
}

it('SEC-3 SEC-1: without, with an old, a forged or another app’s token nothing is answered, and another shop’s shows nothing of this one', async () => {
  await furnish();
  const order = await shopifyId(asked);
  const { sandbox } = world;
  const minutes = 60_000;
  const tokens = {
    none: null,
    old: tokenOf(sandbox, { age: 5 * minutes }),
    forged: tokenOf(sandbox, { secret: 'not the secret' }),
    unsigned: `${tokenOf(sandbox).split('.').slice(0, 2).join('.')}.`,
    'of another app': tokenOf(sandbox, { key: 'another-app' }),
    'of a shop without the app': tokenOf(sandbox, { of: 'nobody.myshopify.com' }),
    nonsense: 'a.b.c',
  };
  const questions = [[paths.block], [paths.action], [paths.decide, cancel()]] as const;
  for (const [name, token] of Object.entries(tokens))
    for (const [path, body] of [...questions, [paths.sheet]] as const) {
      const answer = await askAsExtension(sandbox, path, { order, token, body });
      expect(answer.status, `${name} ${path}`).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('access-control-allow-origin'), `${name} ${path}`).toBe('*');
      expect(await answer.text(), `${name} ${path}`).not.toContain(asked);
    }
  await world.control('POST', '/shops', { domain: 'other.myshopify.com' });
  const token = tokenOf(sandbox, { of: 'other.myshopify.com' });
  for (const [path, body] of questions) {
    const answer = await askAsExtension(sandbox, path, { order, token, body });
    expect(await answer.json(), path).toMatchObject({ kind: 'other' });
  }
  const sheet = await (await askAsExtension(sandbox, paths.sheet, { order, token })).text();
  expect(sheet).toContain('LEFT OUT, not known as Amazon orders');
  for (const own of [asked, 'SKU-1', 'Main Street']) expect(sheet).not.toContain(own);
  await world.settle();
  expect((await world.row(asked))?.state).toBe('asked_held');
});

it('SEC-3: a browser may ask first, and what is no question of an extension is refused', async () => {
  const preflight = await fetch(`${world.sandbox.app}${paths.decide}`, {
    method: 'OPTIONS',
    headers: {
      'user-agent': agent,
      origin: 'https://extensions.shopifycdn.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
  const order = 'gid://shopify/Order/1';
  for (const [path, given] of [
    [paths.block, { order: '1' }],
    [paths.block, { order: "gid://shopify/Order/1' or 1=1" }],
    [paths.decide, { order, body: { intent: 'refund', preview: false, amount: '1' } }],
    [paths.decide, { order, body: [] }],
    [paths.decide, { order, body: { ...cancel(), amount: 5 } }],
  ] as const)
    expect((await askAsExtension(world.sandbox, path, given)).status, JSON.stringify(given)).toBe(400);
});

it('CAN-1 CAN-2 CAN-6 CAN-8 REQ-3 REQ-5: the block says the truth and what may be done; an approval is guarded, undone, and done', async () => {
  await furnish();
  const order = await shopifyId(asked);
  expect(await shown(order)).toMatchObject({
    kind: 'order',
    id: asked,
    market: 'amazon.com',
    badge: { tone: 'caution', text: 'Buyer asked, held' },
    asked: { reason: '“By <b>mistake</b> 😀”', lines: ['SKU-1 × 1'] },
    sides: expect.stringMatching(/^Amazon: Unshipped · Shopify: On hold/) as string,
    left: null,
    askAgain: null,
  });
  const words = async (locale: string) => JSON.stringify(await shown(order, locale));
  expect(await words('de')).toContain('Annehmen');
  expect(await words('zh-TW')).toContain('買家');
  expect(await words('xx')).toContain('Buyer asked, held');
  expect(await shown('gid://shopify/Order/77')).toEqual({ kind: 'other', text: 'Not an Amazon order.' });

  expect(await offered(order)).toMatchObject({ kind: 'order', chosen: 'cancel' });
  const preview = await decided(order, cancel({ preview: true }));
  expect(preview).toMatchObject({
    done: null,
    error: null,
    amount: { value: '25.00', currency: 'USD' },
    reason: null,
    restock: { value: true },
    confirm: 'Cancel order',
  });
  for (const [amount, said] of [
    ['0', 'The refund must be greater than 0.'],
    ['-1', 'The refund must be greater than 0.'],
    ['', 'Enter an amount'],
    ['5.00', 'Amazon cancels the whole order, whatever amount you type.'],
    ['25.001', 'USD has 2 decimals.'],
  ] as const) {
    const refused = await decided(order, cancel({ amount }));
    expect(refused, amount).toMatchObject({ done: null, error: { field: 'amount' } });
    expect(JSON.stringify(refused), amount).toContain(said);
  }
  expect(await decided(order, cancel({ version: 'another' }))).toMatchObject({
    done: null,
    error: { field: null },
  });
  expect((await world.row(asked))?.state).toBe('asked_held');

  const version = preview.kind === 'decision' ? preview.version : null;
  const taken = await Promise.all([1, 2].map(() => decided(order, cancel({ version }))));
  expect(taken.some((one) => one.kind === 'decision' && one.done !== null)).toBe(true);
  await world.settle();
  const rests = await shown(order);
  expect(rests).toMatchObject({ badge: { text: 'Cancelling in {clock}' }, askAgain: 5_000 });
  expect(rests.kind === 'order' && rests.left !== null && rests.left > 60_000).toBe(true);
  expect(await decided(order, { intent: 'undo' })).toMatchObject({ done: 'Recalled. Nothing was sent.' });
  expect(await decided(order, { intent: 'undo' })).toMatchObject({ done: null });
  await world.settle(true);
  expect(await amazonSide(asked)).toMatchObject({ cancels: 0 });
  await decided(order, cancel());
  await world.settle(true);
  expect(await amazonSide(asked)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder(asked)).toMatchObject({ cancelled: true, refunds: 1 });
  expect(await shown(order)).toMatchObject({ asked: null, clocks: [], askAgain: null });
  await world.settle();
});

it('CAN-6 CAN-17 REQ-10: without a request that covers all a reason is asked; declining and a message go the app’s own way', async () => {
  await furnish();
  const some = await shopifyId(partly);
  expect(await decided(some, cancel())).toMatchObject({ done: null, error: { field: 'reason' } });
  expect(await decided(some, cancel({ reason: 'BuyerCanceled' }))).toMatchObject({
    error: { field: 'reason' },
  });
  const declined = await shopifyId(asked);
  expect(await decided(declined, { intent: 'decline', preview: true, version: null })).toMatchObject({
    done: null,
    confirm: 'Release hold',
  });
  expect(await decided(declined, { intent: 'decline', preview: false, version: null })).toMatchObject({
    done: 'Hold released',
  });
  const order = await shopifyId(quiet);
  const offer = await offered(order);
  expect(offer).toMatchObject({ message: { lines: { choices: [{ label: '1 × Blue mug (SKU-1)' }] } } });
  const message = { intent: 'informal', lines: null, hold: true } as const;
  expect(await decided(order, { ...message, why: 'out_of_stock' })).toMatchObject({
    error: { text: expect.stringContaining('must not ask the buyer') as string },
  });
  expect(await decided(order, { ...message, why: 'wrong' })).toMatchObject({ done: 'Recorded' });
  await world.settle();
  expect((await world.row(quiet))?.state).toBe('informal_waiting');
  expect((await world.row(asked))?.state).toBe('declined_waiting_ship');
  expect(await shown(order)).toMatchObject({ badge: { text: 'Asked by message, held' } });
});

const lookOnly = 'You can look, but not change. Ask the store owner for permission to edit orders.';
const noSheet = 'Pack sheets show buyers’ addresses. Ask the store owner for permission to see orders.';
it.each([
  ['who may only look', 'read-orders', lookOnly, null],
  ['who may not even see orders in Shopify', 'without-orders', lookOnly, noSheet],
  [
    'of whom Shopify does not say what they may',
    'not-said',
    'Your permission could not be checked, so nothing can be changed. Reload the page to try again.',
    'Your permission could not be checked, so no pack sheet is shown. Try again.',
  ],
])(
  'SEC-3: %s gets no buttons and decides nothing; a buyer’s address by permission',
  async (_, value, note, no) => {
    await furnish();
    const order = await shopifyId(asked);
    await world.control('POST', '/behaviour', { name: 'shopify.staff-permissions', value });
    await world.control('POST', '/clock', { advance: 'PT6M' });
    expect(await shown(order)).toMatchObject({ notes: [note], buttons: [] });
    expect(await offered(order)).toMatchObject({ notes: [note], choices: [], chosen: null });
    expect(await decided(order, cancel())).toMatchObject({ done: null, error: { text: lookOnly } });
    expect(await decided(order, { intent: 'undo' })).toMatchObject({ error: { text: lookOnly } });
    const sheet = await askAsExtension(world.sandbox, paths.sheet, { order });
    expect(sheet.headers.get('access-control-allow-origin')).toBe('*');
    const text = await sheet.text();
    if (no === null) expect([sheet.status, text]).toEqual([200, expect.stringContaining('<address>')]);
    else expect([sheet.status, text]).toEqual([403, no]);
  },
);

/** An order that came in by the shop's own website. */
async function otherOrder(): Promise<string> {
  const order = {
    name: '#web-1',
    lineItems: [
      {
        title: 'Candle',
        quantity: 1,
        priceSet: { shopMoney: { amount: '5.00', currencyCode: 'USD' } },
      },
    ],
    shippingAddress: {
      address1: '5 Another Street',
      city: 'Springfield',
      countryCode: 'US',
      lastName: 'Roe',
    },
  };
  const answer = await world.shopify(
    'mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors { message } } }',
    { order },
  );
  return z.object({ orderCreate: z.object({ order: z.object({ id: z.string() }) }) }).parse(answer)
    .orderCreate.order.id;
}

it('REQ-3 REQ-5 SEC-3: the pack sheet strikes what the buyer asked to cancel, in words too, escapes everything and keeps nothing', async () => {
  await furnish();
  const print = (orders: string) => askAsExtension(world.sandbox, paths.sheet, { order: orders });
  const [whole, plain, some] = await Promise.all([shopifyId(asked), shopifyId(quiet), shopifyId(partly)]);
  const address = {
    countryCode: 'US',
    address1: '<b>1 Main St</b>',
    city: 'Springfield',
    lastName: 'Doe',
    zip: '12345',
  };
  await world.shopify(
    'mutation($input: OrderInput!) { orderUpdate(input: $input) { userErrors { message } } }',
    { input: { id: plain, shippingAddress: address } },
  );
  const other = await otherOrder();
  const all = [whole, plain, some, other, 'gid://shopify/Order/77'].join(',');
  const answer = await print(all);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const sheet = await answer.text();
  // What nobody may pack comes last; what is not Amazon's is only named.
  const left = 'LEFT OUT, not known as Amazon orders: #web-1, 77. Use Shopify’s own packing slips for them.';
  const order = [quiet, partly, asked, left].map((text) => sheet.indexOf(text));
  expect(order.every((at) => at > 0)).toBe(true);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(sheet).not.toContain('Another Street');
  expect(sheet).toContain('HELD: the buyer asked to cancel. Do not ship the struck lines.');
  expect(sheet).toMatch(/<s>SKU-2<\/s>.*DO NOT PACK – asked to cancel/s);
  expect(sheet).not.toContain('<s>SKU-1</s></td><td>Blue mug');
  expect(sheet).toContain('DO NOT PACK: the buyer asked to cancel this order');
  expect(sheet).toContain('&lt;b&gt;1 Main St&lt;/b&gt;');
  expect(sheet).not.toContain('<b>1 Main');
  expect((await print('1')).status).toBe(400);
  await world.shopify('mutation($id: ID!) { orderDelete(orderId: $id) { userErrors { message } } }', {
    id: plain,
  });
  expect(await (await print(plain)).text()).toContain('State not known. Ask before packing.');
});
