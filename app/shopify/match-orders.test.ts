import { describe, expect, it } from 'vitest';
import { foundOrder } from '../../test/samples/orders.ts';
import { amazonOrderId, shopifyOrderId } from '../domain/ids.ts';
import { matchOf, type Candidate } from './match-orders.ts';

const id = amazonOrderId('111-1234567-7654321');
const replaced = '222-2222222-2222222';

function candidate(n: number, words: Partial<Candidate['words']>, ownMark: string | null = null): Candidate {
  const name = `#${n}`;
  const order = foundOrder({ id: shopifyOrderId(`gid://shopify/Order/${n}`), name, ownMark });
  return {
    order,
    words: { name, sourceIdentifier: null, tags: [], note: null, customAttributes: [], ...words },
  };
}
const match = (candidates: readonly Candidate[], marked: Candidate | null = null) => {
  const { found, unclear } = matchOf(id, marked?.order ?? null, candidates);
  return [found.map(({ name }) => name), unclear];
};

const own = candidate(1, { sourceIdentifier: id }, id);
const tagged = candidate(2, { tags: [id] });
const noted = candidate(3, { note: `Amazon Order ID: ${id}` });
const both = candidate(4, { note: `${id} replaces ${replaced}` });

describe('IMP-9: which orders in Shopify stand for an Amazon order', () => {
  it('our own is found by its mark, also before search knows it', () => {
    expect(match([], own)).toEqual([['#1'], []]);
    expect(match([own])).toEqual([['#1'], []]);
  });

  it('one of another app is found by its number, or where there is none by a mention', () => {
    expect(match([tagged])).toEqual([['#2'], []]);
    expect(match([noted])).toEqual([['#3'], []]);
  });

  it('a mention beside what carries the number is only a mention: a parcel sent again, a note of a return', () => {
    expect(match([tagged, noted, both])).toEqual([['#2'], []]);
    expect(match([noted], own)).toEqual([['#1'], []]);
  });

  it('two that carry the number are two', () => {
    expect(match([tagged, candidate(5, { tags: [id] })])).toEqual([['#2', '#5'], []]);
    expect(match([tagged], own)).toEqual([['#1', '#2'], []]);
    expect(match([noted, candidate(6, { note: id })])).toEqual([['#3', '#6'], []]);
  });

  it('what names several numbers is told where nothing else is there', () => {
    expect(match([both])).toEqual([[], ['#4']]);
    expect(match([both, noted])).toEqual([['#3'], []]);
  });

  it('what we made for another number is never meant', () => {
    const replacement = candidate(7, { customAttributes: [{ value: id }], tags: [id] }, replaced);
    expect(match([replacement])).toEqual([[], []]);
  });
});
