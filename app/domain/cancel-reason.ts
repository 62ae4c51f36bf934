/** Why a seller cancels, in Amazon's words (OrderAcknowledgement.xsd). `BuyerCanceled` only with the buyer's own request (CAN-6). */
export const amazonCancelReasons = [
  'BuyerCanceled',
  'NoInventory',
  'ShippingAddressUndeliverable',
  'PricingError',
  'CannotVerifyInformation',
  'CustomerExchange',
  'GeneralAdjustment',
  'WeatherDelay',
] as const;
export type AmazonCancelReason = (typeof amazonCancelReasons)[number];

/** Why an order was cancelled in Shopify, in Shopify's words. */
export const shopifyCancelReasons = ['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF'] as const;
export type ShopifyCancelReason = (typeof shopifyCancelReasons)[number];
