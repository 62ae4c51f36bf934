import { toDecimal } from '../../domain/money.ts';
import type { Source } from './execute.ts';
import { heldUnits } from './fulfillment-status.ts';
import { gid } from './ids.ts';
import { unsentUnits } from './line-units.ts';
import { moneyBag, timesBag, zeroBag, type Bag } from './money-bag.ts';
import type { LineRecord, OrderRecord, ShippingRecord, TaxRecord, TransactionRecord } from './records.ts';
import { dateTime } from './times.ts';
import { productFields, variantFields } from './variant-fields.ts';
import type { Call } from './world.ts';

/** A tax line as GraphQL shows it. */
export function taxFields(tax: TaxRecord): Source {
  return {
    __typename: 'TaxLine',
    title: tax.title,
    rate: Number(tax.rate),
    ratePercentage: Number((Number(tax.rate) * 100).toFixed(6)),
    priceSet: moneyBag(tax.price),
    price: toDecimal(tax.price.shop),
    channelLiable: tax.channelLiable,
    source: null,
  };
}

function nothing(bag: Bag): Bag {
  return zeroBag(bag.shop.currency, bag.presentment.currency);
}

/** An order line as GraphQL shows it. */
export function lineFields(line: LineRecord, order: OrderRecord, call: Call): Source {
  const open = unsentUnits(line, order);
  const variant = line.variantId === null ? undefined : call.shop.variants.get(line.variantId);
  const total = timesBag(line.price, line.quantity);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    unfulfilledQuantity: open,
    fulfillableQuantity: Math.max(0, open - heldUnits(order, line.id)),
    refundableQuantity: line.currentQuantity,
    nonFulfillableQuantity: line.quantity - line.currentQuantity,
    originalUnitPriceSet: moneyBag(line.price),
    discountedUnitPriceSet: moneyBag(line.price),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(line.price),
    originalTotalSet: moneyBag(total),
    discountedTotalSet: moneyBag(total),
    totalDiscountSet: moneyBag(nothing(line.price)),
    unfulfilledOriginalTotalSet: moneyBag(timesBag(line.price, open)),
    unfulfilledDiscountedTotalSet: moneyBag(timesBag(line.price, open)),
    discountAllocations: [],
    duties: [],
    taxable: line.taxable,
    taxLines: (args: { first?: number | null }) =>
      line.taxLines.slice(0, args.first ?? undefined).map((tax) => taxFields(tax)),
    variant: variant ? () => variantFields(variant) : null,
    product: variant ? () => productFields(variant) : null,
    customAttributes: line.properties.map(({ key, value }) => ({ key, value })),
    requiresShipping: line.requiresShipping,
    isGiftCard: line.giftCard,
    restockable: line.claimed > 0,
    canRestock: variant?.tracked === true,
    merchantEditable: true,
    image: null,
    sellingPlan: null,
    contract: null,
  };
}

/** A shipping line as GraphQL shows it. */
export function shippingFields(line: ShippingRecord): Source {
  return {
    __typename: 'ShippingLine',
    id: gid('ShippingLine', line.id),
    title: line.title,
    code: line.code,
    source: line.source,
    carrierIdentifier: null,
    custom: true,
    deliveryCategory: null,
    isRemoved: false,
    phone: null,
    shippingRateHandle: null,
    originalPriceSet: moneyBag(line.price),
    discountedPriceSet: moneyBag(line.price),
    currentDiscountedPriceSet: moneyBag(line.price),
    discountAllocations: [],
    taxLines: line.taxLines.map((tax) => taxFields(tax)),
  };
}

/** A transaction as GraphQL shows it. */
export function transactionFields(
  one: TransactionRecord,
  order: OrderRecord,
  orderNode: () => object,
): Source {
  const parent = order.transactions.find(({ id }) => id === one.parentId);
  return {
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', one.id),
    kind: one.kind,
    status: one.status,
    gateway: one.gateway,
    formattedGateway: one.gateway,
    manualPaymentGateway: one.gateway === 'manual',
    manuallyCapturable: false,
    multiCapturable: false,
    amountSet: moneyBag(one.amount),
    authorizationCode: one.authorizationCode,
    receiptJson: one.receipt,
    test: one.test,
    errorCode: null,
    paymentId: `${order.name}.${String(one.id)}`,
    parentTransaction: parent ? () => transactionFields(parent, order, orderNode) : null,
    order: orderNode,
    createdAt: dateTime(one.createdAt),
    processedAt: dateTime(one.processedAt),
    fees: [],
    user: null,
  };
}
