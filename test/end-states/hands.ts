import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import type { runningWorld } from '../running-world.ts';

type World = ReturnType<typeof runningWorld>;
type Json = Readonly<Record<string, unknown>>;

/** What an order is made of, by the letter of its line: units and amounts of the line. */
export type Made = Readonly<
  Record<string, { readonly units: number; readonly item: string; readonly shipping?: string }>
>;

interface Work {
  readonly id: string;
  readonly fulfillmentHolds: readonly { readonly id: string; readonly handle: string }[];
  readonly lineItems: {
    readonly nodes: readonly {
      readonly id: string;
      readonly sku: string;
      readonly remainingQuantity: number;
    }[];
  };
}

const workQuery = `query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 10) { nodes { id fulfillmentHolds { id handle }
  lineItems(first: 10) { nodes { id sku remainingQuantity } } } } } }`;

/** One order of the table and everything that can be done to it. */
export interface Hands {
  readonly id: string;
  readonly made: Made;
  /** A line's id on Amazon, and its SKU, by its letter. */
  readonly line: (letter: string) => string;
  readonly sku: (letter: string) => string;
  readonly place: (change?: Json) => Promise<void>;
  readonly act: (deed: string, body?: Json) => Promise<unknown>;
  readonly concord: ReturnType<typeof dealings>['concord'];
  readonly inShopify: () => ReturnType<ReturnType<typeof dealings>['inShopify']>;
  /** Fulfilment orders on which something is to be sent. */
  readonly work: () => Promise<readonly Work[]>;
  readonly releaseHolds: () => Promise<void>;
  readonly mutate: (text: string, variables: Json) => Promise<void>;
  /** Mutations that staff made so far, whether they were refused or not. */
  readonly did: readonly string[];
}

const dayMs = 86_400_000;

/** Hands for order number `n`; its SKUs are its own, so that its stock can be told from others'. */
export function handsFor(world: World, n: number, made: Made): Hands {
  const number = String(n).padStart(7, '0');
  const id = `140-0000000-${number}`;
  const letters = Object.keys(made);
  const sku = (letter: string) => `T${number}-${letter}`;
  const line = (letter: string) => String(20_000_000_000_000 + n * 100 + letters.indexOf(letter));
  const { concord, inShopify } = dealings(world);
  const did: string[] = [];
  const mutate = async (text: string, variables: Json) => {
    did.push(/\{ (\w+)\(/.exec(text)?.[1] ?? '');
    const data = await world.shopify(text, { ...variables });
    const said = Object.values(data)[0] as Record<string, { message: string }[] | undefined>;
    const wrong = [...(said['userErrors'] ?? []), ...(said['orderCancelUserErrors'] ?? [])];
    if (wrong.length > 0) throw new Error(`${id}: ${wrong.map(({ message }) => message).join(' ')}`);
  };
  const work = async () => {
    const { order } = (await world.shopify(workQuery, { id: (await inShopify(id)).id })) as {
      order: { fulfillmentOrders: { nodes: Work[] } };
    };
    return order.fulfillmentOrders.nodes.filter(({ lineItems }) =>
      lineItems.nodes.some(({ remainingQuantity }) => remainingQuantity > 0),
    );
  };
  return {
    id,
    made,
    line,
    sku,
    concord,
    inShopify: () => inShopify(id),
    work,
    mutate,
    did,
    act: (what, body = {}) => world.control('POST', `/amazon/orders/${id}/${what}`, body),
    async place(change = {}) {
      const { now } = await world.control('GET', '/clock');
      const at = (days: number) => new Date(Number(now) + days * dayMs).toISOString();
      const sum = Object.values(made).reduce(
        (all, one) => all + Number(one.item) + Number(one.shipping ?? 0),
        0,
      );
      const order = amazonOrder(id);
      const window = (from: number, to: number) => ({ earliestDateTime: at(from), latestDateTime: at(to) });
      await world.control(
        'POST',
        '/shopify/variants',
        letters.map((letter) => ({
          sku: sku(letter),
          title: `Thing ${letter}`,
          price: '25.00',
          inventory: 10,
        })),
      );
      await world.place({
        ...order,
        createdTime: at(-1),
        lastUpdatedTime: at(0),
        proceeds: { grandTotal: { amount: sum.toFixed(2), currencyCode: 'USD' } },
        fulfillment: {
          ...(order['fulfillment'] as Json),
          shipByWindow: window(0, 60),
          deliverByWindow: window(60, 70),
        },
        orderItems: letters.map((letter) => {
          const { units, item, shipping } = made[letter] ?? { units: 1, item: '0.00' };
          const parts = { sku: sku(letter), quantity: units, item, title: `Thing ${letter}` };
          return amazonLine(line(letter), shipping === undefined ? parts : { ...parts, shipping });
        }),
        ...change,
      });
    },
    async releaseHolds() {
      for (const one of await work())
        if (one.fulfillmentHolds.length > 0)
          await mutate(
            'mutation($id: ID!) { fulfillmentOrderReleaseHold(id: $id) { userErrors { message } } }',
            { id: one.id },
          );
    },
  };
}
