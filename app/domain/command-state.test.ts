import { describe, expect, it } from 'vitest';
import { commandEvents, nextState } from './command-state.ts';
import { commandStates, createEffectMs, createOrderKey, whenUnsure } from './command.ts';
import { amazonOrderId } from './ids.ts';

/** One row a state, one column an event, in the order of `columns`; a dash: only a bug could bring it. */
const columns =
  'claimed answered_yes answered_no answer_lost not_done seen not_seen recalled replaced replanned failed_later'.split(
    ' ',
  );
const expected: Readonly<Record<string, string>> = {
  planned: 'sending - - - - confirmed planned withdrawn superseded planned -',
  sending: 'sending accepted refused unsure planned confirmed unsure withdrawn - - -',
  unsure: 'sending - - unsure - confirmed unsure withdrawn - planned refused',
  accepted: '- - - - - confirmed accepted - - planned refused',
  confirmed: '- - - - - confirmed confirmed - - - -',
  refused: 'sending - - - - confirmed refused withdrawn superseded planned -',
  withdrawn: 'sending - - - - confirmed withdrawn withdrawn withdrawn planned -',
  superseded: '- - - - - confirmed superseded superseded superseded - -',
};

describe('PRO-3: states of a command', () => {
  it('the table here names every state and every event', () => {
    expect(Object.keys(expected)).toEqual([...commandStates]);
    expect(columns).toEqual([...commandEvents]);
  });

  const cells = commandStates.flatMap((state) =>
    commandEvents.map((event, i) => [state, event, (expected[state] ?? '').split(' ')[i]] as const),
  );

  it.each(cells)('%s, %s: %s', (state, event, next) => {
    if (next === '-') expect(() => nextState(state, event)).toThrow(`${state} cannot be ${event}`);
    else expect(nextState(state, event)).toBe(next);
  });

  it('IMP-5: what was seen is confirmed in every state, and nothing leaves that', () => {
    for (const state of commandStates) expect(nextState(state, 'seen')).toBe('confirmed');
    expect(new Set((expected['confirmed'] ?? '').split(' '))).toEqual(new Set(['-', 'confirmed']));
  });

  it('IMP-5: only what was never sent, lost, refused or withdrawn can be claimed', () => {
    const claimable = commandStates.filter((_, i) => expected[commandStates[i] ?? '']?.startsWith('sending'));
    expect(claimable).toEqual(['planned', 'sending', 'unsure', 'refused', 'withdrawn']);
  });
});

describe('IMP-5: what unsure means', () => {
  it('every kind of write says it; what would be done twice is looked for first', () => {
    const look = { then: 'look', forMs: createEffectMs };
    const { create_order, cancel_amazon, refund_amazon, cancel_shopify, fulfil_shopify, ...others } =
      whenUnsure;
    for (const policy of [create_order, cancel_amazon, cancel_shopify, fulfil_shopify])
      expect(policy).toEqual(look);
    expect(createEffectMs).toBe(600_000);
    // REF-3: time alone never lets a refund go out again.
    expect(refund_amazon).toEqual({ then: 'look', forMs: Infinity });
    for (const policy of Object.values(others)) expect(policy).toEqual({ then: 'repeat' });
  });

  it('a create has one key for ever, made of its order alone', () => {
    expect(createOrderKey(amazonOrderId('902-1-1'))).toBe('create_order:902-1-1');
  });
});
