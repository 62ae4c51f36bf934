import { describe, expect, it } from 'vitest';
import type { Style } from './format.ts';
import { textsIn } from './all-texts.server.ts';
import { flatParams, sayable } from './wording.ts';

const style: Style = { language: 'en', timeZone: 'UTC', now: Date.UTC(2026, 10, 24, 12, 0) };
const { t } = textsIn('en');
const say = (key: string, params: unknown) =>
  t(key, sayable(flatParams(params), t, style)).replaceAll('\u00a0', ' ');

describe('sentences', () => {
  it('fills in money of a currency', () => {
    expect(
      say('state.totals_differ.sentence', { a: '34.90', b: '34.8', diff: '0.10', currency: 'USD' }),
    ).toBe('Amazon says 34.90 USD, Shopify says 34.80 USD: 0.10 USD apart.');
  });

  it('says "not known" for what is absent or null', () => {
    expect(say('state.totals_differ.sentence', { a: null, b: '1', currency: 'USD' })).toBe(
      'Amazon says not known, Shopify says 1.00 USD: not known apart.',
    );
  });

  it('leaves out a part whose parameter is absent', () => {
    expect(say('state.in_step.sentence', {})).toBe('Both sides agree.');
    expect(
      say('state.in_step.sentence', { looked: style.now - 40_000, shipBy: '2026-11-25T23:59:59Z' }),
    ).toBe('Both sides agree. Last look 40 sec ago. Ship by Nov 25, 23:59 UTC.');
  });

  it('translates the statuses of both sides', () => {
    expect(say('state.differs.sentence', { amazon: 'partially_shipped', shopify: 'UNFULFILLED' })).toBe(
      'Amazon says Partly shipped, Shopify says Unfulfilled.',
    );
  });

  it('counts', () => {
    expect(say('state.unlinked_lines.badge', { n: 1 })).toBe('1 unlinked SKU');
    expect(say('state.unlinked_lines.badge', { n: 2 })).toBe('2 unlinked SKUs');
  });

  it('leaves text of others as it is', () => {
    expect(say('problem.import_failed.title', { id: '1', field: 'zip', text: "it's {odd} <b>" })).toBe(
      "1 could not be created in Shopify: zip: it's {odd} <b>.",
    );
  });

  it('PRO-4: others’ words lose their full stop where the sentence has its own, and keep it nowhere twice', () => {
    const text = 'The refund amount is invalid.';
    expect(say('problem.refund_refused.title', { id: '1', text, amount: '5.00', currency: 'USD' })).toMatch(
      /“The refund amount is invalid”\.$/,
    );
    expect(say('problem.ship_refused.why', { why: 'No such carrier.' })).toBe('No such carrier.');
  });

  it('writes money, percentages and statuses in the reader’s language', () => {
    const { t: german } = textsIn('de');
    const told = (key: string, params: unknown) =>
      german(key, sayable(flatParams(params), german, { ...style, language: 'de' })).replaceAll(
        '\u00a0',
        ' ',
      );
    expect(
      told('state.totals_differ.sentence', { a: '34.90', b: '34.8', diff: '0.10', currency: 'USD' }),
    ).toBe('Amazon sagt 34,90 USD, Shopify sagt 34,80 USD: 0,10 USD Unterschied.');
    expect(told('effect.counts_yes', { rate: '0.73', value: '0.97' })).toBe(
      'Zählt in Ihrer Stornorate. Aus 0,73 % werden 0,97 %.',
    );
    expect(told('problem.sides_differ.title', { id: '1', amazon: 'shipped', shopify: 'ON_HOLD' })).toBe(
      '1: Amazon sagt Versandt, Shopify sagt Gesperrt.',
    );
    expect(
      told('problem.amazon_data_odd.title', { id: '1', what: 'absent', field: 'x', value: '1.5' }),
    ).toContain(': 1.5.');
  });
});
