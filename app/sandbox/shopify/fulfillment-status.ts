import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { unitsToSend } from './line-units.ts';
import type { OrderRecord } from './records.ts';

/** True while something of it is still to be sent. */
export function isOpen(one: FulfillmentOrderRecord): boolean {
  const ended = one.status === 'CLOSED' || one.status === 'CANCELLED';
  return !ended && one.lines.some((line) => line.remainingQuantity > 0);
}

/** `OrderDisplayFulfillmentStatus` of an order. */
export function fulfillmentStatus(order: OrderRecord): string {
  const units = order.lines.reduce((sum, line) => sum + unitsToSend(line), 0);
  const done = order.lines.reduce((sum, line) => sum + line.fulfilledQuantity, 0);
  if (done > 0 && done >= units) return 'FULFILLED';
  const open = order.fulfillmentOrders.filter(isOpen);
  const all = (status: string): boolean => open.length > 0 && open.every((one) => one.status === status);
  // The schema says of both that they are about all unfulfilled items, so they win over "partially".
  if (all('ON_HOLD')) return 'ON_HOLD';
  if (all('SCHEDULED')) return 'SCHEDULED';
  if (done > 0) return 'PARTIALLY_FULFILLED';
  if (open.some((one) => one.requestStatus === 'REJECTED')) return 'REQUEST_DECLINED';
  const asked = (one: FulfillmentOrderRecord): boolean =>
    one.status === 'IN_PROGRESS' || one.requestStatus === 'SUBMITTED';
  return open.length > 0 && open.every(asked) ? 'IN_PROGRESS' : 'UNFULFILLED';
}

/** Units of an order line that are on hold. */
export function heldUnits(order: OrderRecord, lineId: bigint): number {
  return order.fulfillmentOrders
    .filter((one) => one.status === 'ON_HOLD')
    .flatMap((one) => one.lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, line) => sum + line.remainingQuantity, 0);
}
