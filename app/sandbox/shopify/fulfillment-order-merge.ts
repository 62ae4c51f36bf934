import type { Source } from './execute.ts';
import { findFulfillmentOrder, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { isEverything, pourInto, splitOff, type Part } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { tellMerged } from './fulfillment-webhooks.ts';
import { touch } from './order-writes.ts';
import { readParts, type PartInput } from './read-parts.ts';
import { mergeable } from './supported-actions.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface MergeInput {
  readonly mergeIntents: readonly {
    readonly fulfillmentOrderId: string;
    readonly fulfillmentOrderLineItems?: readonly PartInput[] | null;
  }[];
}

type Ready = { readonly record: FulfillmentOrderRecord; readonly parts: readonly Part[] };

function check(input: MergeInput, i: number, call: Call): Ready[] | { readonly error: UserError } {
  const ready: Ready[] = [];
  for (const [n, intent] of input.mergeIntents.entries()) {
    const at = path('fulfillmentOrderMergeInputs', i, 'mergeIntents', n);
    const id = intent.fulfillmentOrderId;
    const record = findFulfillmentOrder(call, id, 'write');
    if (!record) return { error: unknownFulfillmentOrder(call, id, [...at, 'fulfillmentOrderId']) };
    const field = [...at, 'fulfillmentOrderLineItems'];
    const read = readParts(record, intent.fulfillmentOrderLineItems, field, 'GREATER_THAN');
    if ('error' in read) return read;
    ready.push({ record, parts: read.parts });
  }
  const [first, ...others] = ready;
  const fit = first ? mergeable(first.record) : [];
  if (others.length > 0 && others.every(({ record }) => fit.includes(record))) return ready;
  const field = path('fulfillmentOrderMergeInputs', i);
  return { error: { field, message: 'The fulfillment orders cannot be merged.', code: null } };
}

function merge(intents: readonly Ready[], call: Call): Source {
  const { world, shop } = call;
  const whole = intents.map(({ record, parts }) =>
    isEverything(record, parts) ? record : splitOff(world, shop, record, parts, 'apart'),
  );
  const [into, ...others] = whole;
  if (!into) throw new Error('A merge of nothing');
  const told = intents.map(({ record, parts }) => ({ record, parts }));
  for (const one of others) pourInto(world, one, into);
  tellMerged(call, told, into);
  touch(call, into.order, 'fulfillmentOrderMerge');
  return { fulfillmentOrder: fulfillmentOrderFields(into, call) };
}

/** `fulfillmentOrderMerge`: open ones of the same order and place become one. All or nothing. */
export function fulfillmentOrderMerge(
  { fulfillmentOrderMergeInputs: inputs }: { readonly fulfillmentOrderMergeInputs: readonly MergeInput[] },
  call: Call,
): Source {
  const checked = inputs.map((input, i) => check(input, i, call));
  const userErrors = checked.flatMap((one) => ('error' in one ? [one.error] : []));
  if (userErrors.length > 0) return { fulfillmentOrderMerges: null, userErrors };
  const ready = checked.flatMap((one) => ('error' in one ? [] : [one]));
  return { fulfillmentOrderMerges: ready.map((one) => merge(one, call)), userErrors };
}
