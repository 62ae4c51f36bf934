import type { AmazonPackage, AmazonRecipient } from '../domain/amazon-order.ts';
import { amazonOrderItemId } from '../domain/ids.ts';
import { readId } from './reading.ts';
import type { Reading } from './reading.ts';
import type { RawOrder, RawParcel } from './schema.ts';

/** The address for the label; null where Amazon gave none. */
export function toRecipient(reading: Reading, raw: RawOrder): AmazonRecipient | null {
  const address = raw.recipient?.deliveryAddress;
  if (!address) return null;
  const preference = raw.recipient?.deliveryPreference;
  const path = 'recipient.deliveryAddress';
  const of = (name: Exclude<keyof typeof address, 'extendedFields'>) =>
    reading.text(address[name], `${path}.${name}`);
  const municipality = of('municipality');
  const instructions = [
    reading.text(preference?.dropOffLocation, 'recipient.deliveryPreference.dropOffLocation'),
    reading.text(preference?.addressInstruction, 'recipient.deliveryPreference.addressInstruction'),
  ].filter((text) => text !== null);
  return {
    name: of('name'),
    company: of('companyName'),
    addressLines: [of('addressLine1'), of('addressLine2'), of('addressLine3')].filter(
      (line) => line !== null,
    ),
    city: of('city') ?? municipality,
    district:
      of('districtOrCounty') ??
      municipality ??
      reading.text(address.extendedFields?.neighborhood, `${path}.extendedFields.neighborhood`),
    state: of('stateOrRegion'),
    postalCode: of('postalCode'),
    countryCode: of('countryCode'),
    phone: of('phone'),
    deliveryInstructions: instructions.length === 0 ? null : instructions.join('\n'),
  };
}

function packageOf(reading: Reading, raw: RawParcel, field: string): AmazonPackage[] {
  const reference = readId(raw.packageReferenceId);
  if (reference === null) {
    reading.odd(`${field}.packageReferenceId`, 'absent');
    return [];
  }
  const items = (raw.packageItems ?? []).flatMap((item, i) => {
    const id = readId(item?.orderItemId);
    const quantity = reading.count(item?.quantity, `${field}.packageItems[${i}].quantity`);
    return id === null || quantity === null ? [] : [{ orderItemId: amazonOrderItemId(id), quantity }];
  });
  return [
    {
      reference,
      carrier: reading.text(raw.carrier, `${field}.carrier`),
      trackingNumber: reading.text(raw.trackingNumber, `${field}.trackingNumber`),
      shippedAt: reading.time(raw.shipTime, `${field}.shipTime`) === null ? null : (raw.shipTime ?? null),
      status: reading.text(raw.packageStatus?.status, `${field}.packageStatus.status`),
      items,
    },
  ];
}

/** The parcels Amazon knows of; one without a reference is odd and left out. */
export function toPackages(reading: Reading, raw: RawOrder['packages']): AmazonPackage[] {
  return (raw ?? []).flatMap((one, i) => (one ? packageOf(reading, one, `packages[${i}]`) : []));
}
