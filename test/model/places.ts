import { products } from '../../app/sandbox/story/catalogue.ts';

/** A second place of the merchant's own, and one that a third party runs. */
export const otherPlace = 'Second place';
export const thirdParty = 'Third party';

/** Where the products of a run lie. */
export const stocks = ['one-place', 'two-places', 'third-party'] as const;
export type Stock = (typeof stocks)[number];

/** The demo shop's products, and one at each further place, so that both places are there. */
export function productsAt(stock: Stock) {
  const placeOf = (sku: string): { location?: string } => {
    if (stock === 'two-places' && sku === 'MUG-RED') return { location: otherPlace };
    return stock === 'third-party' && sku !== 'MUG-RED' ? { location: thirdParty } : {};
  };
  const more = { title: 'Elsewhere', price: '1.00' };
  return [
    { ...more, sku: 'OTHER-PLACE', location: otherPlace },
    { ...more, sku: 'THIRD-PARTY', location: thirdParty, fulfillmentService: true },
    ...products.map((product) => ({ ...product, ...placeOf(product.sku) })),
  ];
}
