import type { LineRecord, OrderRecord } from './records.ts';

/** Units of a line that were sent or are to be sent, refunded or not. */
export function unitsToSend(line: LineRecord): number {
  return line.currentQuantity + line.refundedSent;
}

/** Units of a line that are still to be sent; nothing of a cancelled order is. */
export function unsentUnits(line: LineRecord, order: OrderRecord): number {
  return order.cancelledAt === null ? unitsToSend(line) - line.fulfilledQuantity : 0;
}

/** Units of a line that were sent and stayed with the buyer: no edit takes them out. */
export function keptUnits(line: LineRecord): number {
  return Math.max(0, line.fulfilledQuantity - line.refundedSent);
}
