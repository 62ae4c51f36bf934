/**
 * Every access scope the product asks for, with the reason the README gives for it. Which operation needs it stands in
 * test/contracts/shopify-operations.test.ts.
 */
const scopes = {
  write_orders: 'create, mark, cancel and refund the Shopify order that stands for an Amazon order',
  read_all_orders: 'keep orders older than 60 days in agreement (late refunds, claims, returns)',
  read_products: 'find the variant of an SKU',
  read_locations: 'name the location of a fulfilment and of a restock',
  write_merchant_managed_fulfillment_orders: 'hold and release the lines a buyer asked to cancel',
  write_third_party_fulfillment_orders: 'ask a third party that accepted the work to stop it',
  // Shopify's map of scopes does not say what `fulfillmentCancel` needs; others ask for this one, so it is kept.
  write_fulfillments: 'take a shipment back that did not go out',
  read_fulfillments: 'hear of shipments made in Shopify',
} as const satisfies Record<string, string>;

/** The scopes in the form Shopify wants. */
export const scopeList: readonly string[] = Object.keys(scopes);
