import type { Source } from './execute.ts';
import { taxFields } from './line-fields.ts';
import { addBags, moneyBag, zeroBag } from './money-bag.ts';
import { netPayment, outstanding, paidBack, received, taxesOf } from './order-money.ts';
import { currentTotals, totalsWithAdded, withUnits } from './order-totals.ts';
import type { OrderRecord } from './records.ts';

/** The taxes of what is in the order now. */
function currentTaxes(order: OrderRecord): Source[] {
  const lines = order.lines.map((line) => withUnits(line, line.currentQuantity));
  return taxesOf(order.refunds.length === 0 ? order : { ...order, lines }).map((tax) => taxFields(tax));
}

/** The money of an order as GraphQL shows it. */
export function moneyFields(order: OrderRecord): Source {
  const { totals, refunds } = order;
  const whole = totalsWithAdded(order);
  const current = currentTotals(order);
  const zero = zeroBag(order.currency, order.presentmentCurrency);
  const nothing = moneyBag(zero);
  const shippingBack = refunds.flatMap((one) => one.shipping.map(({ subtotal }) => subtotal));
  const adjusted = refunds.flatMap((one) => one.adjustments.map(({ amount }) => amount));
  return {
    subtotalPriceSet: moneyBag(whole.subtotal),
    currentSubtotalPriceSet: moneyBag(current.subtotal),
    totalShippingPriceSet: moneyBag(totals.shipping),
    currentShippingPriceSet: moneyBag(current.shipping),
    totalTaxSet: moneyBag(whole.tax),
    currentTotalTaxSet: moneyBag(current.tax),
    totalPriceSet: moneyBag(whole.total),
    currentTotalPriceSet: moneyBag(current.total),
    originalTotalPriceSet: moneyBag(totals.total),
    totalReceivedSet: () => moneyBag(received(order)),
    netPaymentSet: () => moneyBag(netPayment(order)),
    totalOutstandingSet: () => moneyBag(outstanding(order)),
    totalRefundedSet: () => moneyBag(paidBack(order)),
    totalRefundedShippingSet: () => moneyBag(shippingBack.reduce(addBags, zero)),
    refundDiscrepancySet: () => moneyBag(adjusted.reduce(addBags, zero)),
    refundable: () => netPayment(order).presentment.amount > 0,
    totalDiscountsSet: nothing,
    currentTotalDiscountsSet: nothing,
    cartDiscountAmountSet: null,
    currentCartDiscountAmountSet: nothing,
    totalTipReceivedSet: nothing,
    totalCapturableSet: nothing,
    capturable: false,
    currentTotalDutiesSet: null,
    originalTotalDutiesSet: null,
    discountCode: null,
    discountCodes: [],
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    taxLines: () => taxesOf(order).map((tax) => taxFields(tax)),
    currentTaxLines: () => currentTaxes(order),
  };
}
