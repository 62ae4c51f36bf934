import { describe, expect, it } from 'vitest';
import { areaOf } from './country.ts';

describe('IMP-1: country and state in fields that Shopify takes', () => {
  it.each([
    ['US', 'NV', { countryCode: 'US', provinceCode: 'NV' }],
    ['us', 'nv', { countryCode: 'US', provinceCode: 'NV' }],
    [' us ', ' NV ', { countryCode: 'US', provinceCode: 'NV' }],
    ['AU', 'NSW', { countryCode: 'AU', provinceCode: 'NSW' }],
    ['GB', 'Kent', { countryCode: 'GB', province: 'Kent' }],
    ['FR', 'Var', { countryCode: 'FR', province: 'Var' }],
    ['JP', '東京都', { countryCode: 'JP', province: '東京都' }],
    ['UK', null, { countryCode: 'GB' }],
    ['PR', null, { countryCode: 'US', provinceCode: 'PR' }],
    ['GU', 'Guam', { countryCode: 'US', provinceCode: 'GU' }],
    ['ZZ', null, { countryCode: 'ZZ' }],
    ['QQ', 'XX', { country: 'QQ', province: 'XX' }],
    ['AQ', null, { country: 'AQ' }],
    ['Deutschland', 'BE', { country: 'Deutschland', province: 'BE' }],
    ['', 'NV', { province: 'NV' }],
    [null, null, {}],
  ])('%j with state %j', (country, state, area) => {
    expect(areaOf(country, state, true)).toEqual(area);
  });

  it('a state whose code was refused is tried as text', () => {
    expect(areaOf('US', 'NV', false)).toEqual({ countryCode: 'US', province: 'NV' });
    expect(areaOf('PR', null, false)).toEqual({ countryCode: 'US', province: 'PR' });
  });
});
