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

const brandId =
  <T extends string>(what: string) =>
  (value: string): T => {
    if (value === '') throw new Error(`Empty ${what}`);
    return value as T;
  };

/** Brands a seller id; empty throws. */
export const sellerId = brandId<SellerId>('seller id');
/** Brands an Amazon order id; empty throws. */
export const amazonOrderId = brandId<AmazonOrderId>('Amazon order id');
/** Brands an Amazon order item id; empty throws. */
export const amazonOrderItemId = brandId<AmazonOrderItemId>('Amazon order item id');
/** Brands a Shopify order gid; empty throws. */
export const shopifyOrderId = brandId<ShopifyOrderId>('Shopify order id');
/** Brands a Shopify variant gid; empty throws. */
export const shopifyVariantId = brandId<ShopifyVariantId>('Shopify variant id');
