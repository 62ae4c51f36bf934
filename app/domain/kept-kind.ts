/** What somebody did in Shopify that Amazon was not told of, by what it was (CAN-12). */
export const keptKinds = ['shipment', 'cancel', 'refund'] as const;
export type KeptKind = (typeof keptKinds)[number];
