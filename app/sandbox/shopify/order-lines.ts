import { allocate, type Money } from '../../domain/money.ts';
import { idOf } from './ids.ts';
import { addBags, mapBag, readBag, timesBag, zeroBag, type Bag, type BagInput } from './money-bag.ts';
import type { OrderInput, ShippingInput, LineInput, TaxInput } from './order-input.ts';
import type { LineRecord, ShippingRecord, TaxRecord, TransactionRecord, VariantRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import { textLength } from './text-length.ts';
import { path, type UserError } from './user-errors.ts';

/** What reading the lines of an order needs, and where it says what is wrong. */
export interface Reading {
  readonly shop: ShopState;
  readonly newId: (type: string) => bigint;
  readonly currency: string;
  readonly presentment: string;
  readonly taxesIncluded: boolean;
  readonly now: number;
  readonly errors: UserError[];
  readonly longTitles: boolean;
}

const longest = 255;

function refuse(reading: Reading, field: string[], message: string, code = 'INVALID'): void {
  reading.errors.push({ field, message, code });
}

function amount(reading: Reading, input: BagInput, field: string[], sign: 'any' | 'not-negative'): Bag {
  const read = readBag(input, reading.currency, reading.presentment);
  if (typeof read === 'string') {
    refuse(reading, field, read);
    return zeroBag(reading.currency, reading.presentment);
  }
  if (sign === 'not-negative' && (read.shop.amount < 0 || read.presentment.amount < 0))
    refuse(reading, field, 'Price must be greater than or equal to 0');
  return read;
}

function taxAmount(reading: Reading, tax: TaxInput, base: Bag, field: string[]): Bag {
  if (tax.priceSet != null) return amount(reading, tax.priceSet, [...field, 'priceSet'], 'not-negative');
  const rate = Number(tax.rate);
  return mapBag(base, (units) => (reading.taxesIncluded ? (units * rate) / (1 + rate) : units * rate));
}

function taxes(
  reading: Reading,
  inputs: readonly TaxInput[] | null | undefined,
  base: Bag,
  field: string[],
): TaxRecord[] {
  return (inputs ?? []).map((tax, i) => ({
    title: tax.title,
    rate: String(tax.rate),
    price: taxAmount(reading, tax, base, [...field, 'taxLines', String(i)]),
    channelLiable: tax.channelLiable ?? null,
  }));
}

function variantOf(reading: Reading, line: LineInput, field: string[]): VariantRecord | undefined {
  if (line.variantId == null) return undefined;
  const id = idOf('ProductVariant', line.variantId);
  const variant = id === null ? undefined : reading.shop.variants.get(id);
  if (!variant) refuse(reading, [...field, 'variantId'], 'Product variant not found');
  return variant;
}

function priceOf(
  reading: Reading,
  line: LineInput,
  variant: VariantRecord | undefined,
  field: string[],
): Bag {
  if (line.priceSet != null) return amount(reading, line.priceSet, [...field, 'priceSet'], 'not-negative');
  if (!variant) {
    refuse(reading, [...field, 'priceSet'], "Price can't be blank");
    return zeroBag(reading.currency, reading.presentment);
  }
  const shopMoney = { amount: variant.price, currencyCode: reading.shop.currency };
  return amount(reading, { shopMoney }, [...field, 'priceSet'], 'not-negative');
}

/** Reads one line of `orderCreate`; what is wrong with it goes to the reading's errors. */
export function readLine(reading: Reading, line: LineInput, i: number): LineRecord {
  const field = path('order', 'lineItems', i);
  const variant = variantOf(reading, line, field);
  const title = line.title?.trim() === '' ? null : (line.title ?? variant?.title ?? null);
  if (title === null) refuse(reading, [...field, 'title'], "Title can't be blank");
  if (title !== null && textLength(title) > longest && !reading.longTitles)
    refuse(reading, [...field, 'title'], `Title is too long (maximum is ${String(longest)} characters)`);
  if (line.quantity < 1) refuse(reading, [...field, 'quantity'], 'Quantity must be greater than 0');
  const price = priceOf(reading, line, variant, field);
  return {
    id: reading.newId('LineItem'),
    variantId: variant?.id ?? null,
    productId: variant?.productId ?? null,
    sku: line.sku ?? variant?.sku ?? null,
    title: title ?? '',
    variantTitle: line.variantTitle ?? null,
    vendor: line.vendor ?? null,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    fulfilledQuantity: 0,
    refundedSent: 0,
    claimed: 0,
    price,
    taxLines: taxes(reading, line.taxLines, timesBag(price, line.quantity), field),
    taxable: line.taxable ?? true,
    requiresShipping: line.requiresShipping ?? false,
    giftCard: line.giftCard ?? false,
    properties: (line.properties ?? []).map(({ name, value }) => ({ key: name, value })),
  };
}

/** Reads one shipping line of `orderCreate`. */
export function readShipping(reading: Reading, line: ShippingInput, i: number): ShippingRecord {
  const field = path('order', 'shippingLines', i);
  if (line.title.trim() === '') refuse(reading, [...field, 'title'], "Title can't be blank");
  const price = amount(reading, line.priceSet, [...field, 'priceSet'], 'not-negative');
  return {
    id: reading.newId('ShippingLine'),
    title: line.title,
    code: line.code ?? null,
    source: line.source ?? null,
    price,
    taxLines: taxes(reading, line.taxLines, price, field),
  };
}

/** Reads one transaction of `orderCreate`. */
export function readTransaction(
  reading: Reading,
  input: NonNullable<OrderInput['transactions']>[number],
  i: number,
  fallbackTime: number,
): TransactionRecord {
  const field = path('order', 'transactions', i, 'amountSet');
  return {
    id: reading.newId('OrderTransaction'),
    parentId: null,
    kind: input.kind ?? 'SALE',
    status: input.status ?? 'SUCCESS',
    gateway: input.gateway ?? null,
    amount: amount(reading, input.amountSet, field, 'not-negative'),
    authorizationCode: input.authorizationCode ?? null,
    receipt: input.receiptJson ?? null,
    test: input.test ?? false,
    createdAt: reading.now,
    processedAt: input.processedAt == null ? fallbackTime : Date.parse(input.processedAt),
  };
}

/** Reads the tax lines of the order itself and splits them over the taxable lines, to the minor unit. */
export function spreadOrderTaxes(
  reading: Reading,
  inputs: readonly TaxInput[],
  lines: readonly LineRecord[],
): { readonly orderTaxLines: TaxRecord[]; readonly lines: LineRecord[] } {
  const taxable = lines.filter((line) => line.taxable);
  const base = taxable
    .map((line) => timesBag(line.price, line.quantity))
    .reduce(addBags, zeroBag(reading.currency, reading.presentment));
  const orderTaxLines = taxes(reading, inputs, base, path('order'));
  const weights = lines.map((line) => (line.taxable ? line.price.shop.amount * line.quantity : 0));
  const parts = orderTaxLines.map((tax) => ({
    tax,
    shop: allocate(tax.price.shop, weights),
    presentment: allocate(tax.price.presentment, weights),
  }));
  const none = (currency: string): Money => ({ amount: 0, currency });
  return {
    orderTaxLines,
    lines: lines.map((line, i) => ({
      ...line,
      taxLines: parts.flatMap(({ tax, shop, presentment }) => {
        const price = {
          shop: shop[i] ?? none(reading.currency),
          presentment: presentment[i] ?? none(reading.presentment),
        };
        return line.taxable ? [{ ...tax, price }] : [];
      }),
    })),
  };
}
