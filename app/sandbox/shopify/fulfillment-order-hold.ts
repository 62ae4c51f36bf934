import { callingApp } from './apps.ts';
import type { Source } from './execute.ts';
import { findFulfillmentOrder, isWithService, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields, holdFields } from './fulfillment-order-fields.ts';
import { hasShipped, isEverything, remainingParts, splitOff, type Part } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord, HoldRecord } from './fulfillment-records.ts';
import { tellHeld } from './fulfillment-webhooks.ts';
import { touch } from './order-writes.ts';
import { readParts, type PartInput } from './read-parts.ts';
import { mostHolds } from './supported-actions.ts';
import { textLength } from './text-length.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface HoldInput {
  readonly reason: string;
  readonly reasonNotes?: string | null;
  readonly handle?: string | null;
  readonly fulfillmentOrderLineItems?: readonly PartInput[] | null;
}

const longestHandle = 64;
const notSplittable: UserError = {
  field: ['fulfillmentHold', 'fulfillmentOrderLineItems'],
  message: 'The fulfillment order is not in a splittable state.',
  code: 'FULFILLMENT_ORDER_NOT_SPLITTABLE',
};

function badState(call: Call, record: FulfillmentOrderRecord): UserError | null {
  // The schema has no code for these; the words are the sandbox's own.
  const refused = (message: string): UserError => ({ field: ['id'], message, code: null });
  if (isWithService(record))
    return refused('Fulfillment order was requested from a fulfillment service and cannot be held.');
  const held = new Set(['OPEN', 'ON_HOLD', 'SCHEDULED', 'IN_PROGRESS']);
  if (!held.has(record.status) || remainingParts(record).length === 0)
    return refused(`Fulfillment order is ${record.status.toLowerCase()} and cannot be held.`);
  const partly = record.status === 'IN_PROGRESS' || hasShipped(record);
  return partly && call.world.parts.behaviour.get('shopify.hold-partly-fulfilled') === 'refused'
    ? refused('Fulfillment order is in progress and cannot be held.')
    : null;
}

function badHold(record: FulfillmentOrderRecord, input: HoldInput, byApp: bigint | null): UserError | null {
  const handle = input.handle ?? '';
  const field = ['fulfillmentHold', 'handle'];
  if (textLength(handle) > longestHandle)
    return {
      field,
      message: `Handle is too long (maximum is ${String(longestHandle)} characters)`,
      code: null,
    };
  const own = record.holds.filter((one) => one.byApp === byApp);
  if (own.some((one) => one.handle === handle))
    return {
      field,
      message:
        'The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.',
      code: 'DUPLICATE_FULFILLMENT_HOLD_HANDLE',
    };
  if (own.length < mostHolds) return null;
  return {
    field: ['id'],
    message: `The maximum number of fulfillment holds for this fulfillment order has been reached for this app. An app can only have up to ${String(mostHolds)} holds on a single fulfillment order at any one time.`,
    code: 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED',
  };
}

function check(
  call: Call,
  record: FulfillmentOrderRecord,
  input: HoldInput,
): { readonly parts: Part[] } | { readonly error: UserError } {
  const field = path('fulfillmentHold', 'fulfillmentOrderLineItems');
  const given = input.fulfillmentOrderLineItems ?? [];
  if (new Set(given.map(({ id }) => id)).size < given.length)
    return {
      error: {
        field,
        message: 'must contain unique line item ids',
        code: 'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS',
      },
    };
  const error = badState(call, record) ?? badHold(record, input, callingApp(call.grant));
  if (error) return { error };
  if (given.length > 0 && record.status === 'ON_HOLD') return { error: notSplittable };
  const read = readParts(record, given, field, 'GREATER_THAN_ZERO');
  if ('error' in read || isEverything(record, read.parts)) return read;
  const splits = call.world.parts.behaviour.get('shopify.fulfillment-order-split') === 'allowed';
  return splits ? read : { error: notSplittable };
}

/** Which fulfilment order the hold goes on, and the one with the rest. */
function divide(
  call: Call,
  record: FulfillmentOrderRecord,
  parts: readonly Part[],
): { readonly held: FulfillmentOrderRecord; readonly rest: FulfillmentOrderRecord | null } {
  if (isEverything(record, parts)) return { held: record, rest: null };
  const newId = call.world.parts.behaviour.get('shopify.held-part') === 'new-id';
  // What was sent already stays where it is.
  if (newId || hasShipped(record))
    return { held: splitOff(call.world, call.shop, record, parts, 'kin'), rest: record };
  const others = remainingParts(record).flatMap(({ line, quantity }) => {
    const taken = parts.find((part) => part.line === line)?.quantity ?? 0;
    return quantity > taken ? [{ line, quantity: quantity - taken }] : [];
  });
  return { held: record, rest: splitOff(call.world, call.shop, record, others, 'kin') };
}

/** `fulfillmentOrderHold`: holds all of it, or splits off the given lines and holds those. Holds of several apps stack. */
export function fulfillmentOrderHold(
  args: { readonly id: string; readonly fulfillmentHold: HoldInput },
  call: Call,
): Source {
  const input = args.fulfillmentHold;
  const failed = (error: UserError): Source => ({
    fulfillmentHold: null,
    fulfillmentOrder: null,
    remainingFulfillmentOrder: null,
    userErrors: [error],
  });
  const record = findFulfillmentOrder(call, args.id, 'write');
  if (!record) return failed(unknownFulfillmentOrder(call, args.id));
  const checked = check(call, record, input);
  if ('error' in checked) return failed(checked.error);
  const { held, rest } = divide(call, record, checked.parts);
  const hold: HoldRecord = {
    id: call.world.newId('FulfillmentHold'),
    reason: input.reason,
    reasonNotes: input.reasonNotes ?? null,
    handle: input.handle ?? '',
    byApp: callingApp(call.grant),
  };
  held.holds.push(hold);
  held.status = 'ON_HOLD';
  held.updatedAt = call.world.parts.clock.now();
  tellHeld(call, held, hold, rest, remainingParts(held));
  touch(call, record.order, 'fulfillmentOrderHold');
  return {
    fulfillmentHold: holdFields(hold, call),
    fulfillmentOrder: fulfillmentOrderFields(held, call),
    remainingFulfillmentOrder: rest ? fulfillmentOrderFields(rest, call) : null,
    userErrors: [],
  };
}
