declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A shop's permanent domain, `name.myshopify.com`, lower case. */
export type ShopDomain = Branded<'ShopDomain'>;
/** Amazon's id of a seller account. */
export type SellerId = Branded<'SellerId'>;
/** Amazon's order id, opaque (usually 3-7-7 digits). */
export type AmazonOrderId = Branded<'AmazonOrderId'>;
/** Amazon's id of one order line, opaque: 14 or 15 digits were seen. */
export type AmazonOrderItemId = Branded<'AmazonOrderItemId'>;
/** A Shopify order's global id, `gid://shopify/Order/…`. */
export type ShopifyOrderId = Branded<'ShopifyOrderId'>;
/** A Shopify product variant's global id. */
export type ShopifyVariantId = Branded<'ShopifyVariantId'>;

const shopPattern = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** Brands a shop domain. Throws on anything that is not `name.myshopify.com`. */
export function shopDomain(value: string): ShopDomain {
  const lower = value.toLowerCase();
  if (!shopPattern.test(lower)) throw new Error(`Not a myshopify.com domain: ${JSON.stringify(value)}`);
  return lower as ShopDomain;
}

function present(value: string, what: string): string {
  if (value === '') throw new Error(`Empty ${what}`);
  return value;
}

/** Brands a seller id; empty throws. */
export const sellerId = (value: string): SellerId => present(value, 'seller id') as SellerId;
/** Brands an Amazon order id; empty throws. */
export const amazonOrderId = (value: string): AmazonOrderId =>
  present(value, 'Amazon order id') as AmazonOrderId;
/** Brands an Amazon order item id; empty throws. */
export const amazonOrderItemId = (value: string): AmazonOrderItemId =>
  present(value, 'Amazon order item id') as AmazonOrderItemId;
/** Brands a Shopify order gid; empty throws. */
export const shopifyOrderId = (value: string): ShopifyOrderId =>
  present(value, 'Shopify order id') as ShopifyOrderId;
/** Brands a Shopify variant gid; empty throws. */
export const shopifyVariantId = (value: string): ShopifyVariantId =>
  present(value, 'Shopify variant id') as ShopifyVariantId;

/** The variant that a person named by its number or its global id; null where the text is neither. */
export function variantIn(text: string): ShopifyVariantId | null {
  const number = /^(?:gid:\/\/shopify\/ProductVariant\/)?(\d{1,20})$/.exec(text)?.[1];
  return number === undefined ? null : shopifyVariantId(`gid://shopify/ProductVariant/${number}`);
}
