import { expect, it } from 'vitest';
import { requestOf } from '../../test/samples/requests.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import type { Choice, ChoiceState } from './choice.ts';
import { endedDeclines, withDecision } from './decided-request.ts';

const declines = (n: number, state: ChoiceState = 'open'): Choice<'decline'> => ({
  id: `d${n}`,
  kind: 'decline',
  subject: '',
  args: { n },
  state,
  by: 'operator',
  at: sampleNow,
  undoUntil: 0,
  endedAt: null,
  outcome: null,
});
const open = requestOf({ n: 2, version: 3 });
const declined = requestOf({ n: 2, version: 4, state: 'declined' });

it('CAN-17: what a person declined is declined, and shown anew', () => {
  expect(withDecision(open, open, { choices: [declines(2)], commands: [] })).toEqual({
    ...open,
    state: 'declined',
    version: 4,
  });
  expect(withDecision(declined, declined, { choices: [declines(2)], commands: [] })).toBe(declined);
});

it('CAN-18: what a person approved is approved until its cancel is over', () => {
  const approves: Choice<'cancel'> = {
    ...declines(2),
    kind: 'cancel',
    args: { amount: 100, reason: 'BuyerCanceled', restock: true },
  };
  const approved = { ...open, state: 'approved', version: 4 } as const;
  expect(withDecision(open, open, { choices: [approves], commands: [] })).toEqual(approved);
  const refused = [{ ...approves, state: 'refused' as const }];
  expect(withDecision(approved, approved, { choices: refused, commands: [] }).state).toBe('open');
});

it('CAN-17: the new version of a request that changed anyway is enough', () => {
  expect(withDecision({ ...open, version: 4 }, open, { choices: [declines(2)], commands: [] }).version).toBe(
    4,
  );
});

it('CAN-17: taken back it is open again', () => {
  expect(
    withDecision(declined, declined, { choices: [declines(2, 'withdrawn')], commands: [] }),
  ).toMatchObject({
    state: 'open',
    version: 5,
  });
});

it('CAN-17: of another request, or one that is over, it says nothing', () => {
  expect(withDecision(open, open, { choices: [declines(1)], commands: [] })).toBe(open);
  const late = requestOf({ n: 2, state: 'too_late' });
  expect(withDecision(late, late, { choices: [declines(2)], commands: [] })).toBe(late);
});

it('CAN-17: it is over with its request', () => {
  const over = [{ id: 'd2', state: 'done', outcome: null }];
  expect(endedDeclines({ ...declined, closedAt: 1 }, [declines(2)])).toEqual(over);
  expect(endedDeclines(requestOf({ n: 3 }), [declines(2)])).toEqual(over);
  expect(endedDeclines(declined, [declines(2), declines(1, 'withdrawn')])).toEqual([]);
});

it('CAN-17 REQ-13: made before Amazon showed the request it was about a claim, and ends with that', () => {
  const before = { ...declines(2), at: sampleNow - 61_000 };
  expect(withDecision(declined, declined, { choices: [before], commands: [] }).state).toBe('open');
  expect(endedDeclines(declined, [before])).toEqual([{ id: 'd2', state: 'stale', outcome: null }]);
  const claimed = { ...declined, confirmedAt: null };
  expect(withDecision(claimed, claimed, { choices: [before], commands: [] }).state).toBe('declined');
  expect(endedDeclines(claimed, [before])).toEqual([]);
});
