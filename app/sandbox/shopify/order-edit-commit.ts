import { callingApp } from './apps.ts';
import type { Source } from './execute.ts';
import { addFulfillmentOrder } from './fulfillment-order-parts.ts';
import { sendLess } from './fulfillment-order-shrink.ts';
import { keptUnits } from './line-units.ts';
import { lessBag } from './money-bag.ts';
import { findEdit, type EditedLine, type EditSession } from './order-edit-session.ts';
import { orderFields } from './order-fields.ts';
import { received } from './order-money.ts';
import { currentTotals, withUnits } from './order-totals.ts';
import { touch } from './order-writes.ts';
import type { LineRecord, OrderRecord } from './records.ts';
import { iso } from './rest-parts.ts';
import type { Call } from './world.ts';

/** Units that are to be sent besides: into an open fulfilment order of their place, or a new one. */
function sendMore(call: Call, order: OrderRecord, one: EditedLine, units: number): void {
  const { line, locationId } = one;
  const own = order.fulfillmentOrders.find((record) => record.lines.some(({ lineId }) => lineId === line.id));
  const at = own?.locationId ?? locationId ?? call.shop.locations[0]?.id;
  if (at === undefined) throw new Error('A shop without a location');
  const open = order.fulfillmentOrders.find((record) => record.status === 'OPEN' && record.locationId === at);
  if (!open) {
    const wanted = [{ lineId: line.id, quantity: units }];
    addFulfillmentOrder(call.world, call.shop, order, {
      locationId: at,
      units: wanted,
      status: 'OPEN',
      fulfillAt: order.createdAt,
    });
    return;
  }
  const same = open.lines.find(({ lineId }) => lineId === line.id);
  if (same) {
    same.totalQuantity += units;
    same.remainingQuantity += units;
  } else {
    const id = call.world.newId('FulfillmentOrderLineItem');
    open.lines.push({ id, lineId: line.id, totalQuantity: units, remainingQuantity: units });
  }
  open.updatedAt = call.world.parts.clock.now();
}

function changeLine(call: Call, order: OrderRecord, one: EditedLine): LineRecord {
  const { line, quantity, added } = one;
  const change = added ? quantity : quantity - line.currentQuantity;
  if (change === 0) return line;
  // An order that was not routed yet is routed as it is then.
  const routed = order.fulfillmentOrders.length > 0;
  if (change > 0) {
    if (routed) sendMore(call, order, one, change);
    return added
      ? { ...line, currentQuantity: quantity }
      : { ...withUnits(line, line.quantity + change), currentQuantity: quantity };
  }
  if (routed) sendLess(call.world, order, line.id, -change);
  const variant = line.variantId === null ? undefined : call.shop.variants.get(line.variantId);
  const back = one.restock ? Math.min(-change, line.claimed) : 0;
  if (variant) variant.inventory += back;
  return { ...line, currentQuantity: quantity, claimed: line.claimed - back };
}

function payload(
  session: EditSession,
  call: Call,
  deltas: readonly { id: bigint; delta: number }[],
  staffNote: string,
): object {
  const app = callingApp(call.grant);
  const none = { additions: [], removals: [] };
  return {
    order_edit: {
      id: session.id,
      app_id: app,
      created_at: iso(session.createdAt),
      notify_customer: false,
      order_id: session.order.id,
      staff_note: staffNote,
      user_id: app === null ? 9021001n : null,
      line_items: {
        additions: deltas.filter(({ delta }) => delta > 0),
        removals: deltas.filter(({ delta }) => delta < 0).map(({ id, delta }) => ({ id, delta: -delta })),
      },
      discounts: { line_item: none },
      shipping_lines: none,
      committed_at: iso(call.world.parts.clock.now()),
    },
  };
}

/** True where the order is no longer what the edit began with. */
function isOvertaken({ order, lines }: EditSession): boolean {
  const own = lines.filter(({ added }) => !added).map(({ line }) => line);
  const changed = own.length !== order.lines.length || own.some((line) => !order.lines.includes(line));
  return changed || lines.some(({ line, quantity }) => quantity < keptUnits(line));
}

const failed = (message: string): Source => ({
  order: null,
  successMessages: [],
  userErrors: [{ field: ['id'], message }],
});

/** `orderEditCommit`: the staged changes become the order's; what is added has to be paid, what is taken out is not refunded by it. */
export function orderEditCommit(
  args: { readonly id: string; readonly notifyCustomer?: boolean | null; readonly staffNote?: string | null },
  call: Call,
): Source {
  const session = findEdit(call, args.id);
  if (!session) return failed('The calculated order does not exist.');
  const { order } = session;
  if (order.cancelledAt !== null || isOvertaken(session))
    return failed('The order was changed meanwhile and cannot be edited.');
  session.committed = true;
  const deltas = session.lines.map(({ line, added, quantity }) => ({
    id: line.id,
    delta: added ? quantity : quantity - line.currentQuantity,
  }));
  const kept = session.lines.filter(({ added, quantity }) => !added || quantity > 0);
  order.lines = kept.map((one) => changeLine(call, order, one));
  order.edited = true;
  const owed = lessBag(currentTotals(order).total, received(order)).shop.amount;
  const grown = deltas.some(({ delta }) => delta > 0) && owed > 0;
  if (grown) order.financialStatus = received(order).shop.amount > 0 ? 'PARTIALLY_PAID' : 'PENDING';
  if (args.notifyCustomer === true && order.email !== null)
    call.shop.mails.push({ order: order.name, kind: 'receipt', to: order.email });
  call.world.emit(call.shop, 'orders/edited', () => payload(session, call, deltas, args.staffNote ?? ''));
  touch(call, order, 'orderEditCommit');
  return { order: orderFields(order, call), successMessages: [], userErrors: [] };
}
