/** What money of an order line is for, as Amazon pays and refunds it. */
export const components = ['principal', 'tax', 'shipping', 'shippingTax', 'giftWrap', 'giftWrapTax'] as const;
export type Component = (typeof components)[number];

/** Minor units of one currency per component; what is not named is nothing. */
export type Components = Readonly<Partial<Record<Component, number>>>;

/** All of it together, in minor units. */
export function sumOfComponents(parts: Components): number {
  return components.reduce((sum, name) => sum + (parts[name] ?? 0), 0);
}
