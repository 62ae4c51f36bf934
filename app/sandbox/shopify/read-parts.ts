import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { remainingParts, type Part } from './fulfillment-order-parts.ts';
import { idOf } from './ids.ts';
import { path, type UserError } from './user-errors.ts';

/** `FulfillmentOrderLineItemInput`. */
export interface PartInput {
  readonly id: string;
  readonly quantity: number;
}

/** Reads units of lines of a fulfilment order; none given means all that is left. `zero` is the code for too few. */
export function readParts(
  record: FulfillmentOrderRecord,
  inputs: readonly PartInput[] | null | undefined,
  field: readonly string[],
  zero: 'GREATER_THAN_ZERO' | 'GREATER_THAN',
): { readonly parts: Part[] } | { readonly error: UserError } {
  if (inputs == null || inputs.length === 0) return { parts: remainingParts(record) };
  const parts: Part[] = [];
  for (const [i, { id, quantity }] of inputs.entries()) {
    const at = path(...field, i, 'quantity');
    if (quantity <= 0)
      return { error: { field: at, message: 'The quantity must be greater than 0.', code: zero } };
    const number = idOf('FulfillmentOrderLineItem', id);
    const line = record.lines.find((one) => one.id === number);
    if (!line || quantity > line.remainingQuantity)
      return {
        error: {
          field: at,
          message: 'The line item quantity is invalid.',
          code: 'INVALID_LINE_ITEM_QUANTITY',
        },
      };
    parts.push({ line, quantity });
  }
  return { parts };
}
