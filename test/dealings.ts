import { execFile } from 'node:child_process';
import { runCommandLine } from '../app/command-line/command-line.ts';
import type { runningWorld } from './running-world.ts';

type World = ReturnType<typeof runningWorld>;

/** What an operator's command answered. */
export interface Answer {
  readonly status: number;
  readonly said: string;
  readonly error: string;
  readonly data: Record<string, unknown>;
}

interface MoneyNode {
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
}
interface InShopify {
  readonly id: string;
  readonly cancelledAt: string | null;
  readonly cancelReason: string | null;
  readonly displayFulfillmentStatus: string;
  readonly totalPriceSet: MoneyNode;
  readonly totalRefundedSet: MoneyNode;
  readonly tags: readonly string[];
  readonly transactions: readonly {
    readonly id: string;
    readonly gateway: string;
    readonly kind: string;
    readonly amountSet: MoneyNode;
  }[];
  readonly lineItems: { readonly nodes: readonly { readonly id: string; readonly sku: string | null }[] };
  readonly refunds: readonly { readonly note: string | null; readonly totalRefundedSet: MoneyNode }[];
  readonly fulfillments: readonly {
    readonly id: string;
    readonly status: string;
    readonly trackingInfo: readonly { readonly number: string | null; readonly company: string | null }[];
  }[];
}

const query = `query($q: String!) { orders(first: 5, query: $q) { nodes { id sourceIdentifier cancelledAt cancelReason tags
  transactions { id gateway kind amountSet { presentmentMoney { amount currencyCode } } }
  lineItems(first: 10) { nodes { id sku } } displayFulfillmentStatus totalPriceSet { presentmentMoney { amount currencyCode } }
  totalRefundedSet { presentmentMoney { amount currencyCode } }
  refunds { note totalRefundedSet { presentmentMoney { amount currencyCode } } }
  fulfillments { id status trackingInfo { number company } } } } }`;

/** Doing what merchants, staff and sellers do about cancels, shipments and refunds, and looking at both sides. */
export function dealings(world: World) {
  const dataOf = (words: readonly string[], said: string) =>
    words.includes('--json') && said !== '' ? (JSON.parse(said) as Record<string, unknown>) : {};

  /** Runs an operator's command in a process of its own, with the environment that the sandbox hands out. */
  const concordProcess = (...words: string[]): Promise<Answer> =>
    new Promise((resolve) => {
      const env = { ...process.env, ...world.sandbox.env };
      execFile(process.execPath, ['app/concord.ts', ...words], { env }, (failure, said, error) => {
        resolve({ status: failure ? Number(failure.code) : 0, said, error, data: dataOf(words, said) });
      });
    });

  /** Runs it in this process, one at a time: what it says is taken instead of being printed. */
  const concord = async (...words: string[]): Promise<Answer> => {
    const out = process.stdout.write.bind(process.stdout);
    const err = process.stderr.write.bind(process.stderr);
    const said = { out: '', err: '' };
    const into = (name: 'out' | 'err') => (text: unknown) => {
      said[name] += String(text);
      return true;
    };
    const before = { ...process.env };
    Object.assign(process.env, world.sandbox.env);
    process.stdout.write = into('out');
    process.stderr.write = into('err');
    try {
      const status = await runCommandLine(['node', 'concord', ...words]);
      return { status, said: said.out, error: said.err, data: dataOf(words, said.out) };
    } finally {
      process.stdout.write = out;
      process.stderr.write = err;
      process.env = before;
    }
  };

  const inShopify = async (id: string): Promise<InShopify> => {
    const { orders } = (await world.shopify(query, { q: `source_identifier:"${id}"` })) as {
      orders: { nodes: InShopify[] };
    };
    const [order, ...more] = orders.nodes;
    if (!order || more.length > 0)
      throw new Error(`${id} stands ${String(orders.nodes.length)} times in Shopify.`);
    return order;
  };

  return {
    concord,
    concordProcess,
    variants: () =>
      world.control('POST', '/shopify/variants', [
        { sku: 'SKU-1', title: 'Blue mug', price: '25.00', inventory: 10 },
        { sku: 'SKU-2', title: 'Red mug', price: '12.00', inventory: 10 },
      ]),
    inShopify,
    /** Staff fulfil all open work of an order in Shopify, or what has this status, with a tracking number. */
    fulfilInShopify: async (id: string, only?: string): Promise<void> => {
      const { order } = (await world.shopify(
        'query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 5) { nodes { id status } } } }',
        { id: (await inShopify(id)).id },
      )) as { order: { fulfillmentOrders: { nodes: { id: string; status: string }[] } } };
      await world.shopify(
        `mutation($work: [FulfillmentOrderLineItemsInput!]!) { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: $work,
          trackingInfo: { number: "1Z999AA10123456784", company: "UPS" } }) { userErrors { message } } }`,
        {
          work: order.fulfillmentOrders.nodes
            .filter(({ status }) => only === undefined || status === only)
            .map(({ id: fulfillmentOrderId }) => ({ fulfillmentOrderId })),
        },
      );
    },
    /** How many units of a variant the shop has. */
    stock: async (sku: string): Promise<number | null> => {
      const { productVariants } = (await world.shopify(
        'query($q: String!) { productVariants(first: 1, query: $q) { nodes { inventoryQuantity } } }',
        { q: `sku:${sku}` },
      )) as { productVariants: { nodes: { inventoryQuantity: number | null }[] } };
      return productVariants.nodes[0]?.inventoryQuantity ?? null;
    },
    /** The Shopify order in short; `refunded`: nothing, all, or the amount. */
    shopifyOrder: async (id: string) => {
      const order = await inShopify(id);
      const refunded = Number(order.totalRefundedSet.presentmentMoney.amount);
      const total = Number(order.totalPriceSet.presentmentMoney.amount);
      return {
        cancelled: order.cancelledAt !== null,
        reason: order.cancelReason,
        refunded: refunded === 0 ? 'nothing' : refunded === total ? 'all' : String(refunded),
        refunds: order.refunds.length,
        fulfilled: order.displayFulfillmentStatus,
      };
    },
    /** What Amazon has of it: its status, cancels that came by feed, refunds and parcels. */
    amazonSide: async (id: string) => {
      const known = (await world.control('GET', `/amazon/orders/${id}`)) as {
        order: { fulfillment: { fulfillmentStatus: string } };
        shipments: readonly unknown[];
        refunds: readonly unknown[];
        feedMessages: readonly { readonly feedType?: string; readonly messageType?: string }[];
      };
      const of = (part: string) =>
        known.feedMessages.filter((one) => JSON.stringify(one).includes(part)).length;
      return {
        status: known.order.fulfillment.fulfillmentStatus,
        cancels: of('ACKNOWLEDGEMENT'),
        refunds: known.refunds.length,
        shipments: known.shipments.length,
        feedMessages: known.feedMessages,
      };
    },
  };
}
