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

/** What staff have to know of the whole order (IMP-1, IMP-11). Times are Amazon's ISO 8601 UTC texts. */
export function draftAttributes(order: AmazonOrder): Pair[] {
  return pairs([
    ['Amazon order', order.id],
    ['Marketplace', order.marketplaceName ?? marketplace(order.marketplaceId)?.name ?? order.marketplaceId],
    ['Ship from', order.shipBy.earliest],
    ['Ship by', order.shipBy.latest],
    ['Deliver from', order.deliverBy.earliest],
    ['Deliver by', order.deliverBy.latest],
    ['Service level', order.serviceLevel],
    ['Amazon programmes', order.programmes.join(', ')],
    ['Replacement for', order.replacementFor],
    ['Business order number', order.businessOrderNumber],
    ['IOSS', order.lines.find((line) => line.iossNumber)?.iossNumber ?? null],
    ['Delivery instructions', order.recipient?.deliveryInstructions ?? null],
  ]);
}
