import { z } from 'zod';
import { lookInShopify, staff } from './deeds.ts';
import { perform, work } from './perform.ts';
import { copiesOf } from './shopify-side.ts';
import type { Job } from './steps.ts';
import { openWorkOf, isOwn } from './work-in-shopify.ts';
import { seller, type ModelWorld } from './world.ts';

const second = 1_000;
const hour = 3_600 * second;
/** A search shows a change once it is two and a half minutes old, and comes each 200 s. */
const visibleMs = 210 * second;
const undoMs = 130 * second;

/** One kind of write, how it comes about, and how often its effect stands on the other side. */
export interface EffectKind {
  readonly name: string;
  readonly service: 'amazon' | 'shopify';
  /** The operation that the fault is about. */
  readonly operation: string;
  /** The job in which the write goes out. */
  readonly job: Job;
  /** Brings the n-th order to where something is to be written about it. */
  ready(world: ModelWorld, n: number): void | Promise<void>;
  /** Lets happen what makes the app write; afterwards the next run of `job` sends. */
  act(world: ModelWorld, n: number): Promise<void>;
  /** How often the effect is there. */
  count(world: ModelWorld, id: string): number | Promise<number>;
}

const idOf = ({ run }: ModelWorld, n: number): string => run.placed[n]?.id ?? '';

async function comeIn(world: ModelWorld): Promise<void> {
  await perform(world, { do: 'place', shapes: ['twoUnits'] });
  await perform(world, { do: 'wait', ms: visibleMs });
  await work(world, 0, 'poll', null);
  // What happens later is later than what the app has read by now, on a clock that stands still.
  await perform(world, { do: 'wait', ms: second });
}

async function ask(world: ModelWorld, n: number): Promise<void> {
  await perform(world, { do: 'ask', which: n });
}

async function shipOnAmazon(world: ModelWorld, n: number): Promise<void> {
  await perform(world, { do: 'change', how: 'ship', which: n });
  await ask(world, n);
}

async function comeInShipped(world: ModelWorld, n: number): Promise<void> {
  await comeIn(world);
  await shipOnAmazon(world, n);
  await work(world, 0, 'drain', null);
  await perform(world, { do: 'wait', ms: second });
}

const fulfilled = z.object({
  order: z.object({
    fulfillments: z.array(z.object({ status: z.string() })),
  }),
});

/** Fulfilments that stand. */
async function fulfillments(world: ModelWorld, id: string): Promise<number> {
  const [copy] = copiesOf(world.shopify, id);
  const query = 'query F($id: ID!) { order(id: $id) { fulfillments(first: 50) { status } } }';
  const { order } = fulfilled.parse(await staff(world, query, { id: copy?.id ?? '' }));
  return order.fulfillments.filter(({ status }) => status === 'SUCCESS').length;
}

/** Staff send all that is open of an order, with a number. */
async function fulfil(world: ModelWorld, n: number): Promise<void> {
  const id = idOf(world, n);
  const [copy] = copiesOf(world.shopify, id);
  const lineItemsByFulfillmentOrder = openWorkOf(world, copy?.id ?? '').map((one) => ({
    fulfillmentOrderId: one.id,
    fulfillmentOrderLineItems: one.lines.map((line) => ({ id: line.id, quantity: line.remaining })),
  }));
  const query = `mutation S($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { userErrors { message } } }`;
  const trackingInfo = { number: `1Z${id}`, company: 'UPS' };
  world.run.peopleAct = true;
  await staff(world, query, { fulfillment: { lineItemsByFulfillmentOrder, trackingInfo } });
  world.run.peopleAct = false;
  await perform(world, { do: 'wait', ms: 5 * second });
}

/** Cancels in Shopify: none where it stands open, else one for each refund that came with it. */
async function cancelled(world: ModelWorld, id: string): Promise<number> {
  const found = await lookInShopify(world, id);
  if (!found || found.cancelledAt === null) return 0;
  const refunds = found.transactions.filter(({ kind, status }) => kind === 'REFUND' && status === 'SUCCESS');
  const all = found.totalRefundedSet.presentmentMoney.amount === found.totalPriceSet.presentmentMoney.amount;
  return all ? refunds.length : 0;
}

const feedMessages = ({ amazon }: ModelWorld, id: string, type: string): number =>
  (amazon.show(seller, id)?.feedMessages ?? []).filter(({ feedType }) => feedType.includes(type)).length;

const refundsOnAmazon = ({ amazon }: ModelWorld, id: string): number =>
  amazon.show(seller, id)?.refunds.length ?? 0;

const onAmazon = { service: 'amazon', job: 'feed', operation: 'createFeed' } as const;
const inShopify = { service: 'shopify', job: 'drain' } as const;

/** All kinds of writes that the issue names. */
export const effectKinds: readonly EffectKind[] = [
  {
    ...{ ...inShopify, name: 'orderCreate', operation: 'orderCreate', job: 'poll' },
    ready: () => undefined,
    act: async (world) => {
      await perform(world, { do: 'place', shapes: ['twoUnits'] });
      await perform(world, { do: 'wait', ms: visibleMs });
    },
    count: ({ shopify }, id) => copiesOf(shopify, id).length,
  },
  {
    ...{ ...inShopify, name: 'orderCancel', operation: 'orderCancel' },
    ready: comeIn,
    act: async (world, n) => {
      await perform(world, { do: 'change', how: 'cancel', which: n });
      await ask(world, n);
    },
    count: cancelled,
  },
  {
    ...{ ...inShopify, name: 'refundCreate', operation: 'refundCreate' },
    ready: comeInShipped,
    act: async (world, n) => {
      await perform(world, { do: 'deed', deed: 'refund-on-amazon', which: n, pick: 0 });
      await perform(world, { do: 'wait', ms: 49 * hour });
      await work(world, 1, 'finances', null);
    },
    count: ({ shopify }, id) => copiesOf(shopify, id)[0]?.refunds.length ?? 0,
  },
  {
    ...{ ...inShopify, name: 'fulfillmentCreate', operation: 'fulfillmentCreate' },
    ready: comeIn,
    act: shipOnAmazon,
    count: fulfillments,
  },
  {
    ...{ ...inShopify, name: 'fulfillmentOrderHold', operation: 'fulfillmentOrderHold' },
    ready: comeIn,
    act: async (world, n) => {
      await perform(world, { do: 'buyer', how: 'asks', which: n, lines: 'all', reason: 0 });
      await ask(world, n);
    },
    count: (world, id) =>
      openWorkOf(world, copiesOf(world.shopify, id)[0]?.id ?? '').flatMap(({ holds }) => holds.filter(isOwn))
        .length,
  },
  {
    ...{ ...onAmazon, name: 'createFeed, a cancel' },
    ready: comeIn,
    act: async (world, n) => {
      await perform(world, { do: 'deed', deed: 'approve-with-reason', which: n, pick: 0 });
      await work(world, 0, 'drain', null);
      await perform(world, { do: 'wait', ms: undoMs });
      await work(world, 0, 'drain', null);
    },
    // A message counts however it ended, and so does a cancel without a refund of all in Shopify.
    count: async (world, id) => {
      const cancels = world.amazon.show(seller, id)?.cancellations.length ?? 0;
      const messages = feedMessages(world, id, 'ACKNOWLEDGEMENT');
      return messages > 1 ? messages : Math.min(cancels, await cancelled(world, id));
    },
  },
  {
    ...{ ...onAmazon, name: 'createFeed, a refund' },
    ready: async (world, n) => {
      // What is seen sooner is waited for with fewer polls.
      world.switches.set('amazon.finance-lag', '6h');
      await comeInShipped(world, n);
    },
    act: async (world, n) => {
      await perform(world, { do: 'deed', deed: 'refund-in-shopify', which: n, pick: 0 });
      await perform(world, { do: 'wait', ms: 5 * second });
      await work(world, 0, 'drain', null);
      // Amazon's finances are two days late; a person says that it is not made there already.
      await perform(world, { do: 'deed', deed: 'answer', which: n, pick: 0 });
      await work(world, 0, 'drain', null);
      await perform(world, { do: 'wait', ms: undoMs });
      await work(world, 0, 'drain', null);
    },
    count: (world, id) => Math.max(refundsOnAmazon(world, id), feedMessages(world, id, 'ADJUSTMENT')),
  },
  {
    ...{ ...onAmazon, name: 'confirmShipment', operation: 'confirmShipment', job: 'drain' },
    ready: comeIn,
    act: async (world, n) => {
      await fulfil(world, n);
      // Amazon is read anew before it is told of a parcel.
      await work(world, 0, 'drain', null);
      await perform(world, { do: 'wait', ms: 6 * second });
    },
    count: ({ amazon }, id) => amazon.show(seller, id)?.shipments.length ?? 0,
  },
];
