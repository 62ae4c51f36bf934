import { GraphQLError } from 'graphql';
import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import { transactionFields } from './line-fields.ts';
import { addBags, lessBag, moneyBag, timesBag, zeroBag, type Bag } from './money-bag.ts';
import { netPayment } from './order-money.ts';
import { currentTotals, unitTaxes } from './order-totals.ts';
import { unsentUnits } from './line-units.ts';
import type { OrderRecord } from './records.ts';
import { readShippingRefund } from './refund-amounts.ts';
import { refundLineFields } from './refund-fields.ts';
import type { RefundLineInput } from './refund-input.ts';
import { readRefundLines } from './refund-lines.ts';
import type { PlannedLine, PlannedPayment } from './refund-plan.ts';
import { leftOf, refundableShipping, spreadOver } from './refundable.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface Args {
  readonly refundLineItems?: readonly RefundLineInput[] | null;
  readonly refundShipping?: boolean | null;
  readonly shippingAmount?: string | number | null;
  readonly suggestFullRefund?: boolean | null;
  readonly refundMethodAllocation?: 'ORIGINAL_PAYMENT_METHODS' | 'STORE_CREDIT' | null;
}

/** All that is left: units that were not sent as cancelled, the others as returned. */
function everyLine(order: OrderRecord): PlannedLine[] {
  return order.lines
    .filter((line) => line.currentQuantity > 0)
    .map((line) => ({
      line,
      quantity: line.currentQuantity,
      restockType: unsentUnits(line, order) >= line.currentQuantity ? 'CANCEL' : 'RETURN',
      locationId: null,
    }));
}

function transaction(one: PlannedPayment, order: OrderRecord): Source {
  const { parent, gateway, amount } = one;
  const node = (): object => ({ __typename: 'Order', id: gid('Order', order.id) });
  return {
    __typename: 'SuggestedOrderTransaction',
    kind: 'SUGGESTED_REFUND',
    gateway,
    formattedGateway: gateway,
    accountNumber: null,
    amountSet: moneyBag(amount),
    maximumRefundableSet: parent ? moneyBag(leftOf(order, parent)) : null,
    parentTransaction: parent ? () => transactionFields(parent, order, node) : null,
    paymentDetails: null,
  };
}

function pricedLine({ line, quantity, restockType, locationId }: PlannedLine) {
  const left = line.currentQuantity - quantity;
  return {
    id: null,
    lineId: line.id,
    quantity,
    restockType,
    locationId,
    subtotal: timesBag(line.price, quantity),
    tax: lessBag(unitTaxes(line, line.currentQuantity), unitTaxes(line, left)),
  };
}

/** What is asked about, read as a refund would be. Throws Shopify's error for what cannot be refunded. */
function read(order: OrderRecord, args: Args, call: Call) {
  const errors: UserError[] = [];
  const full = args.suggestFullRefund === true;
  const { refundLineItems, shippingAmount, refundShipping } = args;
  const planned = full ? everyLine(order) : readRefundLines(call, order, refundLineItems ?? [], errors);
  const wanted =
    shippingAmount == null ? { fullRefund: full || refundShipping === true } : { amount: shippingAmount };
  const shipping = readShippingRefund(order, wanted, errors);
  if (errors[0]) throw new GraphQLError(errors[0].message, { extensions: { code: 'BAD_USER_INPUT' } });
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const sum = (bags: readonly Bag[]): Bag => bags.reduce(addBags, nothing);
  const lines = planned.map(pricedLine);
  const subtotal = sum(lines.map((one) => one.subtotal));
  const shippingTotal = sum(shipping.map((one) => one.subtotal));
  const shippingTax = sum(shipping.map((one) => one.tax));
  const tax = addBags(sum(lines.map((one) => one.tax)), shippingTax);
  const owed = full ? lessBag(netPayment(order), currentTotals(order).total) : nothing;
  const worth = sum([
    subtotal,
    shippingTotal,
    order.taxesIncluded ? nothing : tax,
    owed.shop.amount > 0 ? owed : nothing,
  ]);
  const payments = spreadOver(order, worth);
  const amount = sum(payments.map((one) => one.amount));
  return { lines, subtotal, shippingTotal, shippingTax, tax, payments, amount };
}

/** `Order.suggestedRefund`: what Shopify would refund for these lines and this shipping. Nothing is changed. */
export function suggestedRefund(order: OrderRecord) {
  return (args: Args, call: Call): Source => {
    const { lines, subtotal, shippingTotal, shippingTax, tax, payments, amount } = read(order, args, call);
    const credit = args.refundMethodAllocation === 'STORE_CREDIT';
    const nothing = moneyBag(zeroBag(order.currency, order.presentmentCurrency));
    const most = moneyBag(netPayment(order));
    return {
      __typename: 'SuggestedRefund',
      amountSet: moneyBag(amount),
      maximumRefundableSet: most,
      subtotalSet: moneyBag(subtotal),
      discountedSubtotalSet: moneyBag(subtotal),
      totalTaxSet: moneyBag(tax),
      totalCartDiscountAmountSet: nothing,
      totalDutiesSet: nothing,
      refundDuties: [],
      refundLineItems: lines.map((one) => refundLineFields(one, order, call)),
      shipping: {
        amountSet: moneyBag(shippingTotal),
        taxSet: moneyBag(shippingTax),
        maximumRefundableSet: moneyBag(refundableShipping(order).subtotal),
      },
      suggestedTransactions: credit ? [] : payments.map((one) => transaction(one, order)),
      suggestedRefundMethods: credit
        ? [
            {
              __typename: 'SuggestedStoreCreditRefund',
              amount: moneyBag(amount),
              maximumRefundable: most,
              expiresAt: null,
            },
          ]
        : [],
    };
  };
}
