import { expect, it } from 'vitest';
import { afterChange, guideShape, guideView } from './guide.ts';

const fresh = guideShape.parse({});

it('IMP-8: a fresh shop sees the guide at its first step, and goes on at the first that is open', () => {
  expect(guideView(fresh, false)).toEqual({ shown: true, done: [], next: 'connect' });
  expect(guideView(fresh, true)).toEqual({ shown: true, done: ['connect'], next: 'marketplaces' });
  const handled = afterChange(fresh, { step: 'handling' });
  expect(guideView(handled, true)).toEqual({
    shown: true,
    done: ['connect', 'handling'],
    next: 'marketplaces',
  });
});

it('IMP-8: an account that is disconnected makes connecting the next step again', () => {
  const guide = afterChange(afterChange(fresh, { step: 'connect' }), { step: 'marketplaces' });
  expect(guideView(guide, false)).toMatchObject({ done: ['marketplaces'], next: 'connect' });
});

it('IMP-8: put away or finished it stays away, and comes back with what was done', () => {
  const away = afterChange(afterChange(fresh, { step: 'import' }), 'dismiss');
  expect(guideView(away, true).shown).toBe(false);
  expect(guideView(afterChange(away, { step: 'handling' }), true).shown).toBe(false);
  const finished = afterChange(afterChange(fresh, { step: 'import' }), { step: 'done' });
  expect(guideView(finished, true).shown).toBe(false);
  for (const gone of [away, finished])
    expect(guideView(afterChange(gone, 'show'), true)).toEqual({
      shown: true,
      done: ['connect', 'import'],
      next: 'marketplaces',
    });
});
