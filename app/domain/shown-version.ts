import type { Case } from './dealing.ts';

/** The sides of an order that a decision is made on, each as what it showed. */
export const shownParts = ['request', 'amazon', 'shopify', 'decision'] as const;
export type ShownPart = (typeof shownParts)[number];

/** What the buyer wants, as far as decisions depend on it. */
function requestOf({ request }: Case): unknown {
  if (!request) return null;
  const lines = request.lines.map(({ orderItemId, quantity, confirmed, ended }) => [
    orderItemId,
    quantity,
    confirmed,
    ended,
  ]);
  return [request.n, request.state, lines];
}

/** Amazon's order and its money, without when it was changed. */
function amazonOf({ order, situation }: Case): unknown {
  const { updatedAt: _, ...rest } = order;
  return [rest, situation.moves.map(({ transactionId, amount }) => [transactionId, amount])];
}

/** Cancel, fulfilments and money in Shopify. Not its marks and holds, which come and go by this app's own hand. */
function shopifyOf({ linked, books }: Case): unknown {
  const fulfillments = books?.fulfillments.map(({ id, status, tracking, lines }) => [
    id,
    status,
    tracking,
    lines,
  ]);
  return [linked.cancelledAt, linked.total, linked.edited, books && { ...books, fulfillments }];
}

/** What else people decided about it that is not carried out yet. */
const decisionOf = ({ situation }: Case): unknown =>
  situation.choices.filter(({ state }) => state === 'open').map(({ id }) => id);

/** All that an order showed when somebody looked at it to decide, as texts to be compared; no buyer data. */
export function shownOf(one: Case): Readonly<Record<ShownPart, string>> {
  return {
    request: JSON.stringify(requestOf(one)),
    amazon: JSON.stringify(amazonOf(one)),
    shopify: JSON.stringify(shopifyOf(one)),
    decision: JSON.stringify(decisionOf(one)),
  };
}
