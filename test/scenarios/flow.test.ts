import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { signSessionToken } from '../../app/sandbox/shopify/session-token.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { variants, shopifyOrder, amazonSide } = dealings(world);
const id = '152-0000000-0000001';

const starts = async () =>
  (await world.control('GET', '/shopify/flow'))['starts'] as {
    handle: string;
    payload: Record<string, unknown>;
  }[];
const startsOf = async (handle: string) => (await starts()).filter((one) => one.handle === handle);
const use = (inUse: boolean, trigger = 'amazon-buyer-asked-to-cancel') =>
  world.control('POST', '/shopify/flow-use', { trigger, inUse });

async function digits(order = id): Promise<string> {
  const found = (await world.orders()).find(({ sourceIdentifier }) => sourceIdentifier === order);
  return found?.id.split('/').at(-1) ?? '';
}
/** A step of a workflow, as Flow sends it. */
async function step(action: string, properties: object, run?: string) {
  const body = { action, properties, ...(run === undefined ? {} : { run }) };
  const { answer } = (await world.control('POST', '/shopify/flow', body)) as {
    answer: { status: number; body: { return_value: Record<string, unknown> } | null };
  };
  return { status: answer.status, value: answer.body?.return_value };
}
const approve = 'approve-amazon-cancellation';

async function order(ask = true) {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  if (!ask) return;
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake <b>' });
  await world.settle();
}

it('REQ-3 SEC-5: a workflow begins once with a request, with what merchants branch on and nothing of the buyer; without one nothing is sent', async () => {
  await order();
  expect(await starts()).toEqual([]);
  await world.control('POST', '/reset', {});
  expect(await use(true)).toMatchObject({ answer: { status: 200 } });
  await order();
  await world.settle();
  const [begun, ...more] = await starts();
  expect(more).toEqual([]);
  expect(begun).toMatchObject({
    handle: 'amazon-buyer-asked-to-cancel',
    payload: {
      'Amazon order id': id,
      Marketplace: 'amazon.com',
      'Order value': 25,
      Currency: 'USD',
      'Reason category': 'mistake',
      'All lines asked': 'asked',
      'Lines asked': 1,
      'Hours left': expect.any(Number) as number,
      'Event id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    },
  });
  expect(String(begun?.payload['order_id'])).toBe(await digits());
  expect(JSON.stringify(begun)).not.toContain('Ordered by mistake');
  await use(false);
  await world.control('POST', `/amazon/orders/${id}/withdraw-request`, {});
  await world.settle(true);
  expect(await starts()).toHaveLength(1);
});

it('CAN-13 PRO-4: a cancel that Amazon refused and a problem each begin a workflow; a lost answer sends the same event again', async () => {
  await use(true);
  await order();
  await world.control('POST', '/faults', { service: 'amazon', match: {}, kind: 'reject-message', times: 1 });
  await world.control('POST', '/faults', {
    service: 'shopify',
    match: { operation: 'flowTriggerReceive' },
    kind: 'drop-answer',
    times: 1,
  });
  await step(approve, { order_id: await digits() });
  await world.settle(true);
  const all = await starts();
  const asked = all.filter(({ handle }) => handle === 'amazon-buyer-asked-to-cancel');
  expect(asked.length).toBe(1);
  const refused = all.filter(({ handle }) => handle === 'amazon-refused-a-cancel');
  expect(refused.length).toBe(2);
  expect(new Set(refused.map(({ payload }) => payload['Event id'])).size).toBe(1);
  expect(refused[0]?.payload).toMatchObject({ 'Amazon order id': id, Refusal: 'other', Shipped: false });
});

it('PRO-4: what needs a person begins its workflow once for each problem, urgent or not, however often it is looked at', async () => {
  const handle = 'amazon-order-needs-attention';
  await use(true, handle);
  await variants();
  const orderItems = [amazonLine('10000000000001', { sku: 'SKU-9', item: '25.00' })];
  const plain = amazonOrder(id, { orderItems });
  const shipByWindow = { latestDateTime: '2026-11-21T11:50:00Z' };
  await world.place({ ...plain, fulfillment: { ...(plain['fulfillment'] as object), shipByWindow } });
  await world.settle();
  for (let times = 0; times < 2; times += 1) {
    await step('look-at-amazon-order-again', { order_id: await digits() });
    await world.settle(true);
  }
  const begun = (await startsOf(handle)).map(({ payload }) => payload);
  const about = { 'Amazon order id': id, Marketplace: 'amazon.com', Amount: 0 };
  expect(begun.sort((a, b) => Number(a['Urgent']) - Number(b['Urgent']))).toMatchObject([
    {
      ...{ ...about, 'Problem kind': 'sku_unlinked', Urgent: false },
      Sentence: `Unlinked SKU: order ${id}`,
    },
    { ...about, 'Problem kind': 'ship_late', Urgent: true, Sentence: `Ship now: late: order ${id}` },
  ]);
  for (const one of begun) expect(String(one['order_id'])).toBe(await digits());
  expect(new Set(begun.map((one) => one['Event id'])).size).toBe(2);
});

it('PRO-4: a cancellation rate near its limit begins a workflow once a day, and none where nobody listens', async () => {
  const handle = 'amazon-cancellation-rate';
  const pass = async (time: string) => {
    await world.control('POST', '/clock', { advance: time });
    await world.settle();
  };
  const furnish = async () => {
    await variants();
    await world.place(amazonOrder(id), amazonOrder('152-0000000-0000002'));
    await world.settle();
    await world.control('POST', `/amazon/orders/${id}/cancel`, { by: 'MERCHANT' });
    await world.settle();
    await pass('PT10M');
  };
  await furnish();
  expect(await starts()).toEqual([]);
  await world.control('POST', '/reset', {});
  await use(true, handle);
  await furnish();
  await pass('PT10M');
  const [begun, ...more] = await startsOf(handle);
  expect(more).toEqual([]);
  expect(begun?.payload).toEqual({
    Marketplace: 'amazon.com',
    Rate: 50,
    Limit: 2.5,
    'Cancels left': 0,
    'Event id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  await pass('P1D');
  await pass('PT10M');
  const [, next, ...others] = await startsOf(handle);
  expect(others).toEqual([]);
  expect(next?.payload['Event id']).not.toBe(begun?.payload['Event id']);
});

it('CAN-7 CAN-8: an approval by a workflow rests, is one however often it is sent, also after a person took it back', async () => {
  await order();
  const shopifyId = await digits();
  expect(await step(approve, { order_id: shopifyId, amount: '0' })).toMatchObject({
    value: { result: 'refused', sentence: expect.stringContaining('greater than 0') as string },
  });
  expect((await world.row(id))?.state).toBe('asked_held');
  const first = await step(approve, { order_id: shopifyId }, 'run-1');
  expect(first).toMatchObject({ status: 200, value: { result: 'done', dryRun: false } });
  await Promise.all([1, 2].map(() => step(approve, { order_id: shopifyId }, 'run-1')));
  await world.settle();
  expect((await world.row(id))?.state).toBe('undo_running');
  await dealings(world).concord('undo', id);
  expect(await step(approve, { order_id: shopifyId }, 'run-1')).toMatchObject({ value: { result: 'done' } });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
  expect(await step(approve, { order_id: shopifyId }, 'run-2')).toMatchObject({ value: { result: 'done' } });
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunds: 1 });
});

it('CAN-6 PRO-7: without a request, for another order and in dry run a workflow is told so, and nothing is done', async () => {
  await order(false);
  const shopifyId = await digits();
  expect(await step(approve, { order_id: shopifyId })).toMatchObject({
    value: { result: 'refused', sentence: 'No request covers all open lines.' },
  });
  expect(await step(approve, { order_id: '77' })).toMatchObject({ value: { result: 'refused' } });
  expect(await step('look-at-amazon-order-again', { order_id: shopifyId })).toMatchObject({
    value: { looking: true },
  });
  expect(await step('look-at-amazon-order-again', { order_id: '77' })).toMatchObject({
    value: { looking: false },
  });
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  await dealings(world).concord('settings', 'set', 'dryRun', 'true');
  expect(await step(approve, { order_id: shopifyId })).toMatchObject({
    value: { result: 'dry run', dryRun: true },
  });
  await dealings(world).concord('settings', 'set', 'dryRun', 'false');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
});

it.each(['/flow/approve', '/flow/look', '/flow/in-use'])(
  'SEC-3: %s reads 1 MB at most, and takes nothing but a JSON object',
  async (path) => {
    const secret = world.sandbox.env['SHOPIFY_API_SECRET'] ?? '';
    const url = world.sandbox.app + path;
    const send = (text: string, body: RequestInit['body'] = text) => {
      const signature = createHmac('sha256', secret).update(text).digest('base64');
      const headers = { 'content-type': 'application/json', 'x-shopify-hmac-sha256': signature };
      return fetch(url, { method: 'POST', headers, body, duplex: 'half' }).then(({ status }) => status);
    };
    const large = JSON.stringify({ shopify_domain: world.sandbox.shop, a: 'x'.repeat(2 ** 20) });
    expect(await send(large)).toBe(413);
    // In pieces, so that it does not say before how large it is.
    expect(await send(large, new Blob([large]).stream())).toBe(413);
    // Only told to be so large: that is answered before anything is read.
    const asked = request(url, { method: 'POST', headers: { 'content-length': String(2 ** 20 + 1) } });
    asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(413);
    asked.destroy();
    // What a session token signs is signed with the same secret.
    const app = { apiKey: world.sandbox.env['SHOPIFY_API_KEY'] ?? '', apiSecret: secret };
    const token = signSessionToken(world.sandbox.shop, app, '7', Date.now());
    expect(await send(token.slice(0, token.lastIndexOf('.')))).toBe(400);
    expect(await send('null')).toBe(400);
  },
);

it('SEC-3: what Flow did not sign, or what is no step, is refused', async () => {
  await order();
  const body = JSON.stringify({
    shopify_domain: world.sandbox.shop,
    action_run_id: 'run-1',
    properties: { order_id: await digits() },
  });
  const send = (path: string, text: string, secret: string | null, signed = text) =>
    fetch(world.sandbox.app + path, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        ...(secret === null
          ? {}
          : { 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(signed).digest('base64') }),
      },
    });
  for (const path of ['/flow/approve', '/flow/look', '/flow/in-use'])
    for (const secret of [null, 'not the secret'])
      expect((await send(path, body, secret)).status, path).toBe(400);
  const own = world.sandbox.env['SHOPIFY_API_SECRET'] ?? '';
  // Another body than the one that was signed.
  for (const path of ['/flow/approve', '/flow/look', '/flow/in-use'])
    expect((await send(path, body, own, body.replace('run-1', 'run-2'))).status, path).toBe(400);
  // What Shopify signed for another shop reaches no order of this one.
  await world.control('POST', '/shops', { domain: 'other.myshopify.com' });
  const elsewhere = body.replace(world.sandbox.shop, 'other.myshopify.com');
  for (const [path, value] of [
    ['/flow/approve', { result: 'refused' }],
    ['/flow/look', { looking: false }],
  ] as const)
    expect(await (await send(path, elsewhere, own)).json(), path).toMatchObject({ return_value: value });
  const used = {
    ...{ flow_trigger_definition_id: approve, has_enabled_flow: true, shopify_domain: 'other.myshopify.com' },
    timestamp: new Date(world.sandbox.world.clock.now()).toISOString(),
  };
  expect((await send('/flow/in-use', JSON.stringify(used), own)).status).toBe(200);
  for (const odd of [{}, { properties: {} }, { action_run_id: 'x', properties: { order_id: '1 or 1=1' } }])
    expect(
      (await send('/flow/approve', JSON.stringify({ shopify_domain: world.sandbox.shop, ...odd }), own))
        .status,
    ).toBe(400);
  await world.control('POST', `/amazon/orders/${id}/withdraw-request`, {});
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle(true);
  expect(await starts()).toEqual([]);
  expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
});
