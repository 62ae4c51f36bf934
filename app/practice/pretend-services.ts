import type { AmazonOrder } from '../domain/amazon-order.ts';
import { nextState } from '../domain/command-state.ts';
import type { Command, CommandToSend } from '../domain/command.ts';
import { shopifyOrderId } from '../domain/ids.ts';
import { zero } from '../domain/money.ts';
import { markOf } from '../domain/request-mark.ts';
import type { FulfillmentOrder } from '../domain/shopify-order.ts';
import type { Coming, PracticeOrder, ShopifySide } from './practice-shop.ts';

const minute = 60_000;

/** What the pretend Amazon says where it was asked to refuse. */
const refusal = { field: 'PRACTICE', text: 'This order cannot be cancelled at the moment.' };

/** The pretend Shopify's order for one of the pretend Amazon; `n`: its place in the practice. */
function created({ id, lines, total }: AmazonOrder, n: number, at: number): ShopifySide {
  const whole = total ?? zero('USD');
  const itemOf = (place: number) => `gid://shopify/LineItem/${n}${place}`;
  return {
    linked: {
      id: shopifyOrderId(`gid://shopify/Order/${n}`),
      name: `#${1_000 + n}`,
      ownMark: id,
      sourceIdentifier: id,
      total: whole,
      financialStatus: 'PAID',
      fulfillmentStatus: 'UNFULFILLED',
      cancelledAt: null,
      updatedAt: new Date(at).toISOString(),
      edited: false,
    },
    handling: {
      mark: null,
      tagged: false,
      fulfillmentOrders: [
        {
          id: `gid://shopify/FulfillmentOrder/${n}`,
          status: 'OPEN',
          requestStatus: 'UNSUBMITTED',
          actions: ['CREATE_FULFILLMENT', 'HOLD'],
          location: null,
          holds: [],
          lines: lines.map(({ orderItemId, sku, quantityOrdered }, place) => ({
            id: `gid://shopify/FulfillmentOrderLineItem/${n}${place}`,
            lineItemId: itemOf(place),
            orderItemId,
            sku,
            remaining: quantityOrdered,
          })),
        },
      ],
    },
    books: {
      cancelReason: null,
      cancelKey: null,
      taxesIncluded: false,
      currency: whole.currency,
      sale: { id: `gid://shopify/OrderTransaction/${n}`, gateway: 'Amazon', amount: whole },
      lines: lines.map(({ orderItemId, sku, quantityOrdered, unitPrice }, place) => ({
        id: itemOf(place),
        orderItemId,
        sku,
        quantity: quantityOrdered,
        currentQuantity: quantityOrdered,
        unfulfilled: quantityOrdered,
        unitPrice: unitPrice ?? zero(whole.currency),
        tax: zero(whole.currency),
      })),
      shipping: { price: zero(whole.currency), tax: zero(whole.currency) },
      refunds: [],
      fulfillments: [],
      locationId: null,
    },
    job: null,
  };
}

function withWork(side: ShopifySide, change: (work: FulfillmentOrder) => FulfillmentOrder): ShopifySide {
  const fulfillmentOrders = side.handling.fulfillmentOrders.map(change);
  const held = fulfillmentOrders.some(({ holds }) => holds.length > 0);
  const { fulfillmentStatus: before } = side.linked;
  const fulfillmentStatus = before === 'FULFILLED' ? before : held ? 'ON_HOLD' : 'UNFULFILLED';
  return {
    ...side,
    linked: { ...side.linked, fulfillmentStatus },
    handling: { ...side.handling, fulfillmentOrders },
  };
}

/** The pretend Shopify's cancel: nothing is left to ship, and the payment is given back on its books. */
function cancelled(side: ShopifySide, key: string, at: number): ShopifySide {
  const { books, handling, linked } = side;
  const none = zero(books.currency);
  return {
    ...side,
    job: { done: true, error: null },
    linked: { ...linked, cancelledAt: at, financialStatus: 'REFUNDED', fulfillmentStatus: 'UNFULFILLED' },
    handling: {
      ...handling,
      fulfillmentOrders: handling.fulfillmentOrders.map((work) => ({
        ...work,
        status: 'CLOSED',
        actions: [],
        holds: [],
        lines: work.lines.map((line) => ({ ...line, remaining: 0 })),
      })),
    },
    books: {
      ...books,
      cancelReason: 'CUSTOMER',
      cancelKey: key,
      lines: books.lines.map((line) => ({ ...line, currentQuantity: 0, unfulfilled: 0 })),
      refunds: [
        {
          id: `${linked.id}/refund`,
          at,
          ownKey: key,
          amount: books.sale?.amount ?? none,
          storeCredit: none,
          pending: false,
          lines: books.lines.map(({ id, quantity, unitPrice, tax }) => ({
            lineItemId: id,
            quantity,
            subtotal: { ...unitPrice, amount: unitPrice.amount * quantity },
            tax,
            restock: 'CANCEL',
          })),
          shipping: { subtotal: none, tax: none },
        },
      ],
    },
  };
}

/** A write to the pretend Shopify: its effect on that side, and what comes of it later. */
function inShopify(
  order: PracticeOrder,
  command: CommandToSend,
  n: number,
  at: number,
): { readonly shopify: ShopifySide | null; readonly coming: readonly Coming[] } {
  const { shopify, amazon } = order;
  if (command.kind === 'create_order') return { shopify: created(amazon, n, at), coming: [] };
  if (!shopify) return { shopify, coming: [] };
  switch (command.kind) {
    case 'mark_order': {
      const request = order.requests.find((one) => one.n === command.args.n);
      if (!request) return { shopify, coming: [] };
      const { value, tagged } = markOf(request);
      return { shopify: { ...shopify, handling: { ...shopify.handling, mark: value, tagged } }, coming: [] };
    }
    case 'hold_order': {
      const { fulfillmentOrder, handle = 'concord-request' } = command.args;
      const hold = { id: `${fulfillmentOrder}/${handle}/${at}`, handle, own: true };
      const held = (work: FulfillmentOrder): FulfillmentOrder =>
        work.id === fulfillmentOrder
          ? { ...work, status: 'ON_HOLD', actions: ['HOLD', 'RELEASE_HOLD'], holds: [...work.holds, hold] }
          : work;
      return { shopify: withWork(shopify, held), coming: [] };
    }
    case 'release_hold': {
      const free = (work: FulfillmentOrder): FulfillmentOrder => {
        const holds = work.holds.filter(({ id }) => id !== command.args.hold);
        return holds.length > 0
          ? { ...work, holds }
          : { ...work, holds, status: 'OPEN', actions: ['CREATE_FULFILLMENT', 'HOLD'] };
      };
      return { shopify: withWork(shopify, free), coming: [] };
    }
    case 'cancel_shopify':
      return {
        shopify: { ...shopify, job: { done: false, error: null } },
        coming: [{ at: at + minute / 2, does: 'cancel_shopify', key: command.key }],
      };
    default:
      throw new Error(`Nothing in practice leads to ${command.kind}.`);
  }
}

/** The pretend Amazon's order once it is shown cancelled. */
function voided(order: AmazonOrder, at: number): AmazonOrder {
  return {
    ...order,
    status: 'cancelled',
    updatedAt: at,
    lines: order.lines.map((line) => ({
      ...line,
      quantityUnfulfilled: 0,
      cancelled: { by: 'SELLER', reason: 'BuyerCanceled' },
    })),
  };
}

const row = (command: CommandToSend, before: Command | undefined, at: number): Command =>
  ({
    id: command.key,
    key: command.key,
    kind: command.kind,
    args: command.args,
    state: 'accepted',
    attempt: (before?.attempt ?? 0) + 1,
    sentAt: at,
    endedAt: at,
    refusal: null,
    notBefore: null,
    provedAt: null,
    job: null,
  }) as Command;

/** Carries a write out on the pretend sides, at `at` (ms UTC); nothing else hears of it. */
export function perform(order: PracticeOrder, command: CommandToSend, n: number, at: number): PracticeOrder {
  const before = order.commands.find(({ key }) => key === command.key);
  const others = order.commands.filter(({ key }) => key !== command.key);
  if (command.kind === 'ship_amazon')
    return {
      ...order,
      amazon: {
        ...order.amazon,
        status: 'shipped',
        updatedAt: at,
        lines: order.amazon.lines.map((line) => ({
          ...line,
          quantityFulfilled: line.quantityOrdered,
          quantityUnfulfilled: 0,
          request: { state: 'none' },
        })),
        packages: [
          {
            reference: command.args.reference,
            carrier: command.args.carrierCode ?? command.args.carrierName,
            trackingNumber: command.args.tracking,
            shippedAt: new Date(at).toISOString(),
            status: null,
            items: order.amazon.lines.map(({ orderItemId, quantityOrdered }) => ({
              orderItemId,
              quantity: quantityOrdered,
            })),
          },
        ],
      },
      commands: [...others, row(command, before, at)],
    };
  const { shopify, coming } = inShopify(order, command, n, at);
  return {
    ...order,
    shopify,
    coming: [...order.coming, ...coming],
    commands: [...others, row(command, before, at)],
  };
}

/** One thing happens by itself on the pretend sides, when its time has come. */
export function happen(order: PracticeOrder, { at, does, key }: Coming): PracticeOrder {
  const coming = order.coming.filter((one) => one.key !== key || one.does !== does);
  const change = (some: (one: Command) => Command) =>
    order.commands.map((one) => (one.key === key ? some(one) : one));
  const next = (next: Coming['does']): readonly Coming[] => [...coming, { at: at + minute, does: next, key }];
  switch (does) {
    case 'take': {
      const taken = (one: Command): Command =>
        one.state === 'planned'
          ? { ...one, state: nextState(one.state, 'claimed'), sentAt: at, attempt: one.attempt + 1 }
          : one;
      const commands = change(taken);
      const gone = commands.some((one) => one.key === key && one.state === 'sending');
      return { ...order, commands, coming: gone ? next('answer') : coming };
    }
    case 'answer': {
      const said = order.refuses ? 'answered_no' : 'answered_yes';
      return {
        ...order,
        refuses: false,
        commands: change((one) => ({
          ...one,
          state: nextState(one.state, said),
          endedAt: at,
          refusal: order.refuses ? refusal : null,
        })),
        coming: order.refuses ? coming : next('show'),
      };
    }
    case 'show':
      return { ...order, amazon: voided(order.amazon, at), coming };
    case 'cancel_shopify':
      return { ...order, shopify: order.shopify && cancelled(order.shopify, key, at), coming };
  }
}
