import { z } from 'zod';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { copiesOf } from './shopify-side.ts';
import { otherPlace, thirdParty } from './places.ts';
import type { PeopleAct } from './request-steps.ts';
import { openWorkOf, type Work } from './work-in-shopify.ts';
import { shop, type ModelWorld } from './world.ts';
import { whilePeopleAct } from './watch.ts';

const answer = z.object({ data: z.record(z.string(), z.unknown()).nullish() });
const fulfillments = z.object({
  order: z.object({ fulfillments: z.array(z.object({ id: z.string(), status: z.string() })) }).nullable(),
});
const locations = z.object({
  locations: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }),
});

async function call(
  { shopifyOrigin }: ModelWorld,
  token: 'staff' | 'other-app',
  query: string,
  variables: Record<string, unknown>,
): Promise<unknown> {
  const response = await fetch(`${shopifyOrigin}/admin/api/${apiVersion}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'X-Shopify-Shop-Domain': shop,
      'X-Shopify-Access-Token': token,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data } = answer.parse(JSON.parse(text));
  // What Shopify refuses as data does not happen; a query that it does not understand is the model's fault.
  if (!data) throw new Error(`The pretend Shopify did not take it: ${text}`);
  return data;
}

const errors = 'userErrors { message }';
/** Mutations that take a fulfilment order's id and nothing else. */
const onWork = {
  release: 'fulfillmentOrderReleaseHold',
  request: 'fulfillmentOrderSubmitFulfillmentRequest',
  accept: 'fulfillmentOrderAcceptFulfillmentRequest',
  reject: 'fulfillmentOrderRejectFulfillmentRequest',
  'accept-cancellation': 'fulfillmentOrderAcceptCancellationRequest',
  'reject-cancellation': 'fulfillmentOrderRejectCancellationRequest',
  'take-back': 'fulfillmentOrderCancel',
  open: 'fulfillmentOrderOpen',
  progress: 'fulfillmentOrderReportProgress',
} as const satisfies Partial<Record<PeopleAct, string>>;

const linesOf = (work: Work, mostUnits: number) =>
  work.lines
    .filter(({ remaining }) => remaining > 0)
    .map(({ id, remaining }) => ({ id, quantity: Math.min(remaining, mostUnits) }));

async function liveFulfillment(world: ModelWorld, orderId: string): Promise<string | undefined> {
  const query = 'query F($id: ID!) { order(id: $id) { fulfillments(first: 20) { id status } } }';
  const found = fulfillments.parse(await call(world, 'staff', query, { id: orderId }));
  return found.order?.fulfillments.find(({ status }) => status === 'SUCCESS')?.id;
}

/** What people do with a parcel that has left. */
async function actOnParcel(
  world: ModelWorld,
  act: 'cancel-shipment' | 'other-number',
  orderId: string,
): Promise<void> {
  const id = await liveFulfillment(world, orderId);
  if (id === undefined) return;
  if (act === 'cancel-shipment') {
    await call(world, 'staff', `mutation C($id: ID!) { fulfillmentCancel(id: $id) { ${errors} } }`, { id });
    return;
  }
  const change = `mutation T($id: ID!, $to: FulfillmentTrackingInput!) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $to, notifyCustomer: false) { ${errors} } }`;
  await call(world, 'staff', change, {
    id,
    to: { number: `1Z${String(world.clock.now())}`, company: 'UPS' },
  });
}

async function move(world: ModelWorld, id: string, to: string, lines: unknown): Promise<void> {
  const query = 'query L { locations(first: 10) { nodes { id name } } }';
  const found = locations.parse(await call(world, 'staff', query, {}));
  const place = found.locations.nodes.find(({ name }) => name === to);
  const change = `mutation M($id: ID!, $to: ID!, $lines: [FulfillmentOrderLineItemInput!]) {
    fulfillmentOrderMove(id: $id, newLocationId: $to, fulfillmentOrderLineItems: $lines) { ${errors} } }`;
  await call(world, 'staff', change, { id, to: place?.id ?? '', lines });
}

async function actOn(world: ModelWorld, act: PeopleAct, all: readonly Work[], work: Work): Promise<void> {
  const { id } = work;
  const staff = (query: string, variables: Record<string, unknown>) => call(world, 'staff', query, variables);
  if (act in onWork) {
    const field = onWork[act as keyof typeof onWork];
    await staff(`mutation W($id: ID!) { ${field}(id: $id) { ${errors} } }`, { id });
  }
  if (act === 'release-own') {
    const holds = work.holds.filter(({ by }) => by === 'app').map((hold) => hold.id);
    const release = `mutation R($id: ID!, $holds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { ${errors} } }`;
    if (holds.length > 0) await staff(release, { id, holds });
  }
  if (act === 'hold' || act === 'hold-by-app') {
    const hold = { reason: 'OTHER', handle: `theirs-${work.holds.length}`, notifyMerchant: false };
    const query = `mutation H($id: ID!, $hold: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { ${errors} } }`;
    await call(world, act === 'hold' ? 'staff' : 'other-app', query, { id, hold });
  }
  if (act === 'ship' || act === 'ship-one' || act === 'ship-with-number') {
    const lines = act === 'ship-one' ? linesOf(work, 1).slice(0, 1) : linesOf(work, Infinity);
    const fulfillment = {
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id, fulfillmentOrderLineItems: lines }],
      ...(act === 'ship-with-number'
        ? { trackingInfo: { number: `1Z${String(world.clock.now())}`, company: 'UPS' } }
        : {}),
    };
    await staff(
      `mutation S($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { ${errors} } }`,
      {
        fulfillment,
      },
    );
  }
  if (act === 'split') {
    const split = [{ fulfillmentOrderId: id, fulfillmentOrderLineItems: linesOf(work, 1).slice(0, 1) }];
    await staff(
      `mutation P($split: [FulfillmentOrderSplitInput!]!) { fulfillmentOrderSplit(fulfillmentOrderSplits: $split) { ${errors} } }`,
      { split },
    );
  }
  if (act === 'merge') {
    const merge = [{ mergeIntents: all.map((one) => ({ fulfillmentOrderId: one.id })) }];
    await staff(
      `mutation G($merge: [FulfillmentOrderMergeInput!]!) { fulfillmentOrderMerge(fulfillmentOrderMergeInputs: $merge) { ${errors} } }`,
      { merge },
    );
  }
  if (act === 'move') await move(world, id, otherPlace, null);
  if (act === 'move-one') await move(world, id, otherPlace, linesOf(work, 1).slice(0, 1));
  if (act === 'move-away') await move(world, id, thirdParty, null);
}

/** A person, or another app, does something in Shopify with an order's work; what Shopify refuses does not happen. */
export async function actInShopify(
  world: ModelWorld,
  act: PeopleAct,
  amazonId: string,
  pick: number,
): Promise<void> {
  const [copy] = copiesOf(world.shopify, amazonId);
  if (!copy) return;
  world.run.peopleAct = true;
  world.run.touched.add(amazonId);
  try {
    await whilePeopleAct(world, async () => {
      if (act === 'cancel-shipment' || act === 'other-number') return actOnParcel(world, act, copy.id);
      const all = openWorkOf(world, copy.id);
      const work = all[pick % Math.max(1, all.length)];
      return work && actOn(world, act, all, work);
    });
  } finally {
    world.run.peopleAct = false;
  }
}
