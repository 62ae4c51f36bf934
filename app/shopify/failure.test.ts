import { describe, expect, it } from 'vitest';
import { now, setClock } from '../lib/clock.ts';
import { failureOfErrors, failureOfNetwork, failureOfStatus, provablyNotDone } from './failure.ts';

setClock(Date.UTC(2026, 10, 21), 0);
const caused = (cause: unknown) => new TypeError('fetch failed', { cause });
const coded = (code: string) => Object.assign(new Error(code), { code });

describe('PRO-4: how a call to Shopify failed', () => {
  it.each([
    [400, 'final'],
    [401, 'reconnect'],
    [402, 'reconnect'],
    [403, 'reconnect'],
    [404, 'reconnect'],
    [406, 'final'],
    [413, 'final'],
    [422, 'final'],
    [423, 'reconnect'],
    [429, 'retry'],
    [500, 'unsure'],
    [502, 'unsure'],
    [503, 'unsure'],
    [504, 'unsure'],
  ])('status %i is %s', (status, kind) => {
    expect(failureOfStatus(status)).toMatchObject({ kind, code: `http_${String(status)}` });
  });

  it('a limit says when to come back', () => {
    const at = now() + 2000;
    expect(failureOfStatus(429)).toMatchObject({ at });
    expect(
      failureOfErrors([{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], false),
    ).toMatchObject({ kind: 'retry', at });
  });

  it.each([
    ['INVALID_VARIABLE', false, 'final'],
    ['ACCESS_DENIED', false, 'final'],
    ['MAX_COST_EXCEEDED', false, 'final'],
    [undefined, false, 'final'],
    ['ACCESS_DENIED', true, 'unsure'],
    [undefined, true, 'unsure'],
    ['INTERNAL_SERVER_ERROR', false, 'unsure'],
    ['TIMEOUT', false, 'unsure'],
  ])('IMP-5: error %s, with data: %s, is %s', (code, executed, kind) => {
    const errors = [{ message: 'Words', extensions: code === undefined ? {} : { code } }];
    expect(failureOfErrors(errors, executed)).toMatchObject({
      kind,
      code: code ?? 'graphql',
      sentence: 'Words',
    });
  });

  it('an error without words, and one with too many', () => {
    expect(failureOfErrors([], false).sentence).toMatch(/no reason/);
    expect(failureOfErrors([{ message: 'x'.repeat(9999) }], false).sentence).toHaveLength(300);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'IMP-5: %s: no connection, surely not done',
    (code) => {
      const failure = failureOfNetwork(caused(coded(code)));
      expect(failure).toMatchObject({ kind: 'retry', code, at: null });
      expect(provablyNotDone(failure)).toBe(true);
    },
  );

  it.each([
    caused(coded('ECONNRESET')),
    caused(coded('UND_ERR_SOCKET')),
    caused(coded('UND_ERR_HEADERS_TIMEOUT')),
    new DOMException('slow', 'TimeoutError'),
    new TypeError('terminated'),
    'what',
  ])('IMP-5: a connection that broke leaves it unsure: %s', (error) => {
    const failure = failureOfNetwork(error);
    expect(failure.kind).toBe('unsure');
    expect(provablyNotDone(failure)).toBe(false);
  });

  it('IMP-5: a refused grant was surely not done either; a refusal of the input is no such thing', () => {
    expect(provablyNotDone(failureOfStatus(401))).toBe(true);
    expect(provablyNotDone(failureOfStatus(400))).toBe(false);
  });
});
