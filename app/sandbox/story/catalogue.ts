import type { LineSpec, Marketplace } from './make-order.ts';

/** Products of the demo shop. */
export const products = [
  { sku: 'MUG-BLUE', title: 'Mug, blue', price: '14.95', inventory: 10 },
  { sku: 'MUG-RED', title: 'Mug, red', price: '14.95', inventory: 10 },
  { sku: 'TEAPOT-1L', title: 'Teapot, 1 litre', price: '39.00', inventory: 10 },
];

/** A product that a third party keeps and sends, so that its warehouse has to be asked to stop. */
export const warehouseProduct = {
  ...{ sku: 'CLOCK-WALL', title: 'Wall clock', price: '29.00', inventory: 10 },
  ...{ location: 'Northside Warehouse', fulfillmentService: true },
};

/** Marketplaces on which the story's orders are placed. */
export const marketplaces = {
  us: {
    id: 'ATVPDKIKX0DER',
    name: 'Amazon.com',
    currency: 'USD',
    decimals: 2,
    buyer: 'Dana Whitfield',
    address: {
      name: 'Dana Whitfield',
      addressLine1: '18 Larkspur Lane',
      city: 'Portland',
      stateOrRegion: 'OR',
      postalCode: '97205',
      countryCode: 'US',
      phone: '+1 503-555-0142',
    },
  },
  de: {
    id: 'A1PA6795UKMFR9',
    name: 'Amazon.de',
    currency: 'EUR',
    decimals: 2,
    buyer: 'Jörg Überschär',
    address: {
      name: 'Jörg Überschär',
      addressLine1: 'Lindenstraße 7',
      city: 'Göttingen',
      postalCode: '37073',
      countryCode: 'DE',
    },
  },
  uk: {
    id: 'A1F83G8C2ARO7P',
    name: 'Amazon.co.uk',
    currency: 'GBP',
    decimals: 2,
    buyer: 'Priya Nair',
    address: {
      name: 'Priya Nair',
      addressLine1: '4 Orchard Mews',
      city: 'Leeds',
      postalCode: 'LS1 4DY',
      countryCode: 'GB',
    },
  },
  jp: {
    id: 'A1VC38T7YXB528',
    name: 'Amazon.co.jp',
    currency: 'JPY',
    decimals: 0,
    buyer: '山本 花子',
    address: {
      name: '山本 花子',
      addressLine1: '神宮前 1-2-3',
      city: '渋谷区',
      stateOrRegion: '東京都',
      postalCode: '150-0001',
      countryCode: 'JP',
    },
  },
} as const satisfies Record<string, Marketplace>;

const line = (
  sku: string,
  title: string,
  quantity: number,
  item: number,
  more: Partial<LineSpec> = {},
): LineSpec => ({
  sku,
  title,
  quantity,
  item,
  ...more,
});

/** Lines that orders of the story are made of; money in minor units. */
export const lines = {
  blueMug: line('MUG-BLUE', 'Mug, blue', 1, 1495, { shipping: 250 }),
  redMug: line('MUG-RED', 'Mug, red', 1, 1495, { shipping: 250 }),
  twoBlueMugs: line('MUG-BLUE', 'Mug, blue', 2, 2990, { tax: 262 }),
  teapot: line('TEAPOT-1L', 'Teapot, 1 litre', 1, 3900, { tax: 341, shipping: 499 }),
  teapotForYen: line('TEAPOT-1L', 'ティーポット 1L', 1, 5980),
  gift: line('MUG-RED', 'Mug, red', 1, 1495, {
    tax: 131,
    gift: { wrap: 399, message: 'Happy birthday, Mum! 🎂 <3', level: 'Floral' },
  }),
  clock: line('CLOCK-WALL', 'Wall clock', 1, 2900, { shipping: 350 }),
  unknownSku: line('LAMP-GREEN', 'Lamp, green', 1, 5900, { tax: 516 }),
} as const satisfies Record<string, LineSpec>;
