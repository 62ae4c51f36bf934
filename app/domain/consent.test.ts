import { describe, expect, it } from 'vitest';
import { appstoreStart, confirmUrl, consentUrl, type AmazonApp } from './consent.ts';
import { marketplaces } from './marketplaces.ts';

const app: AmazonApp = {
  applicationId: 'amzn1.sp.solution.1',
  draft: false,
  redirectUri: 'https://concord.example/amazon/callback',
  origin: null,
};
const at = (country: string) => {
  const found = marketplaces.find((one) => one.country === country);
  if (!found) throw new Error(country);
  return found;
};

const given = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    amazon_callback_uri: 'https://amazon.com/apps/authorize/confirm/amzn1.sp.solution.1',
    amazon_state: 'theirs',
    selling_partner_id: 'A3FHEXAMPLEYWS',
    ...more,
  });
const callback = (uri: string) => appstoreStart(given({ amazon_callback_uri: uri }), null);

describe('the page on which a seller lets the app in', () => {
  it.each([
    ['US', 'sellercentral.amazon.com'],
    ['DE', 'sellercentral-europe.amazon.com'],
    ['NL', 'sellercentral.amazon.nl'],
    ['JP', 'sellercentral.amazon.co.jp'],
  ])('SEC-3: for %s is at %s, with the state', (country, host) => {
    const url = new URL(consentUrl(app, at(country), 'ours'));
    expect([url.protocol, url.host, url.pathname]).toEqual(['https:', host, '/apps/authorize/consent']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      application_id: app.applicationId,
      redirect_uri: app.redirectUri,
      state: 'ours',
    });
  });

  it('says that the app is a draft where it is one', () => {
    const url = new URL(consentUrl({ ...app, draft: true }, at('US'), 'ours'));
    expect(url.searchParams.get('version')).toBe('beta');
  });

  it('is a stand-in’s where one takes Amazon’s place', () => {
    expect(consentUrl({ ...app, origin: 'http://127.0.0.1:1' }, at('US'), 'ours')).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/apps\/authorize\/consent\?/,
    );
  });
});

describe('a start in Amazon’s appstore', () => {
  it.each([
    'https://amazon.com/apps/authorize/confirm/amzn1.sellerapps.app.1',
    'https://sellercentral.amazon.com/apps/authorize/confirm/amzn1.sp.solution.1',
    'https://sellercentral-europe.amazon.com/apps/authorize/confirm/amzn1.sp.solution.1',
    'https://www.amazon.de/apps/authorize/confirm/amzn1.sp.solution.1',
  ])('SEC-3: is led back to %s', (uri) => {
    expect(callback(uri)).toEqual({ callbackUri: uri, amazonState: 'theirs', sellerId: 'A3FHEXAMPLEYWS' });
  });

  it.each([
    'http://amazon.com/apps/authorize/confirm/a',
    'https://amazon.com.evil.example/apps/authorize/confirm/a',
    'https://evil.example/apps/authorize/confirm/a',
    'https://evilamazon.com/apps/authorize/confirm/a',
    'https://x.amazon.com/apps/authorize/confirm/a',
    'https://amazon.com@evil.example/apps/authorize/confirm/a',
    'https://user@amazon.com/apps/authorize/confirm/a',
    'https://amazon.com:8443/apps/authorize/confirm/a',
    'https://amazon.com/apps/authorize/confirm/../../gp/redirect',
    'https://amazon.com/gp/redirect.html',
    'https://amazon.com/apps/authorize/confirm/',
    'javascript:alert(1)',
    '//amazon.com/apps/authorize/confirm/a',
    '',
  ])('SEC-3: is never led to %s', (uri) => {
    expect(callback(uri)).toBeNull();
  });

  it('SEC-3: counts only whole, with a seller that looks like one', () => {
    for (const odd of [
      { amazon_state: '' },
      { selling_partner_id: '' },
      { selling_partner_id: '<b>' },
      { amazon_state: 'x'.repeat(2_001) },
    ])
      expect(appstoreStart(given(odd), null)).toBeNull();
  });

  it('SEC-3: leads to a stand-in only where one takes Amazon’s place', () => {
    const uri = 'http://127.0.0.1:1/apps/authorize/confirm/a';
    expect(callback(uri)).toBeNull();
    expect(appstoreStart(given({ amazon_callback_uri: uri }), 'http://127.0.0.1:1')).not.toBeNull();
    expect(appstoreStart(given(), 'http://127.0.0.1:1')).toBeNull();
  });

  it('goes on with both states', () => {
    const start = callback('https://amazon.com/apps/authorize/confirm/amzn1.sp.solution.1?keep=1');
    if (!start) throw new Error('refused');
    const url = new URL(confirmUrl({ ...app, draft: true }, start, 'ours'));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      keep: '1',
      redirect_uri: app.redirectUri,
      amazon_state: 'theirs',
      state: 'ours',
      version: 'beta',
    });
  });
});
