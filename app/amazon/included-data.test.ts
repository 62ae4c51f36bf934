import { describe, expect, it } from 'vitest';
import type { AmazonData } from '../domain/amazon-order.ts';
import { DataRefusals, wantedData } from './included-data.ts';

interface Asked {
  readonly lists: (readonly AmazonData[])[];
  readonly given: readonly AmazonData[] | null;
}

/** Plays an Amazon that refuses some data, naming it or not, until a reading is had or the access is refused. */
function play(refusals: DataRefusals, refuses: readonly AmazonData[], named: boolean, now = 0): Asked {
  const lists: (readonly AmazonData[])[] = [];
  for (;;) {
    const asked = refusals.ask(now);
    lists.push(asked);
    if (lists.length > 40) throw new Error('It never ends.');
    const bad = asked.filter((data) => refuses.includes(data));
    if (bad.length === 0) {
      if (refusals.accepted(asked, now)) return { lists, given: asked };
    } else if (!refusals.refused(asked, named ? bad : [], now)) return { lists, given: null };
  }
}

const all = (...without: AmazonData[]) => wantedData.filter((data) => !without.includes(data));
const droppable = all('FULFILLMENT');

describe('REQ-1: data that Amazon refuses', () => {
  it('asks for everything at first', () => {
    expect(play(new DataRefusals(), [], true)).toEqual({ lists: [wantedData], given: wantedData });
  });

  it.each(droppable)('drops %s alone, in one more call, when it is named', (data) => {
    expect(play(new DataRefusals(), [data], true)).toEqual({
      lists: [wantedData, all(data)],
      given: all(data),
    });
  });

  it.each(droppable)('finds %s within six calls when nothing is named, and loses nothing else', (data) => {
    const { lists, given } = play(new DataRefusals(), [data], false);
    expect(given).toEqual(all(data));
    expect(lists.length).toBeLessThanOrEqual(6);
  });

  it('finds several that are not named', () => {
    expect(play(new DataRefusals(), ['BUYER', 'RECIPIENT'], false).given).toEqual(all('BUYER', 'RECIPIENT'));
    expect(play(new DataRefusals(), droppable, false).given).toEqual(['FULFILLMENT']);
  });

  it('remembers a refusal for twenty minutes', () => {
    const refusals = new DataRefusals();
    play(refusals, ['BUYER'], false, 1000);
    expect(play(refusals, ['BUYER'], false, 1_200_999).lists).toEqual([all('BUYER')]);
    expect(play(refusals, [], false, 1_201_000).lists).toEqual([wantedData]);
  });

  it('never drops FULFILLMENT: without it the access is refused', () => {
    expect(play(new DataRefusals(), ['FULFILLMENT'], true)).toEqual({ lists: [wantedData], given: null });
    const refusals = new DataRefusals();
    const first = play(refusals, wantedData, false);
    expect(first.given).toBeNull();
    expect(first.lists.length).toBeLessThanOrEqual(5);
    expect(play(refusals, wantedData, false, 1).lists).toEqual([wantedData]);
    expect(play(refusals, [], false, 2).given).toEqual(wantedData);
  });

  it('goes on with a search where it was left', () => {
    const refusals = new DataRefusals();
    refusals.refused(refusals.ask(0), [], 0);
    refusals.refused(refusals.ask(0), [], 0);
    expect(play(refusals, ['CANCELLATION'], false).given).toEqual(all('CANCELLATION'));
  });

  it('a call that asked before a refusal was known does not start a search', () => {
    const refusals = new DataRefusals();
    const early = refusals.ask(0);
    play(refusals, ['TAX'], true);
    expect(refusals.refused(early, [], 0)).toBe(true);
    expect(refusals.ask(0)).toEqual(all('TAX'));
  });

  it('a call that asked for all before a search began ends it when it passes', () => {
    const refusals = new DataRefusals();
    const early = refusals.ask(0);
    refusals.refused(refusals.ask(0), [], 0);
    expect(refusals.accepted(early, 0)).toBe(true);
    expect(refusals.ask(0)).toEqual(wantedData);
  });
});
