import type { AddressInput } from './address-fields.ts';
import type { MetafieldInput } from './metafields.ts';
import type { BagInput } from './money-bag.ts';
import type { AttributeRecord } from './records.ts';

/** `OrderCreateTaxLineInput`, after the schema checked it. */
export interface TaxInput {
  readonly title: string;
  readonly rate: string | number;
  readonly priceSet?: BagInput | null;
  readonly channelLiable?: boolean | null;
}

/** `OrderCreateLineItemInput`. */
export interface LineInput {
  readonly variantId?: string | null;
  readonly productId?: string | null;
  readonly sku?: string | null;
  readonly title?: string | null;
  readonly variantTitle?: string | null;
  readonly vendor?: string | null;
  readonly quantity: number;
  readonly priceSet?: BagInput | null;
  readonly properties?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly requiresShipping?: boolean | null;
  readonly taxable?: boolean | null;
  readonly giftCard?: boolean | null;
  readonly taxLines?: readonly TaxInput[] | null;
}

/** `OrderCreateShippingLineInput`. */
export interface ShippingInput {
  readonly title: string;
  readonly code?: string | null;
  readonly source?: string | null;
  readonly priceSet: BagInput;
  readonly taxLines?: readonly TaxInput[] | null;
}

/** `OrderCreateOrderTransactionInput`. */
interface TransactionInput {
  readonly amountSet: BagInput;
  readonly kind?: string | null;
  readonly status?: string | null;
  readonly gateway?: string | null;
  readonly processedAt?: string | null;
  readonly authorizationCode?: string | null;
  readonly receiptJson?: unknown;
  readonly test?: boolean | null;
}

/** `OrderCreateOrderInput`, as far as the sandbox does it. */
export interface OrderInput {
  readonly lineItems?: readonly LineInput[] | null;
  readonly shippingLines?: readonly ShippingInput[] | null;
  readonly taxLines?: readonly TaxInput[] | null;
  readonly transactions?: readonly TransactionInput[] | null;
  readonly metafields?: readonly MetafieldInput[] | null;
  readonly customAttributes?: readonly AttributeRecord[] | null;
  readonly tags?: readonly string[] | null;
  readonly shippingAddress?: AddressInput | null;
  readonly billingAddress?: AddressInput | null;
  readonly fulfillment?: {
    readonly locationId: string;
    readonly trackingCompany?: string | null;
    readonly trackingNumber?: string | null;
    readonly trackingNumbers?: readonly string[] | null;
  } | null;
  readonly fulfillmentStatus?: string | null;
  readonly financialStatus?: string | null;
  readonly currency?: string | null;
  readonly presentmentCurrency?: string | null;
  readonly taxesIncluded?: boolean | null;
  readonly test?: boolean | null;
  readonly name?: string | null;
  readonly note?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly poNumber?: string | null;
  readonly sourceName?: string | null;
  readonly sourceIdentifier?: string | null;
  readonly sourceUrl?: string | null;
  readonly processedAt?: string | null;
  readonly closedAt?: string | null;
}

/** Fields of the real input that the sandbox refuses loudly rather than ignoring them. */
export const notDoneInputs = [
  'customer',
  'customerId',
  'companyLocationId',
  'discountCode',
  'userId',
] as const;

/** `OrderCreateOptionsInput`. */
export interface CreateOptions {
  readonly inventoryBehaviour?: 'BYPASS' | 'DECREMENT_IGNORING_POLICY' | 'DECREMENT_OBEYING_POLICY' | null;
  readonly sendReceipt?: boolean | null;
  readonly sendFulfillmentReceipt?: boolean | null;
}
