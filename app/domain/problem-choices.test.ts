import { expect, it } from 'vitest';
import { problemTones, type ProblemKind } from './problem.ts';
import { choicesFor, repeatOf } from './problem-choices.ts';

const kinds = Object.keys(problemTones) as ProblemKind[];

it('PRO-4: every problem can be left as it is, and taken up again', () => {
  for (const kind of kinds)
    expect(choicesFor(kind), kind).toMatchObject({ leave: { does: 'leave' }, reopen: {} });
});

it('CAN-6 REF-3: what leads to money or a cancel by an old or doubtful word needs a look or a reason', () => {
  expect(choicesFor('refund_unsure_decide')['amazon_has_not']).toMatchObject({
    needs: 'checked',
    sends: true,
  });
  expect(choicesFor('refund_twice_risk')['send_now']).toMatchObject({ needs: 'checked', sends: true });
  expect(choicesFor('quarantined')['send']).toMatchObject({ needs: 'checked', sends: true });
  expect(choicesFor('customer_without_request')['reason']).toMatchObject({ needs: 'reason', sends: true });
});

it('PRO-4: what is repeated for many at once needs nothing to be said with it, and decides nothing anew', () => {
  const repeated = kinds.filter((kind) => repeatOf(kind) !== null);
  expect(repeated.length).toBeGreaterThan(10);
  for (const kind of repeated) {
    const solution = choicesFor(kind)[repeatOf(kind) ?? ''];
    expect(['answer', 'look'], kind).toContain(solution?.does);
    expect(solution?.needs, kind).toBeUndefined();
  }
  expect(repeatOf('refund_unsure_decide')).toBeNull();
  expect(repeatOf('quarantined')).toBeNull();
});
