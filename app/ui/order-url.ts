/** Where everything about an order stands in the app. */
export const orderPageUrl = (order: string): string => `/app/orders/${encodeURIComponent(order)}`;

/** The address for decisions on an order. */
export const decideUrl = (order: string): string => `${orderPageUrl(order)}/decide`;

/** Where a buyer's message is recorded, about an order where one is given. */
export const recordMessageUrl = (order?: string): string =>
  order === undefined ? '/app/requests/new' : `/app/requests/new?order=${encodeURIComponent(order)}`;
