import type { Hands } from './hands.ts';

/** Something that is done to an order, and how the table says it. */
export interface Deed {
  readonly says: string;
  readonly run: (hands: Hands) => Promise<unknown>;
}

type Units = Readonly<Record<string, number>>;
const lettersOf = (units: Units) => Object.keys(units).join(' and ');

/** The buyer asks to cancel these lines, or all. */
export const asks = (...letters: string[]): Deed => ({
  says: letters.length > 0 ? `the buyer asks to cancel ${letters.join(' and ')}` : 'the buyer asks to cancel',
  run: ({ act, line }) =>
    act('request-cancel', {
      reason: 'Ordered by mistake <&>',
      ...(letters.length > 0 ? { orderItemIds: letters.map(line) } : {}),
    }),
});

export const withdraws: Deed = {
  says: 'the buyer takes the request back',
  run: ({ act }) => act('withdraw-request'),
};

const whoCancels = { BUYER: 'the buyer', MERCHANT: 'somebody in Seller Central', AMAZON: 'Amazon' } as const;

/** Cancelled on Amazon's side: these lines, or all. */
export const cancelledThere = (by: keyof typeof whoCancels, ...letters: string[]): Deed => ({
  says: `${whoCancels[by]} cancels ${letters.join(' and ') || 'it'} on Amazon`,
  run: ({ act, line }) =>
    act('cancel', { by, ...(letters.length > 0 ? { orderItemIds: letters.map(line) } : {}) }),
});

/** Shipped in Seller Central: these units, or all. */
export const shippedThere = (units: Units | null = null): Deed => ({
  says: `${units ? lettersOf(units) : 'it'} is shipped in Seller Central`,
  run: ({ act, line }) =>
    act('ship', {
      carrier: 'UPS',
      trackingNumber: '1Z999AA10123456784',
      ...(units
        ? { items: Object.entries(units).map(([one, quantity]) => ({ orderItemId: line(one), quantity })) }
        : {}),
    }),
});

/** Refunded in Seller Central: an amount of a line's price, and of its shipping. */
export const refundedThere = (letter: string, principal: string, shipping?: string): Deed => ({
  says: `${principal}${shipping === undefined ? '' : ` + ${shipping} shipping`} of ${letter} is refunded in Seller Central`,
  run: ({ act, line }) =>
    act('refund', {
      items: [{ orderItemId: line(letter), principal, ...(shipping === undefined ? {} : { shipping }) }],
    }),
});

export const claimed = (kind: 'a-to-z' | 'chargeback', amount: string): Deed => ({
  says: `Amazon grants ${amount} (${kind})`,
  run: ({ act }) => act('claim', { kind, amount }),
});

const methods = {
  all: 'refundMethod: { originalPaymentMethodsRefund: true }',
  nothing: '',
  credit: 'refundMethod: { storeCreditRefund: {} }',
} as const;
const saidMethods = {
  all: 'with a full refund',
  nothing: 'without refund',
  credit: 'with store credit',
} as const;

/** Cancelled in Shopify's own admin. Store credit needs a customer, whom staff enter first. */
export const cancelledInAdmin = (reason: string, refund: keyof typeof methods): Deed => ({
  says: `staff cancel in Shopify as ${reason} ${saidMethods[refund]}`,
  async run({ inShopify, mutate }) {
    const { id } = await inShopify();
    if (refund === 'credit')
      await mutate(
        'mutation($input: OrderInput!) { orderUpdate(input: $input) { userErrors { message } } }',
        {
          input: { id, email: 'somebody@example.com' },
        },
      );
    await mutate(
      `mutation($id: ID!) { orderCancel(orderId: $id, notifyCustomer: false, reason: ${reason}, restock: true, ${methods[refund]}) {
        orderCancelUserErrors { message } } }`,
      { id },
    );
  },
});

/** Refunded in Shopify's own admin on the payment that stands for Amazon's, with units of a line where one is named. */
export const refundedInAdmin = (
  amount: string,
  of: { readonly letter: string; readonly units: number; readonly restock?: string } | null = null,
): Deed => ({
  says: `staff refund ${amount}${of ? ` for ${of.letter}` : ''} in Shopify`,
  async run({ inShopify, mutate, sku }) {
    const { id: orderId, transactions, lineItems } = await inShopify();
    const sale = transactions.find(({ kind }) => kind === 'SALE');
    const line = lineItems.nodes.find((one) => of !== null && one.sku === sku(of.letter));
    await mutate(
      `mutation($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
        userErrors { message } } }`,
      {
        key: crypto.randomUUID(),
        input: {
          orderId,
          currency: 'USD',
          note: 'by hand',
          transactions: [{ orderId, kind: 'REFUND', gateway: sale?.gateway, parentId: sale?.id, amount }],
          refundLineItems:
            line && of
              ? [{ lineItemId: line.id, quantity: of.units, restockType: of.restock ?? 'NO_RESTOCK' }]
              : [],
        },
      },
    );
  },
});

/** Sent in Shopify: these units, or all that is not held; `number` null: without a tracking number. */
export const fulfilled = (
  units: Units | null = null,
  number: string | null = '1Z999AA10123456784',
): Deed => ({
  says: `staff send ${units ? lettersOf(units) : 'it'} in Shopify${number === null ? ' without a number' : ''}`,
  async run({ work, mutate, made, sku }) {
    const free = (await work()).filter(({ fulfillmentHolds }) => fulfillmentHolds.length === 0);
    const wanted = new Map(
      Object.entries(units ?? Object.fromEntries(Object.keys(made).map((one) => [one, Infinity]))).map(
        ([letter, count]) => [sku(letter), count],
      ),
    );
    const lineItemsByFulfillmentOrder = free.flatMap(({ id, lineItems }) => {
      const lines = lineItems.nodes.flatMap((line) => {
        const quantity = Math.min(line.remainingQuantity, wanted.get(line.sku) ?? 0);
        return quantity > 0 ? [{ id: line.id, quantity }] : [];
      });
      return lines.length > 0 ? [{ fulfillmentOrderId: id, fulfillmentOrderLineItems: lines }] : [];
    });
    await mutate(
      'mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }',
      {
        f: {
          lineItemsByFulfillmentOrder,
          ...(number === null ? {} : { trackingInfo: { number, company: 'UPS' } }),
        },
      },
    );
  },
});

/** Staff release the hold and send it at once, before it can be held again. */
export const sentAllTheSame: Deed = {
  says: 'staff release the hold and send it',
  async run(hands) {
    for (let tries = 1; ; tries += 1) {
      await hands.releaseHolds();
      try {
        return await fulfilled().run(hands);
      } catch (error) {
        if (tries === 10) throw error;
      }
    }
  },
};

/** Staff take back what was sent in Shopify. */
export const unfulfilled: Deed = {
  says: 'staff cancel the fulfilment in Shopify',
  async run({ inShopify, mutate }) {
    const { fulfillments } = await inShopify();
    const id = fulfillments.find(({ status }) => status === 'SUCCESS')?.id;
    await mutate('mutation($id: ID!) { fulfillmentCancel(id: $id) { userErrors { message } } }', { id });
  },
};

/** An operator's command about the order, with what it has to answer: an outcome, or the guard that refuses. */
const commands = (words: readonly string[], more: readonly string[], answer: string): Deed => ({
  says: `concord ${words.join(' ')}${more.length > 0 ? ` ${more.join(' ')}` : ''}${['chosen', 'taken_back'].includes(answer) ? '' : ` (${answer})`}`,
  async run({ concord, id }) {
    const { data, error } = await concord(...words, id, ...more, '--json');
    const one = (Array.isArray(data) ? data[0] : data) as Record<string, unknown> | undefined;
    const said = one?.['guard'] ?? one?.['outcome'];
    if (said !== answer)
      throw new Error(`${id}: ${words.join(' ')} answered ${String(said)} instead of ${answer}. ${error}`);
  },
});

export const approves = (more: readonly string[] = [], answer = 'chosen') =>
  commands(['approve'], more, answer);
export const declines = commands(['decline'], [], 'chosen');
export const undoes = commands(['undo'], [], 'taken_back');
export const refunds = (...more: string[]) => commands(['refund'], [...more, '--checked'], 'chosen');
export const solves = (kind: string, choice: string, ...more: string[]) =>
  commands(['solve', kind], ['--with', choice, ...more], 'chosen');
export const approvesKept = commands(['quarantine', 'approve'], ['--checked'], 'chosen');
export const dropsKept = commands(['quarantine', 'drop'], [], 'chosen');

/** Several things at once. */
export const together = (...deeds: Deed[]): Deed => ({
  says: deeds.map(({ says }) => says).join(' and at once '),
  run: (hands) => Promise.all(deeds.map(({ run }) => run(hands))),
});
