import type { AmazonOrder, AmazonRecipient, TimeWindow } from './amazon-order.ts';
import { openLines } from './order-draft.ts';

/**
 * What of an order may change on Amazon after it came in, each as one value: a text, or later its keyed hash, for nothing of
 * a buyer is kept to notice a change (IMP-12). Null: Amazon did not give it, or it is not known what Shopify has.
 */
export interface Prints {
  readonly address: string | null;
  readonly dates: string | null;
  readonly quantities: string | null;
}

/** What a change of is written to Shopify; quantities are only compared. */
export const carriedParts = ['address', 'dates'] as const;
export type CarriedPart = (typeof carriedParts)[number];

/** Named one by one: a field that is read additionally one day must not look like a change of every address. */
function addressText(to: AmazonRecipient | null): string | null {
  // Without a street it is not an address that was given, but what is left of one.
  if (!to || to.addressLines.length === 0) return null;
  const { name, company, addressLines, city, district, state, postalCode, countryCode, phone } = to;
  const { deliveryInstructions } = to;
  const area = [city, district, state, postalCode, countryCode];
  return JSON.stringify([name, company, addressLines, ...area, phone, deliveryInstructions]);
}

/** Amazon writes whole seconds in one place and parts of them in another. */
const second = (text: string | null): number | null =>
  text === null ? null : Math.floor(Date.parse(text) / 1000);

function datesText(...windows: readonly TimeWindow[]): string | null {
  const times = windows.flatMap(({ earliest, latest }) => [second(earliest), second(latest)]);
  return times.every((time) => time === null) ? null : JSON.stringify(times);
}

function quantitiesText(order: AmazonOrder): string | null {
  const units = openLines(order).map((line): [string, number] => [line.orderItemId, line.quantityOrdered]);
  const sorted = units.sort(([a], [b]) => (a < b ? -1 : 1));
  return order.lines.length === 0 ? null : JSON.stringify(sorted);
}

/** The values of a reading, as texts that hold buyer data: they are hashed at once. */
export function carriedTexts(order: AmazonOrder): Prints {
  return {
    address: addressText(order.recipient),
    dates: datesText(order.shipBy, order.deliverBy),
    quantities: quantitiesText(order),
  };
}
