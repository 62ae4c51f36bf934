import { knockOrders } from '../app/db/leases.ts';
import { addClaims } from '../app/db/claims.ts';
import { amazonOrderId, sellerId, shopDomain } from '../app/domain/ids.ts';
import type { NewClaim } from '../app/domain/request.ts';
import { openVault } from '../app/lib/crypto.ts';
import { enqueueDrain } from '../app/queue/enqueue.ts';
import type { runningWorld } from './running-world.ts';

type World = ReturnType<typeof runningWorld>;

/** A fulfilment order in the pretend Shopify, with the handles of its holds. */
export interface ShownWork {
  readonly id: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly fulfillmentHolds: readonly { readonly id: string; readonly handle: string }[];
  readonly lineItems: {
    readonly nodes: readonly {
      readonly id: string;
      readonly remainingQuantity: number;
      readonly sku: string;
    }[];
  };
}

/** An order in the pretend Shopify as far as a request shows there. */
export interface ShownOrder {
  readonly id: string;
  readonly tags: readonly string[];
  readonly mark: { readonly jsonValue: { readonly state: string; readonly sources: string[] } } | null;
  readonly fulfillmentOrders: { readonly nodes: readonly ShownWork[] };
}

const query = `query($id: ID!, $after: String) { order(id: $id) { id tags
  mark: metafield(namespace: "$app", key: "cancel_request") { jsonValue }
  fulfillmentOrders(first: 10, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id status requestStatus fulfillmentHolds { id handle }
      lineItems(first: 10) { nodes { id remainingQuantity sku } } } } } }`;

type Page = ShownOrder & {
  readonly fulfillmentOrders: { readonly pageInfo: { hasNextPage: boolean; endCursor: string } };
};

/** What a person, another app or a third party does with the work on an order, as mutations with `$id` of the fulfilment order. */
const deeds = {
  release: 'fulfillmentOrderReleaseHold(id: $id)',
  otherHold:
    'fulfillmentOrderHold(id: $id, fulfillmentHold: { reason: AWAITING_PAYMENT, handle: "other", notifyMerchant: false })',
  submit: 'fulfillmentOrderSubmitFulfillmentRequest(id: $id)',
  accept: 'fulfillmentOrderAcceptFulfillmentRequest(id: $id)',
  acceptCancel: 'fulfillmentOrderAcceptCancellationRequest(id: $id)',
  rejectCancel: 'fulfillmentOrderRejectCancellationRequest(id: $id)',
} as const;

/** Doing with, and looking at, held work in a running world. */
export function heldWork(world: World) {
  async function gql(
    text: string,
    variables: Record<string, unknown>,
    token = 'staff',
  ): Promise<Record<string, unknown>> {
    const response = await fetch(`${world.sandbox.shopify}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'X-Shopify-Access-Token': token,
        'X-Shopify-Shop-Domain': world.sandbox.shop,
      },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  async function written(text: string, variables: Record<string, unknown>, token?: string): Promise<void> {
    const data = await gql(text, variables, token);
    const { userErrors } = Object.values(data)[0] as { userErrors: { message: string }[] };
    if (userErrors.length > 0) throw new Error(userErrors[0]?.message);
  }

  async function shown(amazonId: string): Promise<ShownOrder> {
    const found = await world.order(amazonId);
    if (!found) throw new Error(`${amazonId} is not in Shopify.`);
    const nodes: ShownWork[] = [];
    for (let after: string | null = null; ;) {
      const { order } = (await gql(query, { id: found.id, after })) as { order: Page };
      nodes.push(...order.fulfillmentOrders.nodes);
      const { hasNextPage, endCursor } = order.fulfillmentOrders.pageInfo;
      if (!hasNextPage) return { ...order, fulfillmentOrders: { nodes } };
      after = endCursor;
    }
  }

  /** The fulfilment orders on which something is to be sent. */
  async function work(amazonId: string): Promise<ShownWork[]> {
    const { fulfillmentOrders } = await shown(amazonId);
    return fulfillmentOrders.nodes.filter(({ lineItems }) =>
      lineItems.nodes.some(({ remainingQuantity }) => remainingQuantity > 0),
    );
  }

  return {
    gql,
    written,
    shown,
    work,
    do: (deed: keyof typeof deeds, id: string, token?: string) =>
      written(`mutation($id: ID!) { ${deeds[deed]} { userErrors { message } } }`, { id }, token),
    /** Sends units of a fulfilment order; all that is left of it where no line is named. */
    fulfil: (id: string, lines?: readonly { id: string; quantity: number }[]) =>
      written(
        'mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }',
        {
          f: {
            lineItemsByFulfillmentOrder: [
              { fulfillmentOrderId: id, ...(lines ? { fulfillmentOrderLineItems: lines } : {}) },
            ],
          },
        },
      ),
    /** Units that are held under a handle, like `SKU-1×2`, in the order of their SKUs. */
    held: async (amazonId: string, handle = 'concord-request') => {
      const units = (await work(amazonId))
        .filter(({ fulfillmentHolds }) => fulfillmentHolds.some((hold) => hold.handle === handle))
        .flatMap(({ lineItems }) => lineItems.nodes)
        .filter(({ remainingQuantity }) => remainingQuantity > 0);
      const bySku = Map.groupBy(units, ({ sku }) => sku);
      return [...bySku]
        .map(
          ([sku, lines]) =>
            `${sku}×${String(lines.reduce((sum, { remainingQuantity }) => sum + remainingQuantity, 0))}`,
        )
        .sort();
    },
    /** Claims something as a source does: stored and knocked in one transaction. `saidAt` is now where it is not given. */
    claim: async (amazonId: string, claim: Partial<NewClaim> = {}) => {
      const { sandbox, database, control } = world;
      const { now } = (await control('GET', '/clock')) as { now: number };
      const shop = shopDomain(sandbox.shop);
      const seller = sellerId('A2CONCORDDEMO1');
      const vault = openVault(sandbox.env['ENCRYPTION_KEYS'] ?? '');
      const one: NewClaim = {
        amazonOrderId: amazonOrderId(amazonId),
        source: 'notification',
        key: `test:${amazonId}:${String(now)}`,
        orderItemIds: [],
        saidAt: now,
        reason: null,
        ...claim,
      };
      await database.db.forShop(shop, async (tx) => {
        const ids = await addClaims(tx, vault, shop, now, [one]);
        await knockOrders(tx, shop, seller, ids, now);
        await enqueueDrain(tx, shop, now);
      });
    },
  };
}
