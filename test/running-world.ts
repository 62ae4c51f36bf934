import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { startSandbox, type Sandbox } from '../app/sandbox/start.ts';
import { sampleStart } from './amazon-orders.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

interface Gql {
  readonly data: Record<string, unknown>;
  readonly errors?: unknown;
}

/** An order in the pretend Shopify, as its own Admin API tells it. */
export interface SeenInShopify {
  readonly id: string;
  readonly name: string;
  readonly sourceIdentifier: string | null;
  readonly sourceName: string | null;
  readonly tags: string[];
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer: { id: string } | null;
  readonly displayFinancialStatus: string;
  readonly displayFulfillmentStatus: string;
  readonly ownMark: { value: string } | null;
  readonly taxesIncluded: boolean;
  readonly customAttributes: { key: string; value: string }[];
  readonly shippingAddress: Record<string, string | null> | null;
  readonly totalPriceSet: { presentmentMoney: { amount: string; currencyCode: string } };
  readonly transactions: {
    gateway: string;
    kind: string;
    status: string;
    processedAt: string;
    amountSet: { presentmentMoney: { amount: string } };
  }[];
  readonly lineItems: {
    nodes: {
      title: string;
      sku: string | null;
      quantity: number;
      requiresShipping: boolean;
      variant: { id: string } | null;
      originalUnitPriceSet: { presentmentMoney: { amount: string } };
      taxLines: { channelLiable: boolean | null; priceSet: { presentmentMoney: { amount: string } } }[];
      customAttributes: { key: string; value: string }[];
    }[];
  };
  readonly shippingLines: {
    nodes: {
      title: string;
      code: string | null;
      originalPriceSet: { presentmentMoney: { amount: string } };
    }[];
  };
}

const listQuery = `query($after: String) {
  orders(first: 250, after: $after, sortKey: CREATED_AT) { pageInfo { hasNextPage endCursor } nodes { id sourceIdentifier } }
}`;

const orderQuery = `query($id: ID!) { order(id: $id) {
  id name sourceIdentifier sourceName tags email phone customer { id } displayFinancialStatus displayFulfillmentStatus taxesIncluded
  ownMark: metafield(namespace: "$app", key: "order_id") { value }
  customAttributes { key value }
  shippingAddress { firstName lastName company address1 address2 city province provinceCode countryCodeV2 zip phone }
  totalPriceSet { presentmentMoney { amount currencyCode } }
  transactions { gateway kind status processedAt amountSet { presentmentMoney { amount } } }
  lineItems(first: 250) { nodes { title sku quantity requiresShipping variant { id } originalUnitPriceSet { presentmentMoney { amount } }
    taxLines { channelLiable priceSet { presentmentMoney { amount } } } customAttributes { key value } } }
  shippingLines(first: 5) { nodes { title code originalPriceSet { presentmentMoney { amount } } } }
} }`;

interface Listed {
  readonly id: string;
  readonly sourceIdentifier: string | null;
}

/**
 * A running sandbox on a database of this test file, emptied before every test, or with `keeps` never. Call it once at the
 * top of a file.
 */
export function runningWorld(
  options: { workers?: number; web?: boolean; keeps?: boolean; smtpUrl?: string } = {},
) {
  let database: TestDatabase;
  let sandbox: Sandbox;

  beforeAll(async () => {
    database = await freshDatabase();
    sandbox = await startSandbox({
      databaseUrl: database.url,
      migrated: true,
      port: 0,
      startAt: sampleStart,
      workers: options.workers ?? 1,
      web: options.web ?? false,
      headless: true,
      ...(options.smtpUrl === undefined ? {} : { smtpUrl: options.smtpUrl }),
    });
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    if (options.keeps !== true) await control('POST', '/reset', {});
  });

  async function control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(sandbox.control + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.status, `${method} ${path}: ${text.slice(0, 500)}`).toBe(200);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }

  async function shopify(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    const response = await fetch(`${sandbox.shopify}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'X-Shopify-Access-Token': 'staff',
        'X-Shopify-Shop-Domain': sandbox.shop,
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as Gql;
    expect(answer.errors).toBeUndefined();
    return answer.data;
  }

  async function orders(): Promise<Listed[]> {
    const all: Listed[] = [];
    let after: string | null = null;
    do {
      const { orders: page } = (await shopify(listQuery, { after })) as {
        orders: { nodes: Listed[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      all.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return all;
  }

  return {
    get sandbox() {
      return sandbox;
    },
    get database() {
      return database;
    },
    control,
    shopify,
    /** Every order in the pretend Shopify. */
    orders,
    /** The Shopify order that stands for an Amazon order; more than one fails. */
    order: async (id: string): Promise<SeenInShopify | undefined> => {
      const found = (await orders()).filter((one) => one.sourceIdentifier === id);
      expect(found.length).toBeLessThanOrEqual(1);
      if (!found[0]) return undefined;
      return ((await shopify(orderQuery, { id: found[0].id })) as { order: SeenInShopify }).order;
    },
    place: (...placed: unknown[]) => control('POST', '/amazon/orders', placed),
    /** Lets all that is due be done; real patience in ms, which many orders need more of. */
    settle: (untilIdle = false, timeoutMs = 100_000) => control('POST', '/settle', { timeoutMs, untilIdle }),
    /** What the app keeps of an order. */
    row: async (id: string) =>
      (
        await database.owner<{ state: string; shopify_name: string | null }>(
          'select * from amazon_order where amazon_order_id = $1',
          [id],
        )
      )[0],
    /** Open problems of an order, or of the shop. */
    problems: (id = '') =>
      database.owner<{ kind: string; subject: string; params: Record<string, unknown> }>(
        'select kind, subject, params from problem where closed_at is null and amazon_order_id = $1 order by kind, subject',
        [id],
      ),
    log: async (service: 'amazon' | 'shopify') =>
      (await control('GET', `/log?service=${service}`)) as unknown as { operation: string; status: number }[],
  };
}
