import { coveredByRequest } from './covered-by-request.ts';
import { dealing, mayWrite, type Case, type Dealing } from './dealing.ts';

const decisions = new Set(['cancel', 'cancel_lines', 'decline']);

/** The buyer asked for some lines only, and nobody has said yet what becomes of them: Amazon has no partial cancel (CAN-15). */
export function askSomeLines(one: Case): Dealing {
  const { situation, order, linked, request } = one;
  const open = order.status === 'unshipped' || order.status === 'partially_shipped';
  const decided = situation.choices.some(({ kind, state }) => state === 'open' && decisions.has(kind));
  if (!open || decided || linked.cancelledAt !== null || request?.state !== 'open' || !mayWrite(one))
    return dealing();
  if (coveredByRequest(order, request) !== 'some') return dealing();
  const asked = new Set(
    request.lines
      .filter(({ confirmed, ended }) => confirmed && ended === null)
      .map(({ orderItemId }) => orderItemId),
  );
  const lines = order.lines.filter(({ cancelled }) => cancelled === null);
  const wanted = lines.filter(
    ({ orderItemId, quantityOrdered, quantityFulfilled }) =>
      asked.has(orderItemId) && quantityOrdered > (quantityFulfilled ?? 0),
  );
  if (wanted.length === 0) return dealing();
  const params = { id: order.id, n: wanted.length, m: lines.length };
  return dealing({ problems: [{ kind: 'partial_cancel_asked', subject: '', params }] });
}
