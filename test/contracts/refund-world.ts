import { z } from 'zod';
import { bag, createMutation, entries, orderInput, type Shape, type ShopifyTest } from './shopify-world.ts';

const money = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';
const transaction = `id kind status gateway amountSet ${money} parentTransaction { id kind amountSet ${money} } processedAt`;

/** Everything of a refund that the sandbox knows. */
const refund = `id legacyResourceId note createdAt processedAt updatedAt return { id } duties { amountSet ${money} }
  order { id } totalRefundedSet ${money}
  refundLineItems(first: 10) { nodes { id quantity restockType restocked location { id } priceSet ${money} subtotalSet ${money} totalTaxSet ${money}
    lineItem { id sku } } }
  refundShippingLines(first: 5) { nodes { id subtotalAmountSet ${money} taxAmountSet ${money} shippingLine { id title } } }
  orderAdjustments(first: 5) { nodes { id reason amountSet ${money} taxAmountSet ${money} } }
  transactions(first: 5) { nodes { ${transaction} } }`;

/** What the tests ask of refunds and cancels, as GraphQL. */
export const refunding = {
  refund: `mutation R($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
    refund { ${refund} } order { id displayFinancialStatus } userErrors { field message } } }`,
  cancel: `mutation C($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $method: OrderCancelRefundMethodInput, $notify: Boolean, $note: String) {
    orderCancel(orderId: $id, reason: $reason, restock: $restock, refundMethod: $method, notifyCustomer: $notify, staffNote: $note) {
      job { id done query { shop { id } } } jobResult { id done status errors { field message code } order { id cancelledAt } }
      orderCancelUserErrors { field message code } userErrors { field message } } }`,
  order: `query O($id: ID!) { order(id: $id) { id displayFinancialStatus displayFulfillmentStatus returnStatus
    cancelledAt cancelReason cancellation { staffNote } closed closedAt refundable fulfillable fullyPaid unpaid
    totalPriceSet ${money} currentTotalPriceSet ${money} currentSubtotalPriceSet ${money} currentShippingPriceSet ${money} currentTotalTaxSet ${money}
    totalReceivedSet ${money} netPaymentSet ${money} totalRefundedSet ${money} totalRefundedShippingSet ${money} totalOutstandingSet ${money}
    refundDiscrepancySet ${money} currentTaxLines { title priceSet ${money} }
    lineItems(first: 10) { nodes { id sku quantity currentQuantity refundableQuantity unfulfilledQuantity fulfillableQuantity nonFulfillableQuantity } }
    returns(first: 5) { nodes { id } } refunds { ${refund} } transactions { ${transaction} } } }`,
  suggested: `query S($id: ID!, $lines: [RefundLineItemInput!], $shipping: Money, $all: Boolean, $to: RefundMethodAllocation) { order(id: $id) {
    suggestedRefund(refundLineItems: $lines, shippingAmount: $shipping, suggestFullRefund: $all, refundMethodAllocation: $to) {
      amountSet ${money} maximumRefundableSet ${money} subtotalSet ${money} discountedSubtotalSet ${money} totalTaxSet ${money}
      totalDutiesSet ${money} totalCartDiscountAmountSet ${money} refundDuties { amountSet ${money} }
      refundLineItems { id quantity restockType lineItem { sku } subtotalSet ${money} }
      shipping { amountSet ${money} taxSet ${money} maximumRefundableSet ${money} }
      suggestedTransactions { kind gateway amountSet ${money} maximumRefundableSet ${money} parentTransaction { id } }
      suggestedRefundMethods { amount ${money} maximumRefundable ${money} } } } }`,
};

/** An order of 2 A and 1 B at 10.00 and shipping of 4.00, with 10 % tax on top: 37.40, paid on the gateway `amazon`. */
export async function placePaid(
  world: ShopifyTest,
  more: Record<string, unknown> = {},
  variantId?: string,
): Promise<string> {
  const tax = (amount: string) => [{ title: 'Tax', rate: '0.1', priceSet: bag(amount) }];
  const line = (sku: string, quantity: number) => ({
    title: `Thing ${sku}`,
    sku,
    quantity,
    priceSet: bag('10.00'),
    taxLines: tax((quantity * 1).toFixed(2)),
    ...(variantId === undefined ? {} : { variantId }),
  });
  const order = orderInput(`R-${world.log.length}`, {
    lineItems: [line('A', 2), line('B', 1)],
    shippingLines: [{ title: 'Standard', priceSet: bag('4.00'), taxLines: tax('0.40') }],
    transactions: [{ gateway: 'amazon', amountSet: bag('37.40') }],
    ...more,
  });
  const options = variantId === undefined ? {} : { inventoryBehaviour: 'DECREMENT_IGNORING_POLICY' };
  const { data, errors } = await world.gql(createMutation, { order, options });
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return z.string().parse(data['orderCreate']?.['order']?.['id']);
}

/** The order as it is now. */
export async function orderNow(world: ShopifyTest, id: string): Promise<Shape> {
  const { data, errors } = await world.gql(refunding.order, { id });
  if (errors.length > 0 || !data['order']) throw new Error(errors[0]?.message ?? 'no order');
  return data['order'];
}

/** The amount in the shop's currency. */
export function amountOf(shape: Shape | undefined, field: string): string {
  return z.string().parse(shape?.[field]?.['shopMoney']?.['amount']);
}

/** The global id of the order's line with this SKU. */
export function lineId(order: Shape, sku: string): string {
  const lines = z
    .array(z.object({ id: z.string(), sku: z.string() }).loose())
    .parse(order['lineItems']?.['nodes'] ?? []);
  return lines.find((one) => one.sku === sku)?.id ?? '';
}

/** Messages of the errors in an answer. */
export function messages(shape: Shape | undefined, field = 'userErrors'): string[] {
  return entries(shape?.[field]).map((one) => z.string().parse(one['message']));
}
