import { commandsOfKind, type CommandToSend } from './command.ts';
import type { OpenWork } from './handled-lines.ts';
import { isDone } from './held-units.ts';
import { isResting, isWanted, refused, type HoldOutcome, type Holding } from './holding.ts';
import { callBackKey } from './request-keys.ts';

/** Work at a third party: taken back while it is not accepted, else asked back (REQ-3). */
export function callBack(holding: Holding, work: OpenWork): HoldOutcome | CommandToSend<'call_back'> {
  const { order, request, commands, now } = holding;
  const first = callBackKey(order.id, request.n, work.id);
  const turns = commandsOfKind(commands, 'call_back').filter(
    ({ key }) => key === first || key.startsWith(`${first}:`),
  );
  const again = turns.length > 0 && turns.every((one) => isDone(one) && isWanted(holding, work, one));
  const key = callBackKey(order.id, request.n, work.id, again ? turns.length : Math.max(0, turns.length - 1));
  const before = turns.find((command) => command.key === key);
  if (work.requestStatus === 'CANCELLATION_REQUESTED')
    return { is: 'not_stopped', why: ['accepted', ''], again: null };
  if (work.requestStatus === 'CANCELLATION_REJECTED' && before && !again)
    return { is: 'not_stopped', why: ['rejected', ''], again: null };
  const how = work.actions.includes('REQUEST_CANCELLATION') ? 'ask' : 'cancel';
  if (how === 'cancel' && !work.actions.includes('CANCEL_FULFILLMENT_ORDER'))
    return { is: 'not_stopped', why: ['state', work.status], again: null };
  if (before?.state === 'refused' && isResting(holding, work, before)) return refused(before, now);
  if (before && isDone(before)) return { is: 'not_stopped', why: ['accepted', ''], again: null };
  return { kind: 'call_back', key, from: before?.state ?? null, args: { fulfillmentOrder: work.id, how } };
}
