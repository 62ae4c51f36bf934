import { randomUUID } from 'node:crypto';
import type { WorldParts } from '../contract.ts';
import type { Agenda } from './agenda.ts';
import type { FlowExtensions } from './flow.ts';
import type { ShopState } from './shop-state.ts';
import type { Grant, Tokens } from './tokens.ts';

/** A metafield that the app declares for orders; `$app` is the app's own namespace. */
interface MetafieldDefinition {
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  /** True: no two orders may have the same value (always so for type `id`). */
  readonly unique?: boolean;
}

/** What the pretend Shopify is told about the app. */
export interface ShopifyOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where the app listens, without a path; null while it is not up. */
  readonly appUrl: () => string | null;
  /** Webhook topics (`orders/updated`) and the paths they go to. */
  readonly subscriptions: readonly {
    readonly topic: string;
    readonly path: string;
    /** Names of the fields that are sent, with dots for inner ones; default all. */
    readonly includeFields?: readonly string[];
  }[];
  readonly scopes: readonly string[];
  readonly metafieldDefinitions: readonly MetafieldDefinition[];
  /** What extensions tell Flow about the app; default none. */
  readonly flow?: FlowExtensions;
}

/**
 * Sends webhooks; the payload is made at once, and only where somebody subscribed to the topic. Topics of one action share
 * their event id; without one a new one is made.
 */
export type Emit = (shop: ShopState, topic: string, payload: () => unknown, eventId?: string) => void;

/** Everything the parts of the pretend Shopify share. */
export interface ShopifyWorld {
  readonly parts: WorldParts;
  readonly options: ShopifyOptions;
  readonly newId: (type: string) => bigint;
  readonly shops: Map<string, ShopState>;
  readonly tokens: Tokens;
  readonly emit: Emit;
  readonly agenda: Agenda;
}

/** One GraphQL request: who calls which shop. */
export interface Call {
  readonly world: ShopifyWorld;
  readonly shop: ShopState;
  readonly grant: Grant;
  /** What the mutation says in `@idempotent(key:)`. */
  readonly idempotencyKey?: string;
}

/** The same call as one action of its own: all webhooks that follow from it have the same event id. */
export function asOneAction(call: Call, idempotencyKey?: string): Call {
  const eventId = randomUUID();
  const { emit } = call.world;
  const world: ShopifyWorld = {
    ...call.world,
    emit: (shop, topic, payload) => {
      emit(shop, topic, payload, eventId);
    },
  };
  return { ...call, world, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
}

/** The app's own reserved namespace, which `$app` stands for. */
const appNamespace = 'app--104857601';

/** The full name of a metafield namespace: none and `$app` are the app's own, `$app:more` is one below it. */
export function fullNamespace(written: string | null | undefined): string {
  if (written == null || written === '' || written === '$app') return appNamespace;
  return written.startsWith('$app:') ? `${appNamespace}--${written.slice(5)}` : written;
}

/** The definition of an order metafield by its full namespace. */
export function definitionOf(
  options: ShopifyOptions,
  namespace: string,
  key: string,
): MetafieldDefinition | undefined {
  return options.metafieldDefinitions.find(
    (one) => fullNamespace(one.namespace) === namespace && one.key === key,
  );
}
