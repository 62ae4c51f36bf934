import { commandsOfKind, createEffectMs, type Command } from './command.ts';
import type { Event } from './decide.ts';
import type { AmazonOrderId } from './ids.ts';
import { markKey } from './request-keys.ts';
import { isWritten, markOf } from './request-mark.ts';
import type { CancelRequest } from './request.ts';
import type { Handling } from './shopify-order.ts';

const open = new Set(['planned', 'accepted', 'refused']);

/** A mark may still come about: nobody knows of it, or of an earlier try. What is confirmed was looked at since. */
const mayBeLate = ({ state, attempt }: Command): boolean =>
  state === 'sending' || state === 'unsure' || (attempt > 1 && open.has(state));

/** Marks of what the request was before that may still come about, and then show it again. */
export function lateMarks(
  commands: readonly Command[],
  order: AmazonOrderId,
  request: Pick<CancelRequest, 'n' | 'version'>,
): Command<'mark_order'>[] {
  const newest = markKey(order, request.n, request.version);
  return commandsOfKind(commands, 'mark_order').filter((one) => one.key !== newest && mayBeLate(one));
}

/** When none of these marks can come about any more (ms UTC). */
export function lateUntil(marks: readonly Command[]): number {
  return Math.max(...marks.map(({ sentAt }) => sentAt ?? 0)) + createEffectMs;
}

/** What becomes of marks of earlier versions: a late one is over when it can come no more, the others at once. */
export function endedMarks(
  commands: readonly Command[],
  order: AmazonOrderId,
  request: CancelRequest,
  now: number,
): Event[] {
  const newest = markKey(order, request.n, request.version);
  const late = lateMarks(commands, order, request);
  const over = late.length > 0 && now >= lateUntil(late);
  return commandsOfKind(commands, 'mark_order').flatMap((one): Event[] => {
    if (one.key === newest || (late.includes(one) && !over)) return [];
    if (late.includes(one)) return [{ key: one.key, event: one.state === 'accepted' ? 'seen' : 'recalled' }];
    return one.state === 'planned' || one.state === 'refused' ? [{ key: one.key, event: 'recalled' }] : [];
  });
}

const done = new Set(['accepted', 'confirmed']);

/**
 * The request with a new version where its mark was written and then overwritten by one of an earlier version that came
 * late: it is shown anew, once none can come any more. What a person changed, which can only be the tag, stays.
 */
export function afterLateMark(
  commands: readonly Command[],
  order: AmazonOrderId,
  request: CancelRequest,
  { handling, now }: { readonly handling: Handling | null; readonly now: number },
): CancelRequest {
  const late = lateMarks(commands, order, request);
  if (!handling || late.length === 0 || now < lateUntil(late)) return request;
  const newest = commands.find(({ key }) => key === markKey(order, request.n, request.version));
  const overwritten =
    newest !== undefined &&
    done.has(newest.state) &&
    (newest.endedAt ?? 0) < lateUntil(late) &&
    !isWritten(markOf(request), handling.mark);
  return overwritten ? { ...request, version: request.version + 1 } : request;
}
