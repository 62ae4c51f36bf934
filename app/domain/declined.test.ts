import { expect, it } from 'vitest';
import { requestOf } from '../../test/samples/requests.ts';
import type { Choice, ChoiceState } from './choice.ts';
import { endedDeclines, withDecline } from './declined.ts';

const declines = (n: number, state: ChoiceState = 'open'): Choice<'decline'> => ({
  id: `d${n}`,
  kind: 'decline',
  subject: '',
  args: { n },
  state,
  by: 'operator',
  at: 0,
  undoUntil: 0,
  endedAt: null,
  outcome: null,
});
const open = requestOf({ n: 2, version: 3 });
const declined = requestOf({ n: 2, version: 4, state: 'declined' });

it('CAN-17: what a person declined is declined, and shown anew', () => {
  expect(withDecline(open, open, [declines(2)])).toEqual({ ...open, state: 'declined', version: 4 });
  expect(withDecline(declined, declined, [declines(2)])).toBe(declined);
});

it('CAN-17: the new version of a request that changed anyway is enough', () => {
  expect(withDecline({ ...open, version: 4 }, open, [declines(2)]).version).toBe(4);
});

it('CAN-17: taken back it is open again', () => {
  expect(withDecline(declined, declined, [declines(2, 'withdrawn')])).toMatchObject({
    state: 'open',
    version: 5,
  });
});

it('CAN-17: of another request, or one that is over, it says nothing', () => {
  expect(withDecline(open, open, [declines(1)])).toBe(open);
  const late = requestOf({ n: 2, state: 'too_late' });
  expect(withDecline(late, late, [declines(2)])).toBe(late);
});

it('CAN-17: it is over with its request', () => {
  const over = [{ id: 'd2', state: 'done', outcome: null }];
  expect(endedDeclines({ ...declined, closedAt: 1 }, [declines(2)])).toEqual(over);
  expect(endedDeclines(requestOf({ n: 3 }), [declines(2)])).toEqual(over);
  expect(endedDeclines(declined, [declines(2), declines(1, 'withdrawn')])).toEqual([]);
});
