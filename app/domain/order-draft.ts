import type { AmazonLine, AmazonOrder, AmazonPackage, AmazonRecipient } from './amazon-order.ts';
import { draftAttributes, draftProperties, draftTitle } from './draft-words.ts';
import type { AmazonOrderId, ShopifyVariantId } from './ids.ts';
import { notBelowZero, partsOf, type Parts } from './line-money.ts';
import { marketplace, orderUrl } from './marketplaces.ts';
import { add, allocate, subtract, sum, zero, type Money } from './money.ts';
import type { Settings } from './settings.ts';
import type { SkuMeaning } from './shopify-order.ts';

/** A line of the Shopify order to be. Several may stand for one Amazon line: an indivisible remainder splits it. */
export interface DraftLine {
  readonly title: string;
  readonly sku: string | null;
  readonly variantId: ShopifyVariantId | null;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly tax: Money;
  readonly taxByMarketplace: boolean | null;
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** A shipping line: the carriage itself, gift wrap, and fees that Amazon charges beside it. */
export interface DraftShipping {
  readonly code: 'shipping' | 'gift_wrap' | 'cod_fee' | 'other';
  readonly title: string;
  readonly price: Money;
  readonly tax: Money;
  readonly taxByMarketplace: boolean | null;
}

/** A Shopify order to be made, with exact money in minor units of one currency. */
export interface OrderDraft {
  readonly amazonOrderId: AmazonOrderId;
  readonly currency: string;
  readonly taxesIncluded: boolean;
  readonly lines: readonly DraftLine[];
  /** How many lines the last one stands for, where there were more than Shopify takes; else none. */
  readonly joined: number;
  readonly shipping: readonly DraftShipping[];
  /** What the lines add up to; Shopify will show it as the total, and it is what was paid. */
  readonly total: Money;
  /** Amazon's total less ours; null where Amazon gave none. */
  readonly difference: Money | null;
  /** Milliseconds UTC: Amazon's creation time. */
  readonly processedAt: number;
  readonly attributes: readonly (readonly [key: string, value: string])[];
  readonly poNumber: string | null;
  readonly sourceUrl: string | null;
  readonly recipient: AmazonRecipient | null;
  /** Set where all was shipped before it came in. */
  readonly shipped: { readonly package: AmazonPackage | null } | null;
  readonly takeStock: boolean;
}

/** Shopify takes at most this many lines with one order. */
export const mostLines = 250;

/** One Amazon line as one or two lines whose unit prices times quantities are the line's money exactly. */
function goodsLines(line: AmazonLine, parts: Parts, meaning: SkuMeaning | undefined): DraftLine[] {
  const quantity = line.quantityOrdered;
  const goods = notBelowZero(parts.goods);
  const rest = goods.amount % quantity;
  const unit = (goods.amount - rest) / quantity;
  const pieces = [
    { quantity: quantity - rest, unit },
    { quantity: rest, unit: unit + 1 },
  ].filter((piece) => piece.quantity > 0);
  const tax = allocate(
    notBelowZero(add(parts.tax.item, parts.tax.other)),
    pieces.map((p) => p.quantity * p.unit || p.quantity),
  );
  return pieces.map((piece, i) => ({
    title: draftTitle(line),
    sku: line.sku,
    variantId: meaning?.variantId ?? null,
    quantity: piece.quantity,
    unitPrice: { amount: piece.unit, currency: goods.currency },
    tax: tax[i] ?? zero(goods.currency),
    taxByMarketplace: line.taxByMarketplace,
    properties: draftProperties(line),
  }));
}

/** What all lines say alike of who remits the tax; null where one does not know, or they differ. */
function agreed(all: readonly (boolean | null)[]): boolean | null {
  const [first = null] = all;
  return all.every((one) => one === first) ? first : null;
}

/** Lines beyond what Shopify takes become one last line that names them, so that the order exists and its sum is right. */
function withinLimit(lines: readonly DraftLine[], currency: string): readonly DraftLine[] {
  if (lines.length <= mostLines) return lines;
  const kept = lines.slice(0, mostLines - 1);
  const rest = lines.slice(mostLines - 1);
  const last: DraftLine = {
    title: `${rest.length} more lines: see the order on Amazon`,
    sku: null,
    variantId: null,
    quantity: 1,
    unitPrice: sum(
      currency,
      rest.map((l) => ({ amount: l.unitPrice.amount * l.quantity, currency })),
    ),
    tax: sum(
      currency,
      rest.map((l) => l.tax),
    ),
    taxByMarketplace: agreed(rest.map((l) => l.taxByMarketplace)),
    properties: [['More lines', rest.map((l) => `${l.quantity} × ${l.sku ?? l.title}`).join('\n')]],
  };
  return [...kept, last];
}

function shippingLines(
  order: AmazonOrder,
  open: readonly AmazonLine[],
  all: readonly Parts[],
  currency: string,
): DraftShipping[] {
  const total = (pick: (p: Parts) => Money) => notBelowZero(sum(currency, all.map(pick)));
  const none = zero(currency);
  const taxByMarketplace = agreed(open.map((line) => line.taxByMarketplace));
  const service = order.serviceLevel
    ? `Amazon ${order.serviceLevel.toLowerCase().replaceAll('_', ' ')}`
    : 'Amazon shipping';
  const lines: DraftShipping[] = [
    {
      code: 'shipping',
      title: service,
      price: total((p) => p.shipping),
      tax: total((p) => p.tax.shipping),
      taxByMarketplace,
    },
    {
      code: 'gift_wrap',
      title: 'Gift wrap',
      price: total((p) => p.giftWrap),
      tax: total((p) => p.tax.giftWrap),
      taxByMarketplace,
    },
    {
      code: 'cod_fee',
      title: 'Cash on delivery fee',
      price: total((p) => p.codFee),
      tax: none,
      taxByMarketplace,
    },
    { code: 'other', title: 'Other charges', price: total((p) => p.other), tax: none, taxByMarketplace },
  ];
  return lines.filter((line) => line.code === 'shipping' || line.price.amount !== 0 || line.tax.amount !== 0);
}

/** Whether prices hold the tax: told by which way of adding gives Amazon's total, else by the marketplace table. */
function taxIncluded(order: AmazonOrder, net: Money, tax: Money, expected: Money | null): boolean {
  const usual = marketplace(order.marketplaceId)?.pricesIncludeTax ?? false;
  if (!expected || tax.amount === 0) return usual;
  const exclusive = net.amount + tax.amount === expected.amount;
  const inclusive = net.amount === expected.amount;
  return exclusive === inclusive ? usual : inclusive;
}

/**
 * Amazon's total of the order: its own, else the sum of its lines' totals; null where one of them is missing. A replacement
 * for which Amazon gave its money, and none stood there, is free.
 */
function amazonTotal(order: AmazonOrder, open: readonly AmazonLine[], currency: string): Money | null {
  if (order.total) return order.total;
  const totals = open.map((line) => line.proceeds?.total ?? null);
  if (totals.every((t) => t !== null)) return sum(currency, totals);
  const free = order.replacementFor !== null && order.given.includes('PROCEEDS');
  return free && open.every((line) => line.proceeds === null) ? zero(currency) : null;
}

/** The currency an order is in: its total's, else its first priced line's, else the marketplace's. Null: nobody knows. */
export function currencyOf(order: AmazonOrder): string | null {
  const line = order.lines.find((l) => l.proceeds ?? l.unitPrice);
  return (
    order.total?.currency ??
    line?.proceeds?.item.currency ??
    line?.unitPrice?.currency ??
    marketplace(order.marketplaceId)?.currency ??
    null
  );
}

/** The lines that a Shopify order has to show: what was cancelled line by line, or holds no unit, is left out. */
export function openLines(order: AmazonOrder): readonly AmazonLine[] {
  return order.lines.filter(
    (line) => line.quantityOrdered > 0 && !(line.cancelled && order.status !== 'cancelled'),
  );
}

/**
 * The Shopify order that stands for an Amazon order, with exact money (IMP-3). Lines that were cancelled before anything
 * came in, or hold no unit, are left out. Null where nobody knows the currency, or no line is left.
 */
export function draftOrder(
  order: AmazonOrder,
  skus: ReadonlyMap<string, SkuMeaning>,
  settings: Settings,
): OrderDraft | null {
  const currency = currencyOf(order);
  const open = openLines(order);
  if (currency === null || open.length === 0) return null;
  const free = order.replacementFor !== null;
  const parts = open.map((line) => partsOf(line, currency, free));
  const shipping = shippingLines(order, open, parts, currency);
  const goods = open.flatMap((line, i) =>
    goodsLines(line, parts[i] ?? partsOf(line, currency, free), skus.get(line.sku ?? '')),
  );
  const lines = withinLimit(goods, currency);
  const net = sum(currency, [
    ...lines.map((l) => ({ amount: l.unitPrice.amount * l.quantity, currency })),
    ...shipping.map((l) => l.price),
  ]);
  const tax = sum(
    currency,
    [...lines, ...shipping].map((l) => l.tax),
  );
  const expected = amazonTotal(order, open, currency);
  const taxesIncluded = taxIncluded(order, net, tax, expected);
  const total = taxesIncluded ? net : add(net, tax);
  const fba = order.fulfilledBy === 'amazon';
  return {
    amazonOrderId: order.id,
    currency,
    taxesIncluded,
    lines,
    joined: goods.length > lines.length ? goods.length - lines.length + 1 : 0,
    shipping,
    total,
    difference: expected && expected.currency === currency ? subtract(expected, total) : null,
    processedAt: order.createdAt,
    attributes: draftAttributes(order),
    poNumber: order.businessOrderNumber,
    sourceUrl: orderUrl(order.marketplaceId, order.id),
    recipient: order.recipient,
    shipped: order.status === 'shipped' || fba ? { package: order.packages[0] ?? null } : null,
    takeStock: settings.stock === 'decrement' && !fba,
  };
}
