import { callingApp } from './apps.ts';
import type { Source } from './execute.ts';
import { findFulfillmentOrder, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { freeStatus, pourInto, remainingParts } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord, HoldRecord } from './fulfillment-records.ts';
import { tellMerged, tellReleased } from './fulfillment-webhooks.ts';
import { idOf } from './ids.ts';
import { touch } from './order-writes.ts';
import { mergeable } from './supported-actions.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

function refusal(call: Call, released: readonly HoldRecord[]): UserError | null {
  const { behaviour } = call.world.parts;
  if (released.length === 0)
    return behaviour.get('shopify.release-without-hold') === 'refuses'
      ? { field: ['id'], message: 'The fulfillment order is not on hold.', code: null }
      : null;
  const own = callingApp(call.grant);
  // A person may release whatever is there.
  const foreign = own !== null && released.some((one) => one.byApp !== own);
  return foreign && behaviour.get('shopify.release-hold-of-others') === 'refused'
    ? {
        field: ['holdIds'],
        message: "The app doesn't have access to release the fulfillment hold.",
        code: 'INVALID_ACCESS',
      }
    : null;
}

/** Puts what was split off back where nothing differs any more; the oldest one stays. */
function mergeBack(call: Call, record: FulfillmentOrderRecord): void {
  if (call.world.parts.behaviour.get('shopify.merge-after-release') !== 'merges') return;
  const kin = mergeable(record).filter((one) => one.family === record.family);
  const all = [record, ...kin].sort((a, b) => (a.id < b.id ? -1 : 1));
  const [into, ...others] = all;
  if (!into || others.length === 0) return;
  const before = all.map((one) => ({ record: one, parts: remainingParts(one) }));
  for (const one of others) pourInto(call.world, one, into);
  tellMerged(call, before, into);
}

/** `fulfillmentOrderReleaseHold`: the named holds, or all. Lines merge again once nothing holds them. */
export function fulfillmentOrderReleaseHold(
  args: { readonly id: string; readonly holdIds?: readonly string[] | null },
  call: Call,
): Source {
  const failed = (error: UserError): Source => ({ fulfillmentOrder: null, userErrors: [error] });
  const record = findFulfillmentOrder(call, args.id, 'write');
  if (!record) return failed(unknownFulfillmentOrder(call, args.id));
  const wanted = args.holdIds == null ? null : new Set(args.holdIds.map((id) => idOf('FulfillmentHold', id)));
  const released = record.holds.filter((one) => wanted === null || wanted.has(one.id));
  const error = refusal(call, released);
  if (error) return failed(error);
  if (released.length > 0) {
    const now = call.world.parts.clock.now();
    record.holds = record.holds.filter((one) => !released.includes(one));
    if (record.holds.length === 0) record.status = freeStatus(record, now);
    record.updatedAt = now;
    tellReleased(call, record, released);
    if (record.holds.length === 0) mergeBack(call, record);
    touch(call, record.order, 'fulfillmentOrderReleaseHold');
  }
  return { fulfillmentOrder: fulfillmentOrderFields(record, call), userErrors: [] };
}
