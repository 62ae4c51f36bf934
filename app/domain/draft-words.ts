import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import { marketplace } from './marketplaces.ts';

type Pair = [name: string, value: string];
type Given = readonly (readonly [name: string, value: string | null])[];

const pairs = (given: Given): Pair[] =>
  given.flatMap(([name, value]): Pair[] => (value === null || value.trim() === '' ? [] : [[name, value]]));

/** What a line is called: its title, else its SKU, else its ASIN. Never blank, for Shopify takes no blank title. */
export function draftTitle(line: AmazonLine): string {
  const names = [line.title, line.sku, line.asin].map((name) => name?.trim() ?? '');
  return names.find((name) => name !== '') ?? 'Amazon item';
}

/** The attribute of a line in Shopify that names Amazon's line. */
export const orderItemIdAttribute = '_amazon_order_item_id';

/** What a person who packs has to know of a line (IMP-11), and Amazon's id of it. */
export function draftProperties(line: AmazonLine): Pair[] {
  return pairs([
    [orderItemIdAttribute, line.orderItemId],
    ['ASIN', line.asin],
    ['Gift wrap', line.giftWrapLevel],
    ['Gift message', line.giftMessage],
    ['Customisation', line.customizationUrl],
    ['IOSS', line.iossNumber],
    ['Amazon programmes', line.programmes.join(', ')],
  ]);
}

const attributes: readonly (readonly [name: string, of: (order: AmazonOrder) => string | null])[] = [
  ['Amazon order', ({ id }) => id],
  [
    'Marketplace',
    ({ marketplaceId, marketplaceName }) =>
      marketplaceName ?? marketplace(marketplaceId)?.name ?? marketplaceId,
  ],
  ['Ship from', ({ shipBy }) => shipBy.earliest],
  ['Ship by', ({ shipBy }) => shipBy.latest],
  ['Deliver from', ({ deliverBy }) => deliverBy.earliest],
  ['Deliver by', ({ deliverBy }) => deliverBy.latest],
  ['Service level', ({ serviceLevel }) => serviceLevel],
  ['Amazon programmes', ({ programmes }) => programmes.join(', ')],
  ['Replacement for', ({ replacementFor }) => replacementFor],
  ['Business order number', ({ businessOrderNumber }) => businessOrderNumber],
  ['IOSS', ({ lines }) => lines.find((line) => line.iossNumber)?.iossNumber ?? null],
  ['Delivery instructions', ({ recipient }) => recipient?.deliveryInstructions ?? null],
];

/** The names of all attributes that are ours. */
export const attributeNames: readonly string[] = attributes.map(([name]) => name);

/** Of these the ones that show a part which may change on Amazon later. */
export const attributesOf = {
  address: ['Delivery instructions'],
  dates: ['Ship from', 'Ship by', 'Deliver from', 'Deliver by'],
} as const;

/** What staff have to know of the whole order (IMP-1, IMP-11). Times are Amazon's ISO 8601 UTC texts. */
export function draftAttributes(order: AmazonOrder): Pair[] {
  return pairs(attributes.map(([name, of]) => [name, of(order)]));
}
