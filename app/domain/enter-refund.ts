import type { AmazonMove } from './amazon-move.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { paidOf } from './amazon-paid.ts';
import type { CommandArgs } from './command.ts';
import type { Components } from './components.ts';
import { marketplace } from './marketplaces.ts';
import type { BookedLine, OrderBooks } from './order-books.ts';
import { taxInPrice } from './tax-in-price.ts';

type Args = CommandArgs['refund_shopify'];

/** A refund to enter in Shopify, if any, and what of Amazon's does not go there (minor units): it is told. */
export interface EnteredRefund {
  readonly args: Args | null;
  readonly missing: number;
}

/** Whether all of the line's goods went back with their tax. */
function wholeLine(back: Components, paid: Components): boolean {
  const { principal = 0, tax = 0 } = paid;
  return principal > 0 && (back.principal ?? 0) >= principal && (back.tax ?? 0) >= tax;
}

/** Shopify's lines of an Amazon line whose units were all sent and none taken off; none where that is not so. */
function sentLines(orderItemId: string, sku: string | null, books: OrderBooks): readonly BookedLine[] {
  const made = books.lines.filter((line) => line.orderItemId === orderItemId);
  const same = books.lines.filter((line) => line.orderItemId === null && sku !== null && line.sku === sku);
  const lines = made.length > 0 ? made : same.length === 1 ? same : [];
  const untouched = lines.every((line) => line.unfulfilled === 0 && line.currentQuantity === line.quantity);
  return untouched ? lines : [];
}

/** The lines in Shopify that went back as a whole: the SKU names one Amazon line, and all its goods are in the move. */
function linesOf(move: AmazonMove, order: AmazonOrder, books: OrderBooks): Args['lines'] {
  const paid = paidOf(order);
  const inPrice = marketplace(order.marketplaceId)?.refundTax === 'in_principal';
  return move.items.flatMap(({ sku, components }) => {
    const [line, ...more] = order.lines.filter((one) => sku !== null && one.sku === sku);
    const twice = move.items.filter((one) => one.sku === sku).length > 1;
    if (!line || more.length > 0 || twice) return [];
    const back = inPrice ? taxInPrice(components) : components;
    if (!wholeLine(back, paid.get(line.orderItemId) ?? {})) return [];
    return sentLines(line.orderItemId, line.sku, books).map(({ id, quantity }) => ({
      lineItem: id,
      quantity,
      restock: 'NO_RESTOCK' as const,
      location: null,
    }));
  });
}

/** How much of the move was for shipping and gift wrap, which Shopify shows among its shipping; at most what is left there. */
function shippingOf(move: AmazonMove, books: OrderBooks, amount: number): number {
  const back = move.items.reduce((sum, { components: one }) => {
    const price = (one.shipping ?? 0) + (one.giftWrap ?? 0);
    return sum + price + (books.taxesIncluded ? (one.shippingTax ?? 0) + (one.giftWrapTax ?? 0) : 0);
  }, 0);
  const refunded = books.refunds.reduce((sum, { shipping }) => sum + shipping.subtotal.amount, 0);
  return Math.max(0, Math.min(back, books.shipping.price.amount - refunded, amount));
}

/**
 * Money that went back on Amazon as a refund in Shopify (REF-4), on the payment that stands for Amazon's, at most what that
 * still holds. It names units only where all of a line went back and all of it was sent, and then puts nothing back in
 * stock: whether goods returned is not known. Else it is money alone, with what was for shipping named as such.
 */
export function enterRefund(move: AmazonMove, order: AmazonOrder, books: OrderBooks): EnteredRefund {
  const { sale } = books;
  const none = { args: null, missing: Math.max(0, move.amount) };
  if (!sale || sale.amount.currency !== move.currency) return none;
  const refunded = books.refunds.reduce((sum, one) => sum + one.amount.amount, 0);
  const amount = Math.min(move.amount, sale.amount.amount - refunded);
  if (amount <= 0) return none;
  const missing = move.amount - amount;
  const args: Args = {
    amount,
    currency: move.currency,
    sale: { id: sale.id, gateway: sale.gateway },
    lines: missing > 0 ? [] : linesOf(move, order, books),
    shipping: shippingOf(move, books, amount),
    at: move.postedAt,
  };
  return { args, missing };
}
