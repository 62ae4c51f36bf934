import { describe, expect, it } from 'vitest';
import { deadlinePassed, sortAnswer, sortLogin, sortThrown, toldRate } from './failure.ts';
import type { RawAnswer } from './failure.ts';

const errors = (code: string, message = '', details = '') =>
  JSON.stringify({ errors: [{ code, message, details }] });
const answer = (status: number, body: string): RawAnswer => ({ status, body, rateHeader: null });
const plain = { operation: 'orders.searchOrders', paged: false };
const paged = { operation: 'orders.searchOrders', paged: true };

describe('sortAnswer', () => {
  it.each([
    [400, errors('InvalidInput', 'Invalid Input'), 'failed', 'final', 'invalid_input'],
    [400, errors('InvalidInput', 'FULFILLMENT is not supported'), 'data_refused', 'final', 'data_refused'],
    [401, errors('Unauthorized', 'Access denied'), 'stale_token', 'reconnect', 'token_refused'],
    [
      403,
      errors('Unauthorized', '', 'The access token you provided has expired.'),
      'stale_token',
      'reconnect',
      'token_refused',
    ],
    [
      403,
      errors('Unauthorized', '', 'The access token you provided is revoked, malformed or invalid.'),
      'stale_token',
      'reconnect',
      'token_refused',
    ],
    [
      403,
      errors('Unauthorized', '', "The seller's authorization of this application has expired."),
      'stale_token',
      'reconnect',
      'token_refused',
    ],
    [
      403,
      errors('AccessDenied', 'Access to requested resource is denied.'),
      'data_refused',
      'final',
      'data_refused',
    ],
    [
      403,
      errors('Unauthorized', 'Access to requested resource is denied.'),
      'data_refused',
      'final',
      'data_refused',
    ],
    [403, '<html>blocked</html>', 'failed', 'retry', 'bad_answer'],
    [404, errors('NotFound', 'gone'), 'failed', 'final', 'not_found'],
    [408, '', 'failed', 'retry', 'service_error'],
    [413, errors('RequestTooLarge'), 'failed', 'final', 'refused'],
    [415, errors('UnsupportedMediaType'), 'failed', 'final', 'refused'],
    [429, errors('QuotaExceeded', 'You exceeded your quota.'), 'failed', 'retry', 'throttled'],
    [500, errors('InternalFailure'), 'failed', 'retry', 'service_error'],
    [501, errors('NotImplemented'), 'failed', 'retry', 'service_error'],
    [503, '<html><h1>Service Unavailable</h1></html>', 'failed', 'retry', 'service_error'],
    [200, '{"orders":[', 'failed', 'retry', 'bad_answer'],
    [200, '<html></html>', 'failed', 'retry', 'bad_answer'],
    [200, 'null', 'failed', 'retry', 'bad_answer'],
    [302, '', 'failed', 'retry', 'bad_answer'],
  ])('PRO-4: %i %s is %s, %s %s', (status, body, is, kind, code) => {
    expect(sortAnswer(plain, answer(status, body), 5)).toMatchObject({ is, failure: { kind, code } });
  });

  it('gives the body of a good answer', () => {
    expect(sortAnswer(plain, answer(200, '{"orders":[]}'), null)).toEqual({
      is: 'body',
      body: { orders: [] },
    });
  });

  it('PRO-4: a 400 for a further page means that its token has ended', () => {
    const verdict = sortAnswer(paged, answer(400, errors('InvalidInput', 'Invalid Input')), null);
    expect(verdict).toMatchObject({ failure: { kind: 'final', code: 'page_token' } });
  });

  it('PRO-5: a throttled call tells when it may come again', () => {
    const verdict = sortAnswer(plain, answer(429, errors('QuotaExceeded')), 1234);
    expect(verdict).toMatchObject({ failure: { kind: 'retry', at: 1234 } });
  });

  it('names the data that was refused', () => {
    const body = errors('AccessDenied', 'denied', 'includedData BUYER and TAX are not allowed.');
    expect(sortAnswer(plain, answer(403, body), null)).toMatchObject({ named: ['BUYER', 'TAX'] });
  });

  it('SEC-2: a sentence never holds anything as long as a token, nor control characters', () => {
    const token = `Atza|${'x'.repeat(300)}`;
    const body = errors('InvalidInput', `bad\r\n\u0000 ${token}`, 'y'.repeat(5000));
    const verdict = sortAnswer(plain, answer(400, body), null);
    expect(JSON.stringify(verdict)).not.toContain('xxxx');
    expect(verdict).toMatchObject({
      failure: { sentence: 'Amazon answered orders.searchOrders with 400 (InvalidInput: bad … …).' },
    });
  });
});

describe('what was thrown', () => {
  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ENOTFOUND',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'HPE_INVALID_CONSTANT',
    'CERT_HAS_EXPIRED',
  ])('PRO-4: %s is retry', (code) => {
    const failure = sortThrown('orders.getOrder', Object.assign(new Error('secret'), { code }));
    expect(failure).toMatchObject({ kind: 'retry', code: 'network', at: null });
    expect(failure?.sentence).not.toContain('secret');
  });

  it.each([
    new TypeError('bug'),
    'text',
    undefined,
    Object.assign(new Error('bug'), { code: 'ERR_INVALID_ARG_TYPE' }),
  ])('leaves a bug a bug: %s', (error) => {
    expect(sortThrown('orders.getOrder', error)).toBeNull();
    expect(sortLogin(error)).toBeNull();
  });

  it.each([
    ['invalid_grant', 'reconnect', 'grant_lost'],
    ['unauthorized_client', 'reconnect', 'grant_lost'],
    ['invalid_client', 'retry', 'app_credentials'],
    ['server_error', 'retry', 'login_error'],
    ['REFRESH_ACCESS_TOKEN_PARSE_ERROR', 'retry', 'login_error'],
    ['UNKNOWN_REFRESH_ACCESS_TOKEN_ERROR', 'retry', 'login_error'],
    ['ECONNRESET', 'retry', 'network'],
  ])('PRO-4, SEC-2: a login that fails with %s is %s %s', (code, kind, expected) => {
    const failure = sortLogin({ code, message: 'Atzr|refresh' });
    expect(failure).toMatchObject({ kind, code: expected });
    expect(failure?.sentence).not.toContain('Atzr');
  });

  it('PRO-4: a passed deadline is retry', () => {
    expect(sortThrown('x', { code: 'API_DEADLINE_TIMEOUT' })).toMatchObject({
      kind: 'retry',
      code: 'deadline',
    });
    expect(deadlinePassed('orders.getOrder', 30_000)).toMatchObject({ kind: 'retry', code: 'deadline' });
  });
});

describe('toldRate', () => {
  it.each([
    ['0.0056', 0.0056],
    ['', null],
    [null, null],
    ['fast', null],
    ['0', null],
    ['-1', null],
  ])('PRO-5: reads %s as %s', (rateHeader, rate) => {
    expect(toldRate({ status: 200, body: '', rateHeader })).toBe(rate);
  });
});
