import { inventOrder, reasons } from './invent-order.ts';
import { nextMoment, play } from './play.ts';
import { mostOrders, type PracticeOrder, type PracticeShop } from './practice-shop.ts';

/** What a person lets the pretend Amazon, the pretend Shopify or the practice's clock do. */
export const practiceDeeds = ['place', 'ask', 'refuse', 'ship', 'pass'] as const;
export type PracticeDeed = (typeof practiceDeeds)[number];

/** The pretend buyer asks to cancel all lines, with words of their own. */
function ask(order: PracticeOrder, n: number): PracticeOrder {
  const reason = reasons[(n - 1) % reasons.length] ?? null;
  const lines = order.amazon.lines.map((line) => ({ ...line, request: { state: 'asked' as const, reason } }));
  return { ...order, amazon: { ...order.amazon, lines } };
}

/** Somebody fulfils all that can be shipped in the pretend Shopify. */
function ship(order: PracticeOrder, n: number, at: number): PracticeOrder {
  const { shopify } = order;
  if (!shopify) return order;
  const { books, handling, linked } = shopify;
  return {
    ...order,
    shopify: {
      ...shopify,
      linked: { ...linked, fulfillmentStatus: 'FULFILLED' },
      handling: {
        ...handling,
        fulfillmentOrders: handling.fulfillmentOrders.map((work) => ({
          ...work,
          status: 'CLOSED',
          actions: [],
          lines: work.lines.map((line) => ({ ...line, remaining: 0 })),
        })),
      },
      books: {
        ...books,
        lines: books.lines.map((line) => ({ ...line, unfulfilled: 0 })),
        fulfillments: [
          {
            id: `gid://shopify/Fulfillment/${n}`,
            status: 'SUCCESS',
            at,
            updatedAt: at,
            tracking: [{ number: `1Z999AA1000000${n}`, company: 'UPS' }],
            lines: books.lines.map(({ id, quantity }) => ({ lineItemId: id, quantity })),
          },
        ],
      },
    },
  };
}

/** What may be done to an invented order as it is. */
export function deedsFor({ amazon, shopify, said, refuses }: PracticeOrder): readonly PracticeDeed[] {
  if (!shopify || amazon.status !== 'unshipped') return [];
  const asked = amazon.lines.some(({ request }) => request.state === 'asked');
  const waits = ['in_step', 'asked_held', 'declined_waiting_ship', 'refused_other'].includes(said.key);
  const free = shopify.linked.fulfillmentStatus === 'UNFULFILLED' && waits;
  return [
    ...(asked || !waits ? [] : ['ask' as const]),
    ...(refuses || !waits ? [] : ['refuse' as const]),
    ...(free ? ['ship' as const] : []),
  ];
}

/** Whether one more order can be invented. */
export const hasRoom = ({ orders }: PracticeShop): boolean => orders.length < mostOrders;

/**
 * Does it, at `now` (ms UTC of the practice). `id`: the order it is about. What cannot be done as things are changes nothing.
 */
export function doDeed(
  given: PracticeShop,
  deed: PracticeDeed,
  id: string | null,
  now: number,
): PracticeShop {
  const shop = play(given, now);
  const at = shop.playedTo;
  if (deed === 'place') {
    if (!hasRoom(shop)) return shop;
    return play({ ...shop, orders: [...shop.orders, inventOrder(shop.orders.length + 1, at)] }, at);
  }
  if (deed === 'pass') {
    const moment = nextMoment(shop);
    if (moment === null) return shop;
    return play({ ...shop, ahead: shop.ahead + Math.max(0, moment - now) }, moment);
  }
  const orders = shop.orders.map((order, place) => {
    if (order.amazon.id !== id || !deedsFor(order).includes(deed)) return order;
    if (deed === 'ask') return ask(order, place + 1);
    return deed === 'refuse' ? { ...order, refuses: true } : ship(order, place + 1, at);
  });
  return play({ ...shop, orders }, at);
}
