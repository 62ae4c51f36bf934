import { orderOfShopify } from '../db/shopify-orders.ts';
import { orderItemIdAttribute } from '../domain/draft-words.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import { readOrderNames, readPackFacts, type PackFacts } from '../shopify/read-pack-facts.ts';
import { orderPage } from '../sync/order-page.ts';
import type { Services } from '../sync/services.ts';
import { orderView, type OrderView } from '../ui/order-view.ts';
import type { Voice } from './voice.ts';

/** One line of a sheet; `asked`: the buyer wants out of it. */
export interface PackLine {
  readonly sku: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly asked: boolean;
  readonly details: readonly string[];
}

/** An order to be packed. `state`: whether it may be. `order` is null where its page could not be made. */
export interface PackOrder {
  readonly name: string;
  readonly state: 'pack' | 'some' | 'none' | 'sent' | 'unknown' | 'unread';
  readonly order: OrderView | null;
  readonly lines: readonly PackLine[];
  readonly address: readonly string[];
  readonly details: readonly string[];
}

/** States in which the whole order is on its way to be cancelled, or is. */
const ending =
  /^(undo_running|cancel_|shopify_half|cancelled_|refused_other|stop_parcel|no_refund_in_shopify|late_cancelled|reason_asked|approval)/;

/** Attributes whose facts stand in a sheet's heading, or are times as machines write them. */
const inHeading = /^(Amazon order|(Ship|Deliver) (from|by))$/;

/** Texts of what is not meant for machines alone. */
const said = (attributes: PackFacts['attributes']): string[] =>
  attributes.flatMap(({ key, value }) =>
    key.startsWith('_') || inHeading.test(key) || !value ? [] : [`${key}: ${value}`],
  );

/** What may be packed of lines of which some are struck. */
function stateOf(
  lines: readonly PackLine[],
  { whole, sent, unknown }: Readonly<Record<'whole' | 'sent' | 'unknown', boolean>>,
): PackOrder['state'] {
  const struck = lines.filter((line) => line.asked).length;
  if (whole) return 'none';
  if (sent || lines.length === 0) return 'sent';
  if (struck > 0) return struck === lines.length ? 'none' : 'some';
  return unknown ? 'unknown' : 'pack';
}

/** What is to be packed of orders. `others`: the names of those that are not known to be Amazon's. */
export interface Packing {
  readonly orders: readonly PackOrder[];
  readonly others: readonly string[];
}

/** The number in a Shopify order's global id, where its name is not known. */
const numberOf = (shopifyOrder: string): string => shopifyOrder.split('/').at(-1) ?? '';

async function packOrder(
  services: Services,
  { shop }: Voice,
  shopifyOrder: string,
  id: AmazonOrderId,
): Promise<PackOrder> {
  const page = await orderPage(services, shop, id);
  const order = page ? orderView(page.order) : null;
  const read = await readPackFacts(services.shopify(shop), shopifyOrder);
  const facts = read.ok ? read.value : null;
  if (!facts) {
    const name = order?.shopifyName ?? numberOf(shopifyOrder);
    return { name, state: 'unread', order, lines: [], address: [], details: [] };
  }
  const request = page?.request?.closedAt === null ? page.request : null;
  const open = request?.lines.filter(({ ended }) => ended === null) ?? [];
  const asked = new Set<string>(open.map(({ orderItemId }) => orderItemId));
  const whole = request?.held === 'whole' || (order !== null && ending.test(order.state));
  const lines = facts.lines
    .filter(({ unfulfilledQuantity }) => unfulfilledQuantity > 0)
    .map(({ sku, title, variantTitle, unfulfilledQuantity, customAttributes }): PackLine => {
      const item = customAttributes.find(({ key }) => key === orderItemIdAttribute)?.value ?? '';
      return {
        ...{ sku, quantity: unfulfilledQuantity, details: said(customAttributes) },
        title: variantTitle === null ? title : `${title} – ${variantTitle}`,
        // What cannot be told apart is not packed.
        asked: whole || asked.has(item) || (item === '' && open.some((line) => line.sku === sku)),
      };
    });
  const unknown = order?.request === 'unknown' || order?.state === 'amazon_unreadable';
  return {
    name: facts.name,
    state: stateOf(lines, { whole, unknown, sent: order?.amazonStatus === 'shipped' }),
    ...{ order, lines, address: facts.address, details: said(facts.attributes) },
  };
}

async function namesOf(services: Services, { shop }: Voice, others: readonly string[]): Promise<string[]> {
  if (others.length === 0) return [];
  const names = await readOrderNames(services.shopify(shop), others);
  return others.map((each) => (names.ok ? names.value.get(each) : undefined) ?? numberOf(each));
}

/**
 * Reads what is to be packed of Shopify orders (their global ids): those of which nothing may be packed come last. Nothing is
 * kept. Of an order that is not known to be Amazon's only the name is read: its buyer is none of our business.
 */
export async function packOrders(
  services: Services,
  voice: Voice,
  shopifyOrders: readonly string[],
): Promise<Packing> {
  const { shop } = voice;
  const orders: PackOrder[] = [];
  const others: string[] = [];
  // One after the other: a sheet is printed now and then, and the loop has the shop's limit to itself.
  for (const each of shopifyOrders) {
    const id = await services.db.forShop(shop, (tx) => orderOfShopify(tx, shop, each));
    if (id) orders.push(await packOrder(services, voice, each, id));
    else others.push(each);
  }
  const last = ({ state }: PackOrder) => Number(state === 'none' || state === 'sent');
  return {
    orders: orders.sort((a, b) => last(a) - last(b)),
    others: await namesOf(services, voice, others),
  };
}
