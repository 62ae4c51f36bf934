import { describe, expect, it } from 'vitest';
import { createCommand } from '../../test/samples/situations.ts';
import { dispensableParts, leaveOutNext } from './leave-out.ts';

const after = (field: string, text: string, without: readonly string[] = []) =>
  leaveOutNext(createCommand({ state: 'refused', refusal: { field, text }, args: { without } }));

describe('IMP-1: what to leave out after a refusal', () => {
  it.each([
    ['order.shippingAddress.phone', 'Phone is invalid', 'phone'],
    ['order', 'Phone number is not valid', 'phone'],
    ['order.shippingAddress.provinceCode', 'Province is invalid', 'province'],
    ['order', 'State is not valid for this country', 'province'],
    ['order.poNumber', 'PO number is too long', 'poNumber'],
    ['order.customAttributes.0.value', 'Value is too long', 'attributes'],
    ['order.lineItems.0.properties.1.value', 'Value is too long', 'properties'],
    ['order.lineItems.0.variantId', 'Product variant not found', 'variants'],
    ['order.fulfillment.locationId', 'Location not found', 'location'],
    ['order.shippingAddress.country', 'Country is invalid', 'country'],
    ['shippingAddress.countryCode', 'Expected "QQ" to be one of: US', 'country'],
    ['order.shippingAddress.zip', 'Zip is invalid', 'address'],
    ['order', 'City is blank', 'address'],
  ])('%s: %s', (field, text, left) => expect(after(field, text)).toEqual([left]));

  it.each([
    ['order.lineItems.0.title', "Title can't be blank"],
    ['currency', 'Expected "XYZ" to be one of: USD'],
    ['order', 'Capacity is reached by this statement'],
    ['order', 'Shopify gave no reason.'],
  ])('nothing helps against %s: %s', (field, text) => expect(after(field, text)).toBeNull());

  it('each part is left out once, then a larger one, then nothing', () => {
    const refuse = (without: readonly string[]) =>
      after('order.shippingAddress.phone', 'Phone is invalid', without);
    expect(refuse([])).toEqual(['phone']);
    expect(refuse(['phone'])).toEqual(['phone', 'address']);
    expect(refuse(['phone', 'address'])).toBeNull();
  });

  it('a person may leave out every part that is not left out yet', () => {
    const parts = dispensableParts(createCommand({ args: { without: ['phone', 'address'] } }));
    expect(parts).toEqual([
      'province',
      'poNumber',
      'attributes',
      'properties',
      'variants',
      'location',
      'country',
    ]);
  });

  it('without a refusal there is nothing to leave out', () => {
    expect(leaveOutNext(createCommand({ state: 'refused' }))).toBeNull();
  });
});
