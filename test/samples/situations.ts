import { createOrderKey, type Command } from '../../app/domain/command.ts';
import type { AmazonReading, Situation } from '../../app/domain/decide.ts';
import { settingsSchema } from '../../app/domain/settings.ts';
import type { ShopifyOrder, ShopifyReading } from '../../app/domain/shopify-order.ts';
import { foundOrder, lamp, orderedAt, orderId, orderOf } from './orders.ts';

/** Now, in the samples: an hour after the sample order was made. */
export const sampleNow = orderedAt + 3_600_000;

/** Amazon shows the sample order, changed as given. */
export const amazonShows = (changes: Parameters<typeof orderOf>[0] = {}): AmazonReading => ({
  kind: 'read',
  startedAt: sampleNow - 1000,
  order: orderOf(changes),
});

/** Amazon shows the sample order without a time to ship by, so that nothing is due because of it. */
export const amazonShowsAnyTime = (changes: Parameters<typeof orderOf>[0] = {}): AmazonReading =>
  amazonShows({ shipBy: { earliest: null, latest: null }, ...changes });

/** Shopify shows these: the order that is linked, and what both look-ups found. */
export const shopifyShows = (
  linked: ShopifyOrder | null = null,
  found: readonly ShopifyOrder[] | null = [],
): ShopifyReading => ({
  kind: 'read',
  startedAt: sampleNow - 500,
  linked,
  found,
  unclear: [],
  handling: null,
  books: null,
  cancelJob: null,
});

/** The sample order's create, changed as given. */
export function createCommand(changes: Partial<Command<'create_order'>> = {}): Command<'create_order'> {
  return {
    id: '1',
    key: createOrderKey(orderId),
    kind: 'create_order',
    state: 'planned',
    attempt: 1,
    args: { without: [] },
    sentAt: null,
    endedAt: null,
    refusal: null,
    notBefore: null,
    provedAt: null,
    job: null,
    ...changes,
  };
}

export const unlinked = {
  amazonOrderId: orderId,
  shopifyOrderId: null,
  shopifyName: null,
  adopted: false,
  stockTaken: true,
} as const;
export const toOwn = { ...unlinked, shopifyOrderId: foundOrder().id, shopifyName: '#1001' } as const;

/** The sample order, new: Amazon shows it, Shopify does not, nothing was sent. */
export function situationOf(changes: Partial<Situation> = {}): Situation {
  return {
    link: unlinked,
    amazon: amazonShows(),
    shopify: shopifyShows(),
    skus: new Map([['LAMP', lamp]]),
    prints: null,
    commands: [],
    requests: [],
    claims: [],
    choices: [],
    moves: [],
    financesUntil: null,
    facts: [],
    quiet: [],
    installedAt: 0,
    remembered: null,
    settings: settingsSchema.parse({}),
    shop: { currencies: ['USD'], readsAllOrders: true },
    crowded: false,
    importFrom: 0,
    wantedAt: null,
    failures: 0,
    now: sampleNow,
    ...changes,
  };
}
