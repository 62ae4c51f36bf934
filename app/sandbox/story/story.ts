import type { World } from '../world.ts';
import { lines, marketplaces, products, warehouseProduct } from './catalogue.ts';
import { makeOrder, type LineSpec, type Marketplace, type OrderSpec } from './make-order.ts';

const hour = 3_600_000;
const { us, de, uk, jp } = marketplaces;

/** The currencies of its orders, beside the shop's own. */
export const storyCurrencies = [de.currency, uk.currency, jp.currency];

type Told = readonly [Marketplace, readonly LineSpec[], OrderSpec['status']];

/** The orders of the last days, oldest first. */
const told: readonly Told[] = [
  [us, [lines.teapot], 'SHIPPED'],
  [de, [lines.blueMug], 'SHIPPED'],
  [us, [lines.twoBlueMugs], 'SHIPPED'],
  [jp, [lines.teapotForYen], 'SHIPPED'],
  [us, [lines.blueMug, lines.redMug], 'SHIPPED'],
  [uk, [lines.redMug], 'UNSHIPPED'],
  [us, [lines.gift], 'UNSHIPPED'],
  [jp, [lines.teapotForYen], 'UNSHIPPED'],
  [us, [lines.unknownSku], 'UNSHIPPED'],
  [de, [lines.teapot, lines.redMug], 'UNSHIPPED'],
  [us, [lines.twoBlueMugs, lines.teapot], 'UNSHIPPED'],
  [us, [lines.blueMug], 'PENDING'],
];

/** Puts a small shop's products and last orders into the pretend services that are the sandbox's own. */
export function placeStory({ amazon, shopify, shops, clock }: World): void {
  const [shop] = shops;
  if (!shop) return;
  shopify?.addVariants(shop.domain, [...products, warehouseProduct]);
  const first = clock.now() - told.length * 5 * hour;
  const orders = told.map(([marketplace, ordered, status], position) =>
    makeOrder({ marketplace, lines: ordered, status, placedAt: first + position * 5 * hour }),
  );
  amazon?.placeOrders(shop.sellerId, orders);
}
