import type { Source } from './execute.ts';
import { findFulfillmentOrder, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { isEverything, splitOff, type Part } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { named, namedParts } from './fulfillment-webhooks.ts';
import { touch } from './order-writes.ts';
import { readParts, type PartInput } from './read-parts.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface SplitInput {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems: readonly PartInput[];
}

type Ready = { readonly record: FulfillmentOrderRecord; readonly parts: readonly Part[] };

function check(input: SplitInput, i: number, call: Call): Ready | { readonly error: UserError } {
  const at = path('fulfillmentOrderSplits', i);
  const id = input.fulfillmentOrderId;
  const record = findFulfillmentOrder(call, id, 'write');
  if (!record) return { error: unknownFulfillmentOrder(call, id, [...at, 'fulfillmentOrderId']) };
  const field = [...at, 'fulfillmentOrderLineItems'];
  if (input.fulfillmentOrderLineItems.length === 0)
    return {
      error: {
        field,
        message: 'The fulfillment order must have at least one line item input to split.',
        code: 'NO_LINE_ITEMS_PROVIDED_TO_SPLIT',
      },
    };
  const refused = call.world.parts.behaviour.get('shopify.fulfillment-order-split') === 'refused';
  if (refused || record.status !== 'OPEN' || record.requestStatus === 'SUBMITTED')
    return {
      error: { field: at, message: 'The fulfillment order is not in a splittable state.', code: null },
    };
  const read = readParts(record, input.fulfillmentOrderLineItems, field, 'GREATER_THAN');
  if ('error' in read) return read;
  return isEverything(record, read.parts)
    ? {
        error: {
          field,
          message: 'The line item quantity is invalid.',
          code: 'INVALID_LINE_ITEM_QUANTITY',
        },
      }
    : { record, parts: read.parts };
}

function split({ record, parts }: Ready, call: Call): Source {
  const asked = namedParts(parts);
  const made = splitOff(call.world, call.shop, record, parts, 'apart');
  call.world.emit(call.shop, 'fulfillment_orders/split', () => ({
    split_line_items: asked,
    fulfillment_order: named(record),
    remaining_fulfillment_order: named(made),
    replacement_fulfillment_order: null,
  }));
  touch(call, record.order, 'fulfillmentOrderSplit');
  return {
    fulfillmentOrder: fulfillmentOrderFields(record, call),
    remainingFulfillmentOrder: fulfillmentOrderFields(made, call),
    replacementFulfillmentOrder: null,
  };
}

/** `fulfillmentOrderSplit`: the named units go into fulfilment orders of their own. All or nothing. */
export function fulfillmentOrderSplit(
  { fulfillmentOrderSplits: inputs }: { readonly fulfillmentOrderSplits: readonly SplitInput[] },
  call: Call,
): Source {
  const checked = inputs.map((input, i) => check(input, i, call));
  const userErrors = checked.flatMap((one) => ('error' in one ? [one.error] : []));
  if (userErrors.length > 0) return { fulfillmentOrderSplits: null, userErrors };
  const ready = checked.flatMap((one) => ('error' in one ? [] : [one]));
  return { fulfillmentOrderSplits: ready.map((one) => split(one, call)), userErrors };
}
