import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { currencyDecimals } from './money.ts';
import { marketplace, marketplaces, orderUrl, regionOf } from './marketplaces.ts';

const facts = '../shared/data/marketplaces.json';

describe('the marketplace table', () => {
  it('IMP-3: has the decimals that each currency has', () => {
    for (const row of marketplaces)
      expect([row.id, row.decimals]).toEqual([row.id, currencyDecimals(row.currency)]);
  });

  it('names time zones that exist', () => {
    for (const { timeZone } of marketplaces) if (timeZone) new Intl.DateTimeFormat('en', { timeZone });
  });

  it('IMP-1: links an order in Seller Central, also where the page was never seen', () => {
    expect(orderUrl('ATVPDKIKX0DER', '1-2')).toBe('https://sellercentral.amazon.com/orders-v3/order/1-2');
    expect(orderUrl('A1C3SOZRARQ6R3', 'a/b')).toBe('https://sellercentral.amazon.pl/orders-v3/order/a%2Fb');
    expect(orderUrl('A2Q3Y263D00KWC', "$'")).toBe("https://sellercentral.amazon.com.br/orders-v3/order/%24'");
  });

  it('an unknown marketplace has no row, no link and no region', () => {
    expect([marketplace('X'), marketplace(null), orderUrl('X', '1'), regionOf('X')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(regionOf('A1VC38T7YXB528')).toBe('fe');
  });

  it.skipIf(!existsSync(facts))('says what the gathered facts say', () => {
    const rows = JSON.parse(readFileSync(facts, 'utf8')) as Record<string, unknown>[];
    const names: Readonly<Record<string, string>> = { country: 'isoCountry', decimals: 'currencyDecimals' };
    const gathered = marketplaces.map(({ refundTax: _, cancelReasonsRefused: __, ...row }) => row);
    const expected = rows.map((row) =>
      Object.fromEntries(Object.keys(gathered[0] ?? {}).map((key) => [key, row[names[key] ?? key]])),
    );
    expect(gathered).toEqual(expected);
  });

  it('REF-1: only Japan is known to refund without a tax of its own', () => {
    expect(marketplaces.filter((row) => row.refundTax === 'in_principal').map((row) => row.country)).toEqual([
      'JP',
    ]);
  });
});
