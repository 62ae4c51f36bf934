import type { AmazonLine, AmazonStatus, RequestReading } from './amazon-order.ts';
import { liveFulfillments } from './cancel-guard.ts';
import type { Case } from './dealing.ts';
import { amazonUnits, type LineUnits } from './line-units.ts';
import type { Money } from './money.ts';
import type { FulfillmentLine } from './shopify-order.ts';

/** One line as both sides have it, in units. */
export interface SideLine {
  readonly orderItemId: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly ordered: number;
  /** Shipped on Amazon; null where Amazon does not say. */
  readonly shipped: number | null;
  /** Who cancelled it on Amazon, in Amazon's word; null: nobody. */
  readonly cancelledBy: string | null;
  readonly asked: RequestReading;
  /** What is left of it in Shopify, sent there, and kept back by a hold of this app; null where Shopify's books were not read. */
  readonly inShopify: { readonly left: number; readonly sent: number; readonly held: number } | null;
}

/** A package that is told of on a side. */
export interface SidePackage {
  readonly number: string | null;
  readonly carrier: string | null;
  readonly units: number;
}

/** An order on both sides: Amazon's last word beside Shopify as it is now. Times in ms UTC. */
export interface OrderSides {
  readonly amazon: {
    readonly status: AmazonStatus;
    readonly total: Money | null;
    /** What its finances showed of money that went back, without what was never charged; null where nothing did. */
    readonly refunded: Money | null;
    readonly packages: readonly SidePackage[];
    readonly readAt: number;
  };
  readonly shopify: {
    /** Shopify's word for its fulfilment. */
    readonly status: string;
    readonly cancelledAt: number | null;
    readonly total: Money;
    readonly refunded: Money | null;
    readonly packages: readonly SidePackage[];
  };
  readonly lines: readonly SideLine[];
}

function refundedOnAmazon({ situation, order }: Case): Money | null {
  const [first] = situation.moves;
  const currency = order.total?.currency ?? first?.currency;
  const own = situation.moves.filter((move) => move.currency === currency);
  const amount = own.reduce((sum, move) => sum + move.amount, 0);
  return currency === undefined || amount === 0 ? null : { amount, currency };
}

function refundedInShopify({ books }: Case): Money | null {
  const amount = (books?.refunds ?? []).reduce((sum, refund) => sum + refund.amount.amount, 0);
  return books && amount > 0 ? { amount, currency: books.currency } : null;
}

function inShopify(one: Case): ((line: AmazonLine) => NonNullable<SideLine['inShopify']>) | null {
  const { order, books, handling, situation } = one;
  if (!books) return null;
  const units = (lines: readonly { lineItemId: string; quantity: number }[]): LineUnits =>
    amazonUnits(order, books, lines, situation.link.adopted);
  const left = units(books.lines.map((line) => ({ lineItemId: line.id, quantity: line.currentQuantity })));
  const sent = units(liveFulfillments(one).flatMap(({ lines }) => lines));
  const kept = (handling?.fulfillmentOrders ?? []).filter(({ holds }) => holds.some(({ own }) => own));
  const held = units(
    kept
      .flatMap(({ lines }): readonly FulfillmentLine[] => lines)
      .map(({ lineItemId, remaining }) => ({ lineItemId, quantity: remaining })),
  );
  return ({ orderItemId: id }) => ({
    left: left.get(id) ?? 0,
    sent: sent.get(id) ?? 0,
    held: held.get(id) ?? 0,
  });
}

/** Both sides of an order beside each other, line by line. */
export function sidesOf(one: Case): OrderSides {
  const { order, linked, readAt } = one;
  const copy = inShopify(one);
  return {
    amazon: {
      status: order.status,
      total: order.total,
      refunded: refundedOnAmazon(one),
      packages: order.packages.map(({ trackingNumber, carrier, items }) => ({
        number: trackingNumber,
        carrier,
        units: items.reduce((sum, { quantity }) => sum + quantity, 0),
      })),
      readAt,
    },
    shopify: {
      status: linked.fulfillmentStatus,
      cancelledAt: linked.cancelledAt,
      total: linked.total,
      refunded: refundedInShopify(one),
      packages: liveFulfillments(one).map(({ tracking, lines }) => ({
        number: tracking.map(({ number }) => number).find((number) => number !== null) ?? null,
        carrier: tracking[0]?.company ?? null,
        units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      })),
    },
    lines: order.lines.map((line) => ({
      orderItemId: line.orderItemId,
      sku: line.sku,
      title: line.title,
      ordered: line.quantityOrdered,
      shipped: line.quantityFulfilled,
      cancelledBy: line.cancelled?.by ?? null,
      asked: line.request,
      inShopify: copy?.(line) ?? null,
    })),
  };
}
