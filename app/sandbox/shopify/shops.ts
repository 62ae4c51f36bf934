import { gid } from './ids.ts';
import type { PrivacyTopic } from './privacy.ts';
import { createShopState, type ShopInput, type ShopState } from './shop-state.ts';
import type { ShopifyWorld } from './world.ts';

/** The shops of the pretend Shopify coming and going. */
export interface Shops {
  readonly add: (input: ShopInput) => void;
  /** Throws where there is no such shop. */
  readonly needed: (domain: string) => ShopState;
  readonly remove: (domain: string) => void;
  /** Installs or uninstalls the app. */
  readonly install: (domain: string, installed: boolean) => void;
  /** The merchant grants other scopes; `app/scopes_update` tells of it. Tokens given before have them too. */
  readonly setScopes: (domain: string, scopes: readonly string[]) => void;
  /** One of the webhooks the law asks for, now; ids of the shop are added. */
  readonly sendPrivacy: (domain: string, topic: PrivacyTopic, payload?: object) => void;
  /** Only these stay, empty, with the app installed; they keep their ids and tokens. */
  readonly keepOnly: (inputs: readonly ShopInput[]) => void;
}

function shopPayload(shop: ShopState): object {
  return {
    id: shop.id,
    name: shop.name,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    currency: shop.currency,
    iana_timezone: shop.timezone,
    admin_graphql_api_id: gid('Shop', shop.id),
  };
}

/** Manages the shops of a world. `forget` drops what is on its way to an app about a shop. */
export function createShops(world: ShopifyWorld, forget: (domain: string) => void): Shops {
  const { shops, tokens, parts, options, newId, emit } = world;
  const fresh = (input: ShopInput): ShopState =>
    createShopState(input, newId, options.scopes, parts.clock.now());
  const needed = (domain: string): ShopState => {
    const shop = shops.get(domain.toLowerCase());
    if (!shop) throw new Error(`There is no shop ${domain}`);
    return shop;
  };
  const remove = (domain: string): void => {
    shops.delete(domain);
    tokens.revoke(domain);
    forget(domain);
  };
  return {
    needed,
    add: (input) => {
      const shop = fresh(input);
      if (shops.has(shop.domain)) throw new Error(`The shop ${shop.domain} is there already`);
      shops.set(shop.domain, shop);
    },
    remove: (domain) => {
      remove(needed(domain).domain);
    },
    install: (domain, installed) => {
      const shop = needed(domain);
      if (shop.installed === installed) return;
      shop.installed = installed;
      if (installed) return;
      tokens.revoke(shop.domain);
      forget(shop.domain);
      emit(shop, 'app/uninstalled', () => shopPayload(shop));
    },
    setScopes: (domain, scopes) => {
      const shop = needed(domain);
      const previous = shop.scopes;
      shop.scopes = [...scopes];
      emit(shop, 'app/scopes_update', () => ({
        id: shop.id,
        previous,
        current: shop.scopes,
        updated_at: new Date(parts.clock.now()).toISOString(),
      }));
    },
    sendPrivacy: (domain, topic, payload = {}) => {
      const shop = needed(domain);
      emit(shop, topic, () => ({ shop_id: shop.id, shop_domain: shop.domain, ...payload }));
    },
    keepOnly: (inputs) => {
      const kept = new Map(inputs.map((input) => [input.domain.toLowerCase(), fresh(input)]));
      for (const domain of [...shops.keys()]) if (!kept.has(domain)) remove(domain);
      for (const [domain, state] of kept) {
        const before = shops.get(domain);
        shops.set(
          domain,
          before ? { ...state, id: before.id, locations: before.locations.slice(0, 1) } : state,
        );
      }
    },
  };
}
