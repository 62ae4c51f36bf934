import { expect, it } from 'vitest';
import type { AmazonRecipient } from '../domain/amazon-order.ts';
import { withoutBuyer } from './without-buyer.ts';

const recipient: AmazonRecipient = {
  name: 'Ann Example',
  company: null,
  addressLines: ['1 Main Street', '1 Main'],
  city: 'Ulm',
  district: null,
  state: 'WA',
  postalCode: '98101',
  countryCode: 'US',
  phone: '+1 206 555 0100',
  deliveryInstructions: null,
};

it('SEC-5: what a refusal quotes of a buyer is cut out, the rest stays readable', () => {
  const said = 'Phone +1 206 555 0100 of Ann Example, 1 Main Street, Ulm 98101, WA, US is invalid (phone)';
  expect(withoutBuyer(said, recipient)).toBe('Phone … of …, …, … …, WA, US is invalid (phone)');
  expect(withoutBuyer('Phone is invalid', null)).toBe('Phone is invalid');
});
