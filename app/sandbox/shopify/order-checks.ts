import type { AddressInput } from './address-fields.ts';
import { countryCode } from './countries.ts';
import type { OrderInput } from './order-input.ts';
import type { Reading } from './order-lines.ts';
import { cleanTags, tagProblem } from './tags.ts';
import { textLength } from './text-length.ts';
import { path } from './user-errors.ts';
import type { Call } from './world.ts';

const protectedSources = new Set(['web', 'pos', 'shopify_draft_order', 'iphone', 'android']);
const longest = { note: 5000, address: 255 };

type Refuse = (field: readonly string[], message: string, code?: string) => void;

function checkAddress(address: AddressInput | null | undefined, which: string, refuse: Refuse): void {
  for (const [key, value] of Object.entries(address ?? {}))
    if (typeof value === 'string' && textLength(value) > longest.address)
      refuse([which, key], `${key} is too long (maximum is ${String(longest.address)} characters)`);
  if (address?.country != null && countryCode(address.country) === null)
    refuse([which, 'country'], 'Country is invalid');
}

function checkSwitched(call: Call, input: OrderInput, reading: Reading, refuse: Refuse): void {
  const { behaviour } = call.world.parts;
  const future = input.processedAt != null && Date.parse(input.processedAt) > reading.now;
  if (future && behaviour.get('shopify.processed-at-in-future') === 'rejects')
    refuse(['processedAt'], 'Processed at must not be in the future', 'PROCESSED_AT_INVALID');
  const foreign = !call.shop.presentmentCurrencies.includes(reading.currency);
  if (foreign && behaviour.get('shopify.currency-not-enabled') === 'rejects')
    refuse(['currency'], 'Currency is not enabled for this shop');
}

/** Checks what of an order needs no look at its lines; what is wrong goes to the reading's errors. */
export function checkPlainFields(call: Call, input: OrderInput, reading: Reading): void {
  const refuse: Refuse = (field, message, code = 'INVALID') => {
    reading.errors.push({ field: path('order', ...field), message, code });
  };
  const lines = input.lineItems ?? [];
  if (lines.length === 0) refuse(['lineItems'], 'Line items must have at least one line item');
  if (input.sourceName != null && protectedSources.has(input.sourceName.toLowerCase()))
    refuse(['sourceName'], 'Source name is a protected value');
  const lineTaxes = [...lines, ...(input.shippingLines ?? [])].flatMap((one) => one.taxLines ?? []);
  if (lineTaxes.length > 0 && (input.taxLines ?? []).length > 0)
    refuse(['taxLines'], 'Tax lines can be specified on the order or on the line items, but not both');
  const tags = tagProblem(cleanTags(input.tags ?? []));
  if (tags !== null) refuse(['tags'], tags);
  if (textLength(input.note ?? '') > longest.note)
    refuse(['note'], `Note is too long (maximum is ${String(longest.note)} characters)`);
  checkAddress(input.shippingAddress, 'shippingAddress', refuse);
  checkAddress(input.billingAddress, 'billingAddress', refuse);
  checkSwitched(call, input, reading, refuse);
}
