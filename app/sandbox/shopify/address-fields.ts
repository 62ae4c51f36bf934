import { countryCode, countryName } from './countries.ts';
import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import type { AddressRecord } from './records.ts';

/** `MailingAddressInput` as it arrives. */
export interface AddressInput {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly company?: string | null;
  readonly address1?: string | null;
  readonly address2?: string | null;
  readonly city?: string | null;
  readonly province?: string | null;
  readonly provinceCode?: string | null;
  readonly country?: string | null;
  readonly countryCode?: string | null;
  readonly zip?: string | null;
  readonly phone?: string | null;
}

/** Stores an address as it was given; blank texts count as none. */
export function readAddress(
  input: AddressInput | null | undefined,
  newId: (type: string) => bigint,
): AddressRecord | null {
  if (input == null) return null;
  const text = (value: string | null | undefined): string | null =>
    value == null || value.trim() === '' ? null : value;
  const code = text(input.countryCode) ?? countryCode(text(input.country));
  return {
    id: newId('MailingAddress'),
    firstName: text(input.firstName),
    lastName: text(input.lastName),
    company: text(input.company),
    address1: text(input.address1),
    address2: text(input.address2),
    city: text(input.city),
    province: text(input.province) ?? text(input.provinceCode),
    provinceCode: text(input.provinceCode),
    country: countryName(code) ?? text(input.country),
    countryCode: code,
    zip: text(input.zip),
    phone: text(input.phone),
  };
}

/** First and last name in one; null where there is none. */
export function fullName(address: AddressRecord): string | null {
  const name = [address.firstName, address.lastName].filter((part) => part !== null).join(' ');
  return name === '' ? null : name;
}

/** An address as GraphQL shows it. */
export function addressFields(address: AddressRecord): Source {
  const area = [address.city, address.province, address.country].filter((part) => part !== null);
  return {
    __typename: 'MailingAddress',
    id: gid('MailingAddress', address.id),
    firstName: address.firstName,
    lastName: address.lastName,
    name: fullName(address),
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.province,
    provinceCode: address.provinceCode,
    country: address.country,
    countryCode: address.countryCode,
    countryCodeV2: address.countryCode,
    zip: address.zip,
    phone: address.phone,
    coordinatesValidated: false,
    latitude: null,
    longitude: null,
    formattedArea: area.length === 0 ? null : area.join(', '),
    formatted: [
      fullName(address),
      address.company,
      address.address1,
      address.address2,
      [address.city, address.provinceCode, address.zip].filter((part) => part !== null).join(' '),
      address.country,
    ].filter((part) => part !== null && part !== ''),
  };
}
