import { GraphQLError } from 'graphql';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { idOf } from './ids.ts';
import type { ShopState } from './shop-state.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

/** True where a third party runs the location of the fulfilment order. */
export function atThirdParty(shop: ShopState, record: FulfillmentOrderRecord): boolean {
  return shop.locations.some((one) => one.id === record.locationId && one.fulfillmentService);
}

const withService = new Set(['SUBMITTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'CANCELLATION_REJECTED']);

/** True while a third party is to answer, or works on it. */
export function isWithService({ requestStatus }: FulfillmentOrderRecord): boolean {
  return withService.has(requestStatus);
}

/** Whether the caller's scopes reach this fulfilment order: those for the shop's own locations, or for third parties. */
export function mayUse(call: Call, record: FulfillmentOrderRecord, wish: 'read' | 'write'): boolean {
  const { scopes } = call.grant;
  if (scopes === undefined) return true;
  const kind = atThirdParty(call.shop, record) ? 'third_party' : 'merchant_managed';
  const holds = (verb: string): boolean => scopes.has(`${verb}_${kind}_fulfillment_orders`);
  return holds('write') || (wish === 'read' && holds('read'));
}

/** A fulfilment order by its global id, if it is there and the caller may do this with it. */
export function findFulfillmentOrder(
  call: Call,
  id: string,
  wish: 'read' | 'write',
): FulfillmentOrderRecord | null {
  const number = idOf('FulfillmentOrder', id);
  const record = number === null ? undefined : call.shop.fulfillmentOrders.get(number);
  return record && mayUse(call, record, wish) ? record : null;
}

/** What a mutation says of a fulfilment order that is not there. Throws where the switch wants an error of the request. */
export function unknownFulfillmentOrder(
  call: Call,
  id: string,
  field: readonly string[] = ['id'],
): UserError {
  if (call.world.parts.behaviour.get('shopify.unknown-fulfillment-order') === 'invalid-id')
    throw new GraphQLError(`Invalid id: ${id}`, { extensions: { code: 'RESOURCE_NOT_FOUND' } });
  return { field, message: 'The fulfillment order could not be found.', code: 'FULFILLMENT_ORDER_NOT_FOUND' };
}
