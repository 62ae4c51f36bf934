import { z } from 'zod';
import type { runningWorld } from '../running-world.ts';
import type { Hands } from './hands.ts';

type World = ReturnType<typeof runningWorld>;

/** Where an order stands on both sides, said in short; what is not said is not so. */
export interface EndState {
  /** Status; units by line; refunds with their parts; parcels; what it heard from the app. */
  readonly amazon: string;
  /** Cancelled, sent, money back, parcels, holds, mark, and how much of the stock of ten is gone. */
  readonly shopify: string;
  /** The state that the app tells, open problems, and its writes, with their state where they are not done. */
  readonly app: string;
}

const quantities = z.object({
  quantityFulfilled: z.number().optional(),
  quantityUnfulfilled: z.number().optional(),
});
const shown = z.object({
  order: z.object({
    fulfillment: z.object({ fulfillmentStatus: z.string() }),
    orderItems: z.array(
      z.object({
        orderItemId: z.string(),
        quantityOrdered: z.number(),
        fulfillment: quantities.optional(),
        cancellation: z.object({ cancellationExecution: z.unknown().optional() }).optional(),
      }),
    ),
  }),
  shipments: z.array(z.object({ trackingNumber: z.string().nullable() })),
  refunds: z.array(
    z.object({
      by: z.string(),
      items: z.array(z.object({ orderItemId: z.string(), components: z.record(z.string(), z.string()) })),
    }),
  ),
  feedMessages: z.array(z.object({ feedType: z.string(), accepted: z.boolean() })),
});

const feeds: Readonly<Record<string, string>> = {
  POST_ORDER_ACKNOWLEDGEMENT_DATA: 'cancel',
  POST_PAYMENT_ADJUSTMENT_DATA: 'adjustment',
  POST_ORDER_FULFILLMENT_DATA: 'shipment',
};

const counted = (said: readonly string[]) =>
  [...Map.groupBy(said, (one) => one)].map(([one, all]) =>
    all.length === 1 ? one : `${one} ×${String(all.length)}`,
  );

/** What is read once for all orders: requests of Amazon's log, stock by SKU, and which orders Shopify has. */
interface Shared {
  readonly calls: readonly { readonly path: string; readonly operation: string | null }[];
  readonly stock: ReadonlyMap<string, number>;
  readonly there: ReadonlySet<string | null>;
}

async function sharedBy(world: World): Promise<Shared> {
  const stock = new Map<string, number>();
  for (let after: string | null = null; ;) {
    const { productVariants } = (await world.shopify(
      'query($after: String) { productVariants(first: 250, after: $after) { nodes { sku inventoryQuantity } pageInfo { hasNextPage endCursor } } }',
      { after },
    )) as {
      productVariants: {
        nodes: { sku: string; inventoryQuantity: number }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    for (const { sku, inventoryQuantity } of productVariants.nodes) stock.set(sku, inventoryQuantity);
    if (!productVariants.pageInfo.hasNextPage) break;
    after = productVariants.pageInfo.endCursor;
  }
  return {
    calls: (await world.log('amazon')) as unknown as Shared['calls'],
    stock,
    there: new Set((await world.orders()).map(({ sourceIdentifier }) => sourceIdentifier)),
  };
}

async function onAmazon(world: World, { calls }: Shared, { id, made, line }: Hands): Promise<string[]> {
  const { order, shipments, refunds, feedMessages } = shown.parse(
    await world.control('GET', `/amazon/orders/${id}`),
  );
  const letterOf = (item: string) => Object.keys(made).find((one) => line(one) === item) ?? item;
  const units = order.orderItems.flatMap(({ orderItemId, quantityOrdered, fulfillment, cancellation }) => {
    const sent = fulfillment?.quantityFulfilled ?? 0;
    const open = cancellation?.cancellationExecution
      ? 0
      : (fulfillment?.quantityUnfulfilled ?? quantityOrdered - sent);
    const letter = letterOf(orderItemId);
    const cancelled = quantityOrdered - sent - open;
    return [
      ...(sent > 0 ? [`${letter} ${String(sent)} shipped`] : []),
      ...(cancelled > 0 ? [`${letter} ${String(cancelled)} cancelled`] : []),
    ];
  });
  const confirmed = calls.filter(
    ({ path, operation }) => operation === 'confirmShipment' && path.includes(id),
  );
  return [
    order.fulfillment.fulfillmentStatus,
    ...units,
    ...refunds.map(
      ({ by, items }) =>
        `${by} refund: ${items
          .flatMap(({ orderItemId, components }) =>
            Object.entries(components).map(([name, amount]) => `${letterOf(orderItemId)} ${name} ${amount}`),
          )
          .join(', ')}`,
    ),
    ...counted(shipments.map(({ trackingNumber }) => `parcel ${trackingNumber ?? 'without number'}`)),
    ...counted(
      feedMessages.map(
        ({ feedType, accepted }) => `heard ${feeds[feedType] ?? feedType}${accepted ? '' : ' (refused)'}`,
      ),
    ),
    ...counted(confirmed.map(() => 'heard confirmShipment')),
  ];
}

async function inShopify({ stock, there }: Shared, hands: Hands): Promise<string[]> {
  if (!there.has(hands.id)) return ['not there'];
  const order = await hands.inShopify();
  const holds = (await hands.work()).flatMap(({ fulfillmentHolds, lineItems }) =>
    fulfillmentHolds.map(
      ({ handle }) =>
        `held ${lineItems.nodes.map(({ sku, remainingQuantity }) => `${sku.split('-').at(-1) ?? ''} ${String(remainingQuantity)}`).join(', ')}${handle === 'concord-request' ? '' : ` (${handle})`}`,
    ),
  );
  const gone = Object.keys(hands.made).map(
    (letter) => [letter, 10 - (stock.get(hands.sku(letter)) ?? 10)] as const,
  );
  return [
    ...(order.cancelledAt === null ? [] : [`cancelled ${String(order.cancelReason)}`]),
    order.displayFulfillmentStatus,
    ...order.transactions
      .filter(({ kind }) => kind !== 'SALE')
      .map(
        ({ kind, gateway, amountSet }) =>
          `${kind.toLowerCase()} ${Number(amountSet.presentmentMoney.amount).toFixed(2)}${gateway === 'amazon' ? '' : ` (${gateway})`}`,
      ),
    ...counted(
      order.fulfillments.map(
        ({ status, trackingInfo }) =>
          `parcel ${trackingInfo[0]?.number ?? 'without number'}${status === 'SUCCESS' ? '' : ` (${status.toLowerCase()})`}`,
      ),
    ),
    ...holds.sort(),
    ...(order.tags.includes('amazon-cancel-requested') ? ['marked'] : []),
    ...gone.flatMap(([letter, units]) => (units === 0 ? [] : [`stock of ${letter} −${String(units)}`])),
  ];
}

/** Whether an accepted write is looked up once more before it counts as confirmed is a matter of timing. */
const done = new Set(['accepted', 'confirmed']);

async function inApp(world: World, { id }: Hands): Promise<string[]> {
  const problems = await world.problems(id);
  const writes = await world.database.owner<{ kind: string; state: string }>(
    `select kind, state from command where amazon_order_id = $1 and kind in ('cancel_amazon', 'refund_amazon', 'ship_amazon',
       'cancel_shopify', 'refund_shopify', 'fulfil_shopify', 'unfulfil_shopify') and state not in ('withdrawn', 'superseded')
       order by kind, state`,
    [id],
  );
  return [
    (await world.row(id))?.state ?? 'not known',
    ...problems.map(({ kind }) => `problem ${kind}`),
    ...counted(writes.map(({ kind, state }) => `${kind}${done.has(state) ? '' : ` (${state})`}`)),
  ];
}

/** Reads both sides of these orders, and what the app says of them. */
export async function endStatesOf(world: World, all: readonly Hands[]): Promise<EndState[]> {
  const shared = await sharedBy(world);
  return Promise.all(
    all.map(async (hands) => ({
      amazon: (await onAmazon(world, shared, hands)).join('; '),
      shopify: (await inShopify(shared, hands)).join('; '),
      app: (await inApp(world, hands)).join('; '),
    })),
  );
}
