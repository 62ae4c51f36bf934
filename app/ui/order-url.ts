/** Where everything about an order stands in the app. */
export const orderPageUrl = (order: string): string => `/app/orders/${encodeURIComponent(order)}`;

/** The address for decisions on an order. */
export const decideUrl = (order: string): string => `${orderPageUrl(order)}/decide`;
