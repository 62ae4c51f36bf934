import { type Answer, invalidInput, notFound } from './answers.ts';
import { type IncludedData, withIncludedData } from './included-data.ts';
import { withoutHiddenBuyer } from './personal-data.ts';
import type { Seller } from './seller.ts';

const orderIdShape = /^[A-Z0-9]{3}-\d{7}-\d{7}$/;

/** Answers getOrder, at once after every change. An unknown id is 404, one that cannot be an order id is 400. */
export function getOrder(
  seller: Seller,
  orderId: string,
  data: readonly IncludedData[],
  openBuyersOnly: boolean,
): Answer {
  const stored = seller.orders.get(orderId);
  if (stored !== undefined) {
    const order = withIncludedData(withoutHiddenBuyer(stored.order, seller, openBuyersOnly), data);
    return { status: 200, body: { order } };
  }
  return orderIdShape.test(orderId)
    ? notFound(`The order ${orderId} was not found.`)
    : invalidInput('orderId is not valid.');
}
