import { newestBackfills, type BackfillRow } from '../db/backfills.ts';
import type { Tx } from '../db/client.ts';
import { openOfKinds, type OpenProblem } from '../db/problems.ts';
import { sellersOf, type SellerRow } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import { endsSoon } from '../domain/authorisation.ts';
import { comesInFrom, type Chosen } from '../domain/chosen-marketplaces.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaceName, marketplacesOf, type AmazonRegion } from '../domain/marketplaces.ts';

/** A marketplace of an account. `orders`: how many the last preview read; null: none was made, or it did not look there. */
interface MarketplaceView {
  readonly id: string;
  readonly name: string;
  readonly chosen: boolean;
  readonly orders: number | null;
}

/** A role that Amazon did not grant, and what cannot be done without it (a word of the text `problem.role_missing.why`). */
interface MissingRole {
  readonly role: string;
  readonly what: string;
}

/** An account as the pages show it; nothing of its token. Times in ms UTC. */
export interface AccountView {
  readonly sellerId: string;
  /** The store's name; null where Amazon did not tell. */
  readonly name: string | null;
  readonly region: AmazonRegion;
  /** The marketplace to begin at where it is connected again. */
  readonly marketplaceId: string | null;
  readonly connected: boolean;
  readonly lastLookAt: number | null;
  readonly grantedUntil: number | null;
  readonly endsSoon: boolean;
  readonly missing: readonly MissingRole[];
  readonly marketplaces: readonly MarketplaceView[];
}

const missingShape = (params: OpenProblem['params']): MissingRole => {
  const { role, what } = (params ?? {}) as { role?: unknown; what?: unknown };
  return { role: typeof role === 'string' ? role : '', what: typeof what === 'string' ? what : '' };
};

const looked = ({ marketplaceIds }: BackfillRow, id: string): boolean =>
  marketplaceIds.length === 0 || marketplaceIds.includes(id);

/** Those that Amazon named, else all of the region; and whatever was chosen once. */
function marketplacesFor(
  row: SellerRow,
  chosen: Chosen | undefined,
  preview: BackfillRow | undefined,
): MarketplaceView[] {
  const known =
    row.marketplaceIds.length > 0 ? row.marketplaceIds : marketplacesOf(row.region).map(({ id }) => id);
  return [...new Set([...known, ...Object.keys(chosen ?? {})])].map((id) => ({
    id,
    name: marketplaceName(id),
    chosen: comesInFrom(chosen, id, 0) !== null,
    orders: preview && looked(preview, id) ? (preview.counts.markets[id] ?? 0) : null,
  }));
}

/** The shop's Amazon accounts with what is known of them at `now` (ms UTC). */
export async function accountViews(tx: Tx, shop: ShopDomain, now: number): Promise<AccountView[]> {
  const settings = (await shopRow(tx, shop))?.settings;
  const problems = await openOfKinds(tx, shop, ['role_missing']);
  const previews = (await newestBackfills(tx, shop)).filter((row) => row.preview && row.counts.read > 0);
  return (await sellersOf(tx, shop)).map((row) => {
    const chosen = settings?.marketplaces[row.sellerId];
    const marketplaces = marketplacesFor(
      row,
      chosen,
      previews.find(({ sellerId }) => sellerId === row.sellerId),
    );
    return {
      sellerId: row.sellerId,
      name: row.name,
      region: row.region,
      marketplaceId: marketplaces[0]?.id ?? null,
      connected: row.state === 'connected',
      lastLookAt: row.lastLookAt,
      grantedUntil: row.grantedUntil,
      endsSoon: endsSoon(row.grantedUntil, now),
      missing: problems
        .filter(({ subject }) => subject.startsWith(`${row.sellerId}:`))
        .map(({ params }) => missingShape(params)),
      marketplaces,
    };
  });
}
