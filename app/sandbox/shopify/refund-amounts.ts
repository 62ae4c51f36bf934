import { parseMoney, type Money } from '../../domain/money.ts';
import { idOf } from './ids.ts';
import { mapBag, zeroBag, type Bag } from './money-bag.ts';
import { received } from './order-money.ts';
import type { OrderRecord, TransactionRecord } from './records.ts';
import type { PaymentInput, RefundInput } from './refund-input.ts';
import type { PlannedPayment, PlannedShipping } from './refund-plan.ts';
import { leftOf, payments, refundableShipping, takeShipping } from './refundable.ts';
import { path, type UserError } from './user-errors.ts';

/** What is paid back by hand needs no payment it belongs to. */
const byHand = new Set(['manual', 'cash']);

/** A plain amount in the currency the buyer sees; a text says what is wrong with it. */
function readAmount(amount: string | number, currency: string): Money | string {
  const parsed = parseMoney(String(amount), currency);
  if (!parsed) return 'Amount is not a number';
  if (parsed.rounded) return 'Amount has too many decimals';
  return parsed.money;
}

/** The amount in both currencies, at the rate at which the given one was paid. */
export function inBoth(order: OrderRecord, presentment: Money, paid: Bag): Bag {
  if (order.currency === order.presentmentCurrency) return { shop: presentment, presentment };
  const rate = paid.presentment.amount === 0 ? 0 : paid.shop.amount / paid.presentment.amount;
  const { shop } = mapBag(
    { shop: { ...presentment, currency: order.currency }, presentment },
    (units) => units * rate,
  );
  return { shop, presentment };
}

/** Reads the shipping to refund: an amount without its taxes, or all that is left. */
export function readShippingRefund(
  order: OrderRecord,
  input: RefundInput['shipping'],
  errors: UserError[],
): PlannedShipping[] {
  const left = refundableShipping(order).subtotal;
  if (input?.amount == null) return input?.fullRefund === true ? takeShipping(order, left) : [];
  const field = path('input', 'shipping', 'amount');
  const read = readAmount(input.amount, order.presentmentCurrency);
  const refuse = (message: string): [] => {
    errors.push({ field, message });
    return [];
  };
  if (typeof read === 'string') return refuse(read);
  if (read.amount < 0) return refuse('Shipping amount must be greater than or equal to 0');
  if (read.amount > left.presentment.amount) return refuse('Shipping amount exceeds what is left to refund');
  return takeShipping(order, inBoth(order, read, left));
}

/** The payment that money goes back to: the named one, or the first of the gateway that has something left. */
function parentOf(order: OrderRecord, input: PaymentInput): TransactionRecord | null | undefined {
  const own = payments(order).filter((one) => one.gateway === input.gateway);
  if (input.parentId != null) {
    const id = idOf('OrderTransaction', input.parentId);
    return own.find((one) => one.id === id);
  }
  const open = own.find((one) => leftOf(order, one).presentment.amount > 0) ?? own[0];
  return open ?? (byHand.has(input.gateway) ? null : undefined);
}

/** Reads one transaction of a refund. */
export function readPayment(
  order: OrderRecord,
  input: PaymentInput,
  i: number,
  errors: UserError[],
): PlannedPayment[] {
  const refuse = (name: string, message: string): [] => {
    errors.push({ field: path('input', 'transactions', i, name), message });
    return [];
  };
  if (idOf('Order', input.orderId) !== order.id) return refuse('orderId', 'Order is another one');
  if (input.kind !== 'REFUND') return refuse('kind', 'Kind must be refund');
  const read = readAmount(input.amount, order.presentmentCurrency);
  if (typeof read === 'string') return refuse('amount', read);
  if (read.amount <= 0) return refuse('amount', 'Amount must be greater than 0');
  const parent = parentOf(order, input);
  if (parent === undefined)
    return input.parentId == null
      ? refuse('gateway', 'Gateway has no payment in the order')
      : refuse('parentId', 'Parent transaction is no payment of this gateway in the order');
  const paid = parent?.amount ?? received(order);
  const left = parent ? leftOf(order, parent) : zeroBag(order.currency, order.presentmentCurrency);
  const amount = left.presentment.amount === read.amount ? left : inBoth(order, read, paid);
  return [{ gateway: input.gateway, amount, parent }];
}
