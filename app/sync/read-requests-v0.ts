import { getEveryMs } from '../amazon/orders.ts';
import { sellerOf } from '../db/sellers.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import type { AmazonReading } from '../domain/decide.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

type Read = Extract<AmazonReading, { kind: 'read' }>;

const open = new Set<AmazonOrder['status']>(['unshipped', 'partially_shipped']);

/** An open order whose requests Amazon did not give: only then the old API is asked (REQ-1). */
function lacking({ amazon }: Work): Read | null {
  if (amazon.kind !== 'read' || amazon.remembered) return null;
  const { order } = amazon;
  const refused = !order.given.includes('CANCELLATION') && order.fulfilledBy !== 'amazon';
  return refused && open.has(order.status) ? amazon : null;
}

/** The order with what the old API says of its lines; a line it does not name stays unknown. */
function withRequests(
  order: AmazonOrder,
  said: ReadonlyMap<string, AmazonOrder['lines'][number]['request']>,
): AmazonOrder {
  return {
    ...order,
    requestsFrom: 'order_v0',
    lines: order.lines.map((line) => ({ ...line, request: said.get(line.orderItemId) ?? line.request })),
  };
}

async function readFor(
  services: Services,
  shop: ShopDomain,
  seller: SellerId,
  works: readonly Work[],
): Promise<void> {
  const row = await services.db.forShop(shop, (tx) => sellerOf(tx, shop, seller));
  if (!row) return;
  const client = services.amazon(row);
  let wait: number | null = null;
  for (const work of works) {
    const reading = lacking(work);
    if (!reading) continue;
    if (wait !== null) {
      work.amazon = { ...reading, requestsAt: wait };
      continue;
    }
    const said = await client.readRequestsV0(work.order.amazonOrderId);
    if (said.ok) work.amazon = { ...reading, order: withRequests(reading.order, said.value) };
    else if (said.failure.kind === 'retry' && said.failure.at !== null) {
      // Asking for the others is in vain, and all of them at its end would be so too.
      wait = said.failure.at + getEveryMs;
      work.amazon = { ...reading, requestsAt: wait };
    }
  }
}

/** Asks Orders v0 for the requests of orders that came without their cancellation data, as far as its limit allows. */
export async function readRequestsV0(
  services: Services,
  shop: ShopDomain,
  works: readonly Work[],
): Promise<void> {
  const needed = works.filter((work) => lacking(work) !== null);
  for (const seller of new Set(needed.map(({ order }) => order.sellerId)))
    await readFor(
      services,
      shop,
      seller,
      needed.filter(({ order }) => order.sellerId === seller),
    );
}
