import { describe, expect, it } from 'vitest';
import { nextStep, type SellerView, type WorldView } from './next-step.ts';

const now = 1_000_000_000;
const minute = 60_000;
const quiet: WorldView = { now, busy: [], later: [], sellers: [], undoUntil: null };
const seller = (more: Partial<SellerView>): SellerView => ({
  sellerId: 'A1',
  cursor: now - minute,
  paging: false,
  nextPollAt: now + 5 * minute,
  lastChange: null,
  financesUntil: null,
  nextFinancesAt: now + 9 * minute,
  moneyShows: null,
  ...more,
});
const later = (dueAt: number, idle = false) => ({ what: 'order waits', dueAt, idle });

describe('the next step of settle', () => {
  it('ends where nothing is due', () => {
    expect(nextStep(quiet, false)).toEqual({ do: 'end' });
    expect(nextStep({ ...quiet, sellers: [seller({ lastChange: now - 10 * minute })] }, false)).toEqual({
      do: 'end',
    });
  });

  it('waits for what is under way, and does not jump meanwhile', () => {
    const view = { ...quiet, busy: [{ what: 'order is due' }], later: [later(now + 1)] };
    expect(nextStep(view, false).do).toBe('wait');
  });

  it('jumps to the poll that can see the change', () => {
    const at = (more: Partial<SellerView>) => nextStep({ ...quiet, sellers: [seller(more)] }, false);
    expect(at({ lastChange: now })).toMatchObject({ do: 'jump', to: now + 5 * minute });
    expect(at({ lastChange: now, nextPollAt: now + 1 })).toMatchObject({ do: 'jump', to: now + 122_000 });
    expect(at({ lastChange: now, nextPollAt: now - 1 }).do).toBe('wait');
  });

  it('lets the app poll out of turn where its own poll lies behind an undo time', () => {
    const view = { ...quiet, undoUntil: now + 4 * minute, sellers: [seller({ lastChange: now })] };
    expect(nextStep(view, false)).toMatchObject({ do: 'poll', sellerId: 'A1', at: now + 122_000 });
    expect(nextStep({ ...view, undoUntil: now + 2 * minute }, false).do).toBe('wait');
    expect(nextStep(view, true)).toMatchObject({ do: 'jump', to: now + 4 * minute });
  });

  it('jumps to the next page of a window under way', () => {
    const view = { ...quiet, sellers: [seller({ paging: true, nextPollAt: now + 179_000 })] };
    expect(nextStep(view, false)).toMatchObject({ do: 'jump', to: now + 179_000 });
  });

  it('jumps to the earliest back-off, and to looking times only until idle', () => {
    const view = { ...quiet, later: [later(now + 9, true), later(now + 20), later(now + 10)] };
    expect(nextStep(view, false)).toMatchObject({ do: 'jump', to: now + 10 });
    expect(nextStep(view, true)).toMatchObject({ do: 'jump', to: now + 9 });
    expect(nextStep({ ...quiet, later: [later(now + 9, true)] }, false)).toEqual({ do: 'end' });
  });

  it('waits for money that went back only until idle, and jumps to the sweep that can see it', () => {
    const at = (more: Partial<SellerView>, untilIdle = true) =>
      nextStep({ ...quiet, sellers: [seller(more)] }, untilIdle);
    const shows = now + 48 * 60 * minute;
    expect(at({ moneyShows: shows }, false)).toEqual({ do: 'end' });
    expect(at({ moneyShows: shows })).toMatchObject({ do: 'jump', to: shows + 123_000 });
    expect(at({ moneyShows: shows, nextFinancesAt: null })).toMatchObject({ do: 'jump' });
    const old = now - 60 * minute;
    expect(at({ moneyShows: old, financesUntil: old })).toMatchObject({ do: 'jump', to: now + 9 * minute });
    expect(at({ moneyShows: old, nextFinancesAt: now - 1 }).do).toBe('wait');
    expect(at({ moneyShows: old, financesUntil: old + 1 })).toEqual({ do: 'end' });
    expect(at({})).toEqual({ do: 'end' });
  });

  it('does not cross an undo time unless until idle', () => {
    const view = { ...quiet, later: [later(now + 100)], undoUntil: now + 50 };
    expect(nextStep(view, false).do).toBe('wait');
    expect(nextStep(view, true)).toMatchObject({ do: 'jump', to: now + 50 });
    expect(nextStep({ ...quiet, undoUntil: now + 50 }, false)).toEqual({ do: 'end' });
    expect(nextStep({ ...quiet, undoUntil: now + 50 }, true)).toMatchObject({ do: 'jump', to: now + 50 });
  });
});
