import type { AmazonRecipient } from '../domain/amazon-order.ts';
import type { Dispensable } from '../domain/leave-out.ts';
import { areaOf } from './country.ts';
import { cut } from './cut.ts';

type Json = Record<string, unknown>;
/** Whether a part that Shopify may refuse goes along. */
export type Keep = (name: Dispensable) => boolean;

/** The last word is the last name; a single word is the last name too. */
function nameInput(name: string | null): Json {
  const text = name?.trim() ?? '';
  const [, first, last] = /^(.*\S)\s+(\S+)$/su.exec(text) ?? [];
  return first === undefined ? { lastName: text } : { firstName: first, lastName: last };
}

/** Where the parcel goes, as `MailingAddressInput`; what is blank is left out. */
export function addressInput(to: AmazonRecipient, keep: Keep): Json {
  const [address1, ...more] = [...to.addressLines, ...(to.district ? [to.district] : [])];
  const area = areaOf(to.countryCode, to.state, keep('province'));
  // Where Shopify takes the country in no field the carrier still has to see it.
  if (!keep('country') && to.countryCode !== null) more.push(to.countryCode);
  const { countryCode, country, ...state } = area;
  const given: Json = {
    ...nameInput(to.name),
    company: to.company,
    address1,
    address2: more.join(', '),
    city: to.city,
    zip: to.postalCode,
    ...(keep('country') ? area : state),
    phone: keep('phone') ? to.phone : null,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const text = typeof value === 'string' ? cut(value.trim()) : '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}
