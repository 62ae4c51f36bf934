import type { CancelJob } from './cancel-jobs.ts';
import type { FlowStart } from './flow.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import type { KeyedRequest } from './idempotent.ts';
import type { EditSession } from './order-edit-session.ts';
import { createOrderIndex, type OrderIndex } from './order-index.ts';
import type { LocationRecord, OrderRecord, VariantRecord } from './records.ts';
import { createSkuIndex, type SkuIndex } from './sku-index.ts';

/** What a shop is made of when it is added. */
export interface ShopInput {
  /** `name.myshopify.com`. */
  readonly domain: string;
  readonly name?: string;
  /** ISO 4217; default USD. */
  readonly currency?: string;
  readonly presentmentCurrencies?: readonly string[];
  readonly countryCode?: string;
  readonly timezone?: string;
  /** The scopes the merchant granted; default: all the app asks for. */
  readonly scopes?: readonly string[];
}

/** What a mail to a buyer is about. */
export type MailKind = 'receipt' | 'fulfillment' | 'refund' | 'cancellation';

/** A shop and everything in it. */
export interface ShopState {
  readonly id: bigint;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly presentmentCurrencies: readonly string[];
  readonly timezone: string;
  /** What the merchant granted; `app/scopes_update` tells of a change. */
  scopes: readonly string[];
  readonly createdAt: number;
  /** The first one is the shop's own. */
  readonly locations: LocationRecord[];
  installed: boolean;
  nextNumber: number;
  readonly orders: Map<bigint, OrderRecord>;
  readonly fulfillmentOrders: Map<bigint, FulfillmentOrderRecord>;
  /** Edits of orders that were begun, by their number. */
  readonly edits: Map<bigint, EditSession>;
  readonly variants: Map<bigint, VariantRecord>;
  readonly skus: SkuIndex;
  readonly index: OrderIndex;
  /** Owner of each value of a unique metafield, by `namespace.key=value`. */
  readonly uniqueValues: Map<string, bigint>;
  /** Mails the shop would have sent to buyers. */
  readonly mails: { readonly order: string; readonly kind: MailKind; readonly to: string }[];
  /** Requests with an idempotency key, by caller, mutation and key. */
  readonly keyedRequests: Map<string, KeyedRequest>;
  /** Cancels that were asked for, the oldest first. */
  readonly cancelJobs: CancelJob[];
  /** What the app started workflows with, the first first. */
  readonly flowStarts: FlowStart[];
  /** When orders were created lately, for the limit of trial shops. */
  recentCreations: number[];
}

/** A shop without orders and products, the app installed. `now` in milliseconds UTC. */
export function createShopState(
  input: ShopInput,
  newId: (type: string) => bigint,
  defaultScopes: readonly string[],
  now: number,
): ShopState {
  const currency = input.currency ?? 'USD';
  return {
    id: newId('Shop'),
    domain: input.domain.toLowerCase(),
    name: input.name ?? input.domain.replace('.myshopify.com', ''),
    currency,
    presentmentCurrencies: [...new Set([currency, ...(input.presentmentCurrencies ?? [])])],
    timezone: input.timezone ?? 'America/New_York',
    scopes: input.scopes ?? defaultScopes,
    createdAt: now,
    locations: [
      {
        id: newId('Location'),
        name: 'Shop location',
        countryCode: input.countryCode ?? 'US',
        fulfillmentService: false,
      },
    ],
    installed: true,
    nextNumber: 1001,
    orders: new Map(),
    fulfillmentOrders: new Map(),
    edits: new Map(),
    variants: new Map(),
    skus: createSkuIndex(),
    index: createOrderIndex(),
    uniqueValues: new Map(),
    mails: [],
    keyedRequests: new Map(),
    cancelJobs: [],
    flowStarts: [],
    recentCreations: [],
  };
}
