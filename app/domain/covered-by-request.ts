import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import type { Covered } from './reason-map.ts';
import type { CancelRequest } from './request.ts';

/** Lines of which something is still to be shipped or cancelled on Amazon. */
export function openAmazonLines(order: AmazonOrder): readonly AmazonLine[] {
  return order.lines.filter((line) => line.cancelled === null && line.quantityOrdered > 0);
}

/**
 * Whether a request on file covers every open line (CAN-6): Amazon's own order showed it, and does not show now that it is
 * gone. Claims of other sources never count. `unknown`: Amazon did not say of a line, and nothing is on file of it.
 */
export function coveredByRequest(order: AmazonOrder, request: CancelRequest | null): Covered {
  const open = openAmazonLines(order);
  const onFile = new Set(
    (request?.lines ?? [])
      .filter(({ confirmed, ended, absentSince }) => confirmed && ended === null && absentSince === null)
      .map(({ orderItemId }) => orderItemId),
  );
  const covered = open.filter(({ orderItemId }) => onFile.has(orderItemId)).length;
  if (open.length > 0 && covered === open.length) return 'all';
  const dark = open.some(
    ({ orderItemId, request: reading }) => !onFile.has(orderItemId) && reading.state === 'unknown',
  );
  if (dark) return 'unknown';
  return covered > 0 ? 'some' : 'none';
}
