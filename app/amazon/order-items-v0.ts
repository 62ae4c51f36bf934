import { z } from 'zod';
import type { RequestReading } from '../domain/amazon-order.ts';
import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { amazonOrderItemId, type AmazonOrderId, type AmazonOrderItemId } from '../domain/ids.ts';
import { readId, Reading } from './reading.ts';
import type { Call, Session } from './session.ts';

// Rate: Amazon's model ordersV0. The operation ends on 2027-03-27.
const limit = { ratePerSecond: 0.5, burst: 30 };
/** An order has a few lines; a list of more pages than this does not end. */
const mostPages = 50;

const itemShape = z.looseObject({
  OrderItemId: z.unknown().optional(),
  BuyerRequestedCancel: z
    .looseObject({
      IsBuyerRequestedCancel: z.unknown().optional(),
      BuyerCancelReason: z.unknown().optional(),
    })
    .nullish(),
});
const answerShape = z.object({
  payload: z.object({ OrderItems: z.array(itemShape), NextToken: z.string().nullish() }),
});

function call(id: AmazonOrderId, token: string | null): Call {
  return {
    operation: 'orders.getOrderItems',
    version: 'v0',
    limit,
    path: { orderId: id },
    query: token === null ? {} : { NextToken: token },
  };
}

/** Amazon's model has texts here; booleans were seen as well. A block that is absent means that nobody asked. */
function readingOf({ BuyerRequestedCancel: block }: z.infer<typeof itemShape>): RequestReading {
  const flag = block?.IsBuyerRequestedCancel ?? '';
  const said = typeof flag === 'string' ? flag.trim().toLowerCase() : flag;
  if (said === 'true' || said === true) {
    const words = block?.BuyerCancelReason;
    const reason = typeof words === 'string' ? new Reading(null).text(words, 'BuyerCancelReason') : null;
    return { state: 'asked', reason };
  }
  return said === 'false' || said === false || said === '' ? { state: 'none' } : { state: 'unknown' };
}

/**
 * What buyers asked for, line by line, by Orders v0: only for an order whose cancellation data the new API refused (REQ-1).
 * Nothing else of the answer is used.
 */
export async function readRequestsV0(
  session: Session,
  id: AmazonOrderId,
): Promise<Result<ReadonlyMap<AmazonOrderItemId, RequestReading>>> {
  const requests = new Map<AmazonOrderItemId, RequestReading>();
  let token: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await session.ask(call(id, token));
    if (!answer.ok) return answer;
    const page = answerShape.safeParse(answer.value.body);
    if (!page.success) break;
    for (const item of page.data.payload.OrderItems) {
      const itemId = readId(item.OrderItemId);
      if (itemId !== null) requests.set(amazonOrderItemId(itemId), readingOf(item));
    }
    token = page.data.payload.NextToken ?? null;
    if (token === null || token === '') return ok(requests);
  }
  const sentence = "Amazon's answer to getOrderItems does not have the shape it should have.";
  return fail({ kind: 'retry', code: 'bad_answer', sentence, at: null });
}
