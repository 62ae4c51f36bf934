import { idOf } from './ids.ts';
import { unsentUnits } from './line-units.ts';
import type { LineRecord, OrderRecord } from './records.ts';
import type { RefundLineInput } from './refund-input.ts';
import type { PlannedLine } from './refund-plan.ts';
import type { RestockType } from './refund-records.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

type Read = { readonly planned: PlannedLine } | { readonly error: UserError };

function wrongRestock(
  line: LineRecord,
  order: OrderRecord,
  quantity: number,
  type: RestockType,
): string | null {
  const unsent = unsentUnits(line, order);
  if (type === 'CANCEL' && quantity > unsent)
    return 'Restock type cannot be cancel for units that are fulfilled';
  return type === 'RETURN' && quantity > line.currentQuantity - unsent
    ? 'Restock type cannot be return for units that are not fulfilled'
    : null;
}

function place(call: Call, input: RefundLineInput, type: RestockType): bigint | null | string {
  if (input.locationId == null) {
    const must = call.world.parts.behaviour.get('shopify.restock-without-location') === 'refused';
    return type !== 'NO_RESTOCK' && must ? 'A location is required to restock' : null;
  }
  if (type === 'NO_RESTOCK') return 'No location can be given without a restock';
  const id = idOf('Location', input.locationId);
  return call.shop.locations.some((one) => one.id === id) ? id : 'Location not found';
}

function readOne(call: Call, order: OrderRecord, input: RefundLineInput, i: number): Read {
  const refused = (name: string, message: string): Read => ({
    error: { field: path('input', 'refundLineItems', i, name), message },
  });
  const id = idOf('LineItem', input.lineItemId);
  const line = order.lines.find((one) => one.id === id);
  if (!line) return refused('lineItemId', 'Line item does not exist in the order');
  const { quantity } = input;
  if (quantity < 1) return refused('quantity', 'Quantity must be greater than 0');
  if (quantity > line.currentQuantity)
    return refused('quantity', 'Quantity cannot refund more items than were purchased');
  const restockType = input.restockType ?? 'NO_RESTOCK';
  if (restockType === 'LEGACY_RESTOCK') return refused('restockType', 'Restock type is not accepted');
  const strict = call.world.parts.behaviour.get('shopify.wrong-restock-type') === 'refused';
  const wrong = strict ? wrongRestock(line, order, quantity, restockType) : null;
  if (wrong !== null) return refused('restockType', wrong);
  const locationId = place(call, input, restockType);
  return typeof locationId === 'string'
    ? refused('locationId', locationId)
    : { planned: { line, quantity, restockType, locationId } };
}

/** Reads the units to refund; every line once. */
export function readRefundLines(
  call: Call,
  order: OrderRecord,
  inputs: readonly RefundLineInput[],
  errors: UserError[],
): PlannedLine[] {
  const planned: PlannedLine[] = [];
  for (const [i, input] of inputs.entries()) {
    const read = readOne(call, order, input, i);
    if ('error' in read) errors.push(read.error);
    else if (planned.some(({ line }) => line === read.planned.line))
      errors.push({
        field: path('input', 'refundLineItems', i, 'lineItemId'),
        message: 'Line item is given more than once',
      });
    else planned.push(read.planned);
  }
  return planned;
}
