import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import { ok } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';

/** What the loop needs to know of a shop. `locationId`: the one a shipment made elsewhere is booked on. */
export interface ShopFactsAnswer {
  readonly currencies: string[];
  readonly readsAllOrders: boolean;
  readonly locationId: string | null;
  /** IANA zone in which the shop's days run. */
  readonly timeZone: string;
}

const readShop = {
  query: `query ReadShop {
    shop { currencyCode enabledPresentmentCurrencies ianaTimezone }
    currentAppInstallation { accessScopes { handle } }
    locations(first: 1) { nodes { id } }
  }`,
  answer: z.object({
    shop: z.object({
      currencyCode: z.string(),
      enabledPresentmentCurrencies: z.array(z.string()),
      ianaTimezone: z.string(),
    }),
    currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
    locations: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
  }),
};

/** Reads the shop's currencies, whether it granted orders older than 60 days, and its first location. */
export async function readShopFacts(client: AdminClient): Promise<Result<ShopFactsAnswer>> {
  const result = await client.run(readShop, {});
  if (!result.ok) return result;
  const { shop, currentAppInstallation, locations } = result.value;
  return ok({
    currencies: [...new Set([shop.currencyCode, ...shop.enabledPresentmentCurrencies])],
    readsAllOrders: currentAppInstallation.accessScopes.some((scope) => scope.handle === 'read_all_orders'),
    locationId: locations.nodes[0]?.id ?? null,
    timeZone: shop.ianaTimezone,
  });
}
