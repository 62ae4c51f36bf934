import { components, type Component, type Components } from './components.ts';

const priceOf: Readonly<Partial<Record<Component, Component>>> = {
  tax: 'principal',
  shippingTax: 'shipping',
  giftWrapTax: 'giftWrap',
};

/** Each tax added to the price that it belongs to, for marketplaces whose refunds know no tax of their own. */
export function taxInPrice(parts: Components): Components {
  const folded: Partial<Record<Component, number>> = {};
  for (const name of components) {
    const into = priceOf[name] ?? name;
    const amount = (folded[into] ?? 0) + (parts[name] ?? 0);
    if (amount !== 0) folded[into] = amount;
  }
  return folded;
}
