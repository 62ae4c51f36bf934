import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amazonOrderId } from './ids.ts';
import { permission, unknownProgrammes } from './programmes.ts';
import type { ProgrammeAction } from './programmes.ts';

const plain = { programmes: [], fulfilledBy: 'merchant', replacementFor: null, lines: [] } as const;
const actions: readonly ProgrammeAction[] = ['mark', 'cancel', 'ship', 'refund'];
const all = (order: Parameters<typeof permission>[0]) =>
  actions.map((action) => permission(order, action)).join(' ');

describe('IMP-13: programmes', () => {
  it.each([
    [[], 'yes yes yes yes'],
    [['AMAZON_BUSINESS'], 'yes yes yes yes'],
    [['PRIME'], 'yes yes ask yes'],
    [['AMAZON_EASY_SHIP'], 'yes ask ask ask'],
    [['IN_STORE_PICK_UP'], 'yes ask no ask'],
    [['PRIME', 'FBM_SHIP_PLUS'], 'yes ask no ask'],
    [['NEVER_SEEN'], 'yes no no no'],
    [['constructor'], 'yes no no no'],
    [['AMAZON_BUSINESS', 'AMAZON_HAUL'], 'yes no no no'],
  ])('%j allows to mark, cancel, ship, refund: %s', (programmes, expected) => {
    expect(all({ ...plain, programmes })).toBe(expected);
  });

  it('a programme of a line counts as one of the order', () => {
    const lines = [{ programmes: [] }, { programmes: ['TRANSPARENCY'] }];
    expect(all({ ...plain, lines })).toBe('yes yes ask yes');
  });

  it('IMP-6: what Amazon fulfils is only marked, and so is what nobody is known to fulfil', () => {
    expect(all({ ...plain, fulfilledBy: 'amazon' })).toBe('yes no no no');
    expect(all({ ...plain, fulfilledBy: 'unknown' })).toBe('yes no no no');
  });

  it('a replacement has nothing to refund', () => {
    expect(all({ ...plain, replacementFor: amazonOrderId('1') })).toBe('yes yes yes no');
  });

  it('names unknown programmes once', () => {
    const lines = [{ programmes: ['NEW', 'TRANSPARENCY'] }];
    expect(unknownProgrammes({ ...plain, programmes: ['PRIME', 'NEW', 'OTHER'], lines })).toEqual([
      'NEW',
      'OTHER',
    ]);
  });

  const facts = '../shared/data/programmes.json';
  it.skipIf(!existsSync(facts))('allows nothing that the gathered facts forbid', () => {
    const rows = JSON.parse(readFileSync(facts, 'utf8')) as {
      detect: { v2026?: string };
      allow: Record<'cancelByFeed' | 'confirmShipment' | 'refundByFeed', unknown>;
    }[];
    for (const { detect, allow } of rows) {
      const name = /(?:programs has) ([A-Z_]+)/.exec(detect.v2026 ?? '')?.[1];
      if (name === undefined) continue;
      const order = { ...plain, programmes: [name] };
      const fits = (action: ProgrammeAction, fact: unknown) =>
        expect([name, action, permission(order, action) === 'yes']).toEqual([name, action, fact === true]);
      fits('cancel', allow.cancelByFeed);
      fits('ship', allow.confirmShipment);
      fits('refund', allow.refundByFeed);
    }
  });
});
