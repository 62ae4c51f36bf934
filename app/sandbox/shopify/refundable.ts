import { addBags, lessBag, mapBag, zeroBag, type Bag } from './money-bag.ts';
import { netPayment } from './order-money.ts';
import type { OrderRecord, ShippingRecord, TransactionRecord } from './records.ts';
import type { PlannedPayment, PlannedShipping } from './refund-plan.ts';

/** What of a payment was not paid back yet. */
export function leftOf(order: OrderRecord, payment: TransactionRecord): Bag {
  return order.transactions
    .filter((one) => one.kind === 'REFUND' && one.status === 'SUCCESS' && one.parentId === payment.id)
    .reduce((left, one) => lessBag(left, one.amount), payment.amount);
}

/** Payments that can be paid back, the first one first. */
export function payments(order: OrderRecord): TransactionRecord[] {
  return order.transactions.filter(
    (one) => one.status === 'SUCCESS' && (one.kind === 'SALE' || one.kind === 'CAPTURE'),
  );
}

function smaller(a: Bag, b: Bag): Bag {
  return a.presentment.amount <= b.presentment.amount ? a : b;
}

/** Splits an amount over the payments it can be paid back to, never more than all that is left. */
export function spreadOver(order: OrderRecord, amount: Bag): PlannedPayment[] {
  let left = smaller(amount, netPayment(order));
  return payments(order).flatMap((parent) => {
    const part = smaller(left, leftOf(order, parent));
    if (part.presentment.amount <= 0) return [];
    left = lessBag(left, part);
    return [{ gateway: parent.gateway, amount: part, parent }];
  });
}

/** What of a shipping line was not refunded yet. */
function shippingLeft(order: OrderRecord, line: ShippingRecord): PlannedShipping {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const back = order.refunds
    .flatMap((refund) => refund.shipping)
    .filter((one) => one.shippingLineId === line.id);
  const tax = line.taxLines.map((one) => one.price).reduce(addBags, nothing);
  return {
    line,
    subtotal: back.reduce((left, one) => lessBag(left, one.subtotal), line.price),
    tax: back.reduce((left, one) => lessBag(left, one.tax), tax),
  };
}

/** All shipping that was not refunded yet, without its taxes, and the taxes. */
export function refundableShipping(order: OrderRecord): { readonly subtotal: Bag; readonly tax: Bag } {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const left = order.shippingLines.map((line) => shippingLeft(order, line));
  return {
    subtotal: left.map((one) => one.subtotal).reduce(addBags, nothing),
    tax: left.map((one) => one.tax).reduce(addBags, nothing),
  };
}

/** Takes an amount (without taxes) from the shipping lines in turn; the taxes go with it. */
export function takeShipping(order: OrderRecord, amount: Bag): PlannedShipping[] {
  let wanted = amount;
  return order.shippingLines.flatMap((line) => {
    const left = shippingLeft(order, line);
    const part = smaller(wanted, left.subtotal);
    if (part.presentment.amount <= 0) return [];
    wanted = lessBag(wanted, part);
    const share = part.presentment.amount / left.subtotal.presentment.amount;
    return [{ line, subtotal: part, tax: mapBag(left.tax, (units) => units * share) }];
  });
}
