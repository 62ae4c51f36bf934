import type { OrderRecord } from './records.ts';
import type { Call } from './world.ts';

const sixtyDays = 60 * 86_400_000;

/** Without `read_all_orders` an app sees the orders of the last 60 days only. */
export function maySee(call: Call, createdAt: number): boolean {
  const { scopes } = call.grant;
  return (
    scopes === undefined ||
    scopes.has('read_all_orders') ||
    createdAt > call.world.parts.clock.now() - sixtyDays
  );
}

/** An order by its number, if it is there and may be seen. */
export function visibleOrder(call: Call, id: bigint | null | undefined): OrderRecord | null {
  const order = id == null ? undefined : call.shop.orders.get(id);
  return order && maySee(call, order.createdAt) ? order : null;
}
