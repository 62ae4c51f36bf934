import { parseGid } from './ids.ts';
import type { LineRecord, OrderRecord } from './records.ts';
import type { Call } from './world.ts';

/** A line of an order that is being edited. */
export interface EditedLine {
  /** As it is in the order, or as it will be added. */
  readonly line: LineRecord;
  readonly added: boolean;
  /** How many units the order is to have of it. */
  quantity: number;
  /** Whether units that are taken out go back to stock. */
  restock: boolean;
  /** Where an added line is to be sent from. */
  readonly locationId: bigint | null;
}

/** An edit that was begun. Nothing of it is in the order before it is committed. */
export interface EditSession {
  readonly id: bigint;
  readonly order: OrderRecord;
  readonly createdAt: number;
  readonly lines: EditedLine[];
  committed: boolean;
}

/** The edit that an id of a calculated order, or of the session, means; null where there is none that goes on. */
export function findEdit(call: Call, gid: string): EditSession | null {
  const { type, id } = parseGid(gid);
  const known = type === 'CalculatedOrder' || type === 'OrderEditSession';
  const session = known ? call.shop.edits.get(id) : undefined;
  return session && !session.committed && call.shop.orders.get(session.order.id) === session.order
    ? session
    : null;
}
