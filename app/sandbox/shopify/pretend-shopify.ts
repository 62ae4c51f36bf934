import type { PretendService, WorldParts } from '../contract.ts';
import { createAgenda } from './agenda.ts';
import { declareBehaviours } from './behaviours.ts';
import { flowStep, flowUse, sendFlow, type FlowStart } from './flow.ts';
import { createGraphqlEndpoint } from './graphql-endpoint.ts';
import { createIds } from './ids.ts';
import { listedVariant, listOrders, type ListedOrder, type ListedVariant } from './listing.ts';
import { listWork, type ListedWork } from './listed-work.ts';
import type { PrivacyTopic } from './privacy.ts';
import { adminSchema } from './schema.ts';
import { serve } from './serve.ts';
import { signSessionToken } from './session-token.ts';
import type { MailKind, ShopInput } from './shop-state.ts';
import { createThrottle } from './throttle.ts';
import { createShops } from './shops.ts';
import { createTokens } from './tokens.ts';
import { addVariants, type VariantInput } from './variants.ts';
import { createWebhooks, type PendingWebhook } from './webhooks.ts';
import type { ShopifyOptions, ShopifyWorld } from './world.ts';

/** The pretend Shopify: the HTTP side, and plain methods for whoever runs the sandbox. */
export interface PretendShopify extends PretendService {
  /** Adds a shop with the app installed. Throws where it is there already. */
  addShop(input: ShopInput): void;
  removeShop(domain: string): void;
  /** Domains of all shops, the first added first. */
  shops(): string[];
  isInstalled(domain: string): boolean;
  /** Installs or uninstalls the app as a merchant does; uninstalling ends all tokens and sends `app/uninstalled`. */
  install(domain: string, installed: boolean): void;
  /** The merchant grants the app other scopes; sends `app/scopes_update`. */
  setScopes(domain: string, scopes: readonly string[]): void;
  /** Sends one of the webhooks the law asks for at once, also to an app that is not installed. */
  sendPrivacy(domain: string, topic: PrivacyTopic, payload?: object): void;
  addVariants(domain: string, variants: readonly VariantInput[]): ListedVariant[];
  /** A fresh session token of the shop's staff for App Bridge, good for a minute. */
  idToken(domain: string): string;
  /** The newest orders first, straight from the shop. */
  listOrders(domain: string, options?: { readonly limit?: number }): ListedOrder[];
  listVariants(domain: string): ListedVariant[];
  /** All fulfilment orders, the oldest order's first. */
  listWork(domain: string): ListedWork[];
  /** Mails the shop would have sent to buyers. */
  listMails(domain: string): { order: string; kind: MailKind; to: string }[];
  pendingWebhooks(): PendingWebhook[];
  /** What the app started workflows with. */
  listFlowStarts(domain: string): FlowStart[];
  /** A workflow's step, signed as Flow does; the same run may be sent again. Null: no extension has such an action. */
  runFlow(
    domain: string,
    action: string,
    properties: object,
    run?: string,
  ): Promise<{ status: number; body: unknown } | null>;
  /** A workflow that begins with a trigger is switched on or off. */
  useFlow(domain: string, trigger: string, inUse: boolean): Promise<{ status: number; body: unknown } | null>;
}

const staffUser = '9021001';

/**
 * A Shopify with the official Admin schema. `shops` stay when it is reset, with their tokens; all others go. Throws where
 * the schema file is missing.
 */
export function createPretendShopify(
  parts: WorldParts,
  options: ShopifyOptions & { readonly shops?: readonly ShopInput[] },
): PretendShopify {
  declareBehaviours(parts.behaviour);
  const webhooks = createWebhooks(parts, options);
  const throttle = createThrottle();
  const world: ShopifyWorld = {
    parts,
    options,
    newId: createIds(),
    shops: new Map(),
    tokens: createTokens(),
    emit: webhooks.emit,
    agenda: createAgenda(parts.clock),
  };
  const endpoint = createGraphqlEndpoint(adminSchema(), throttle);
  const shops = createShops(world, webhooks.clear);
  for (const input of options.shops ?? []) shops.add(input);
  return {
    handle: (request, response) => {
      // Nothing waits for the answer: whatever goes wrong in it is answered with 500.
      void serve(world, endpoint, request, response);
    },
    reset: () => {
      webhooks.clear();
      world.agenda.clear();
      throttle.clear();
      shops.keepOnly(options.shops ?? []);
    },
    addShop: shops.add,
    removeShop: shops.remove,
    shops: () => [...world.shops.keys()],
    isInstalled: (domain) => shops.needed(domain).installed,
    install: shops.install,
    setScopes: shops.setScopes,
    sendPrivacy: shops.sendPrivacy,
    addVariants: (domain, variants) => {
      const shop = shops.needed(domain);
      return addVariants(shop, variants, world.newId, parts.clock.now()).map(listedVariant);
    },
    idToken: (domain) => signSessionToken(shops.needed(domain).domain, options, staffUser, parts.clock.now()),
    listOrders: (domain, { limit = 50 } = {}) => listOrders(shops.needed(domain), limit),
    listVariants: (domain) => [...shops.needed(domain).variants.values()].map(listedVariant),
    listWork: (domain) => listWork(shops.needed(domain)),
    listMails: (domain) => [...shops.needed(domain).mails],
    pendingWebhooks: webhooks.pending,
    listFlowStarts: (domain) => [...shops.needed(domain).flowStarts],
    runFlow: async (domain, action, properties, run) => {
      const url = options.flow?.actions.get(action);
      return url === undefined
        ? null
        : sendFlow(options, flowStep(shops.needed(domain), url, properties, run));
    },
    useFlow: async (domain, trigger, inUse) => {
      const url = options.flow?.inUse ?? null;
      if (url === null) return null;
      return sendFlow(options, flowUse(shops.needed(domain), url, trigger, inUse, parts.clock.now()));
    },
  };
}
