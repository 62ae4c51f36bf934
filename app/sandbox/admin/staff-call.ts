/** A GraphQL request of the shop's staff to the pretend Shopify; what it did stands under `done` in the answer. */
export interface StaffCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The buttons on a fulfilment order; `release` also names the hold. */
export type StaffButton = 'release' | 'hold' | 'ship' | 'request' | 'accept' | 'stop' | 'go-on';

/** What a button on a fulfilment order (by its global id) asks of Shopify's Admin API. */
export function staffCall(name: StaffButton, id: string, hold?: string): StaffCall {
  const simple = (mutation: string, input = ''): StaffCall => ({
    query: `mutation($id: ID!) { done: ${mutation}(id: $id${input}) { userErrors { message } } }`,
    variables: { id },
  });
  switch (name) {
    case 'release':
      return {
        query: `mutation($id: ID!, $holds: [ID!]) { done: fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { userErrors { message } } }`,
        variables: { id, holds: [hold] },
      };
    case 'hold':
      return simple(
        'fulfillmentOrderHold',
        ', fulfillmentHold: { reason: OTHER, reasonNotes: "By the shop’s staff" }',
      );
    case 'ship':
      return {
        query: `mutation($parcel: FulfillmentInput!) { done: fulfillmentCreate(fulfillment: $parcel) { userErrors { message } } }`,
        variables: {
          parcel: {
            lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id }],
            trackingInfo: { company: 'UPS', number: '1Z999AA10123456784' },
            notifyCustomer: false,
          },
        },
      };
    case 'request':
      return simple('fulfillmentOrderSubmitFulfillmentRequest');
    case 'accept':
      return simple('fulfillmentOrderAcceptFulfillmentRequest');
    case 'stop':
      return simple('fulfillmentOrderAcceptCancellationRequest');
    case 'go-on':
      return simple('fulfillmentOrderRejectCancellationRequest');
  }
}
