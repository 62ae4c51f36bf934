import { type Done, refused } from './change.ts';
import { isObject, type JsonObject, objectIn, objectsIn } from './json.ts';
import { isCancelled, lineId, mapLines, unknownLines, withoutRequest } from './lines.ts';

/** What a buyer asks for; without `orderItemIds` the whole order. */
export interface RequestCancel {
  readonly orderItemIds?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

function hasRequest(line: JsonObject): boolean {
  return isObject(objectIn(line, 'cancellation')['cancellationRequest']);
}

function changeSome(
  order: JsonObject,
  ids: readonly string[] | undefined,
  may: (line: JsonObject) => boolean,
  change: (line: JsonObject) => JsonObject,
  nothing: string,
): Done<{ order: JsonObject }> {
  const [unknown] = unknownLines(order, ids ?? []);
  if (unknown !== undefined) return refused(404, `The order has no line ${unknown}.`);
  const meant = (line: JsonObject) =>
    may(line) && (ids === undefined || ids.some((id) => id === lineId(line)));
  if (!objectsIn(order, 'orderItems').some(meant)) return refused(409, nothing);
  return { ok: true, order: mapLines(order, (line) => (meant(line) ? change(line) : line)) };
}

/** The order after a buyer asked to cancel lines. Shipped lines can be asked for too, cancelled ones cannot. */
export function requestCancel(
  order: JsonObject,
  { orderItemIds, reason }: RequestCancel,
): Done<{ order: JsonObject }> {
  const cancellationRequest = {
    requester: 'BUYER',
    ...(reason === undefined ? {} : { cancelReason: reason }),
  };
  return changeSome(
    order,
    orderItemIds,
    (line) => !isCancelled(line),
    (line) => ({ ...line, cancellation: { ...objectIn(line, 'cancellation'), cancellationRequest } }),
    'Every line is already cancelled.',
  );
}

/** The order after the buyer took the request back. */
export function withdrawRequest(
  order: JsonObject,
  { orderItemIds }: Pick<RequestCancel, 'orderItemIds'>,
): Done<{ order: JsonObject }> {
  return changeSome(order, orderItemIds, hasRequest, withoutRequest, 'There is no request to take back.');
}
