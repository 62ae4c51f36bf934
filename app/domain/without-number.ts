import { answerTo } from './choice.ts';
import { dealing, type Case, type Dealing } from './dealing.ts';
import type { Sent } from './parcels.ts';

/** A person said that they add its number: until they do Amazon is not told of it. */
export function isPromised({ situation }: Case, sent: Sent): boolean {
  return answerTo(situation.choices, 'tracking_missing', sent.number)?.args.choice === 'add';
}

/** A fulfilment without a number waits for one for a set time (FUL-1); null: it waits no longer. */
export function waitForNumber(one: Case, sent: Sent): Dealing | null {
  const { situation, order } = one;
  const answer = answerTo(situation.choices, 'tracking_missing', sent.number)?.args.choice;
  if (answer === 'without') return null;
  if (isPromised(one, sent))
    return dealing({ fitting: [{ key: 'ship_no_tracking', params: { time: null } }], explains: true });
  const at = sent.fulfillment.at + situation.settings.untrackedAfterHours * 3_600_000;
  if (situation.now >= at) return null;
  const time = new Date(at).toISOString();
  return dealing({
    problems: [{ kind: 'tracking_missing', subject: sent.number, params: { id: order.id, time } }],
    fitting: [{ key: 'ship_no_tracking', params: { time } }],
    dueAgain: [{ at, reason: 'looking' }],
    explains: true,
  });
}

/** Several numbers, and nothing says which units are in which parcel (FUL-3). */
export function askWhichNumber({ order }: Case, sent: Sent, n: number): Dealing {
  return dealing({
    problems: [{ kind: 'several_numbers', subject: sent.of, params: { id: order.id, n } }],
    fitting: [{ key: 'ship_asked', params: {} }],
    explains: true,
  });
}
