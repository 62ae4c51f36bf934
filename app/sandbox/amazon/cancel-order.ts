import { type Done, refused } from './change.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from './json.ts';
import {
  lineId,
  mapLines,
  quantitiesOf,
  unknownLines,
  withoutRequest,
  withQuantities,
  withStatus,
} from './lines.ts';
import type { Cancellation } from './order-store.ts';

/** Who cancels what; without `orderItemIds` all that is open. */
export interface CancelOrder {
  readonly by: 'BUYER' | 'MERCHANT' | 'AMAZON';
  readonly reason?: string | undefined;
  readonly orderItemIds?: readonly string[] | undefined;
  /** Open units to cancel by line; a line that is not named loses all of them. */
  readonly quantities?: ReadonlyMap<string, number>;
}

/** What Amazon does not document about a cancelled line. */
interface AfterCancel {
  readonly requestStays: boolean;
  readonly quantityKeeps: boolean;
}

/** How many of a line's open units are meant. */
function unitsOf(line: JsonObject, { quantities }: CancelOrder): number {
  const { open } = quantitiesOf(line);
  return Math.min(open, quantities?.get(lineId(line) ?? '') ?? open);
}

function cancelLine(line: JsonObject, cancel: CancelOrder, after: AfterCancel): JsonObject {
  const { by, reason } = cancel;
  const { fulfilled, open, ordered } = quantitiesOf(line);
  const units = unitsOf(line, cancel);
  if (units < open) {
    const fewer = withQuantities(line, fulfilled, open - units);
    return after.quantityKeeps ? fewer : { ...fewer, quantityOrdered: ordered - units };
  }
  const cancellation = objectIn(line, 'cancellation');
  const cancelReason = reason ?? textIn(objectIn(cancellation, 'cancellationRequest'), 'cancelReason');
  const cancelled: JsonObject = {
    ...withQuantities(line, fulfilled, 0),
    ...(after.quantityKeeps ? {} : { quantityOrdered: fulfilled }),
    cancellation: {
      ...cancellation,
      cancellationExecution: { cancelledBy: by, ...(cancelReason === null ? {} : { cancelReason }) },
    },
  };
  return after.requestStays ? cancelled : withoutRequest(cancelled);
}

/** The order after open units were cancelled, and the record of it (`time` is ISO 8601). */
export function cancelOrder(
  order: JsonObject,
  cancel: CancelOrder,
  after: AfterCancel,
  time: string,
): Done<{ order: JsonObject; cancellation: Cancellation }> {
  const [unknown] = unknownLines(order, cancel.orderItemIds ?? []);
  if (unknown !== undefined) return refused(404, `The order has no line ${unknown}.`);
  const { orderItemIds } = cancel;
  const meant = (line: JsonObject) =>
    quantitiesOf(line).open > 0 &&
    (orderItemIds === undefined || orderItemIds.some((id) => id === lineId(line)));
  const lines = objectsIn(order, 'orderItems').filter(meant);
  if (lines.length === 0) return refused(409, 'Nothing of this is open: it is shipped or cancelled already.');
  return {
    ok: true,
    order: withStatus(mapLines(order, (line) => (meant(line) ? cancelLine(line, cancel, after) : line))),
    cancellation: {
      by: cancel.by,
      reason: cancel.reason ?? null,
      time,
      items: lines.map((line) => ({ orderItemId: lineId(line) ?? '', quantity: unitsOf(line, cancel) })),
    },
  };
}

/** The cancellations that an order was placed with. */
export function placedCancellations(order: JsonObject): Cancellation[] {
  return objectsIn(order, 'orderItems').flatMap((line) => {
    const execution = objectIn(objectIn(line, 'cancellation'), 'cancellationExecution');
    const by = textIn(execution, 'cancelledBy');
    if (by === null) return [];
    const items = [{ orderItemId: lineId(line) ?? '', quantity: null }];
    return [{ by, reason: textIn(execution, 'cancelReason'), time: null, items }];
  });
}
