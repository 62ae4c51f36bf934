import { newestBackfills, type BackfillRow } from '../db/backfills.ts';
import type { Tx } from '../db/client.ts';
import { previewedOrders, type Fate, type PreviewedOrder } from '../db/previewed-orders.ts';
import { shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaceName } from '../domain/marketplaces.ts';
import { settingsSchema, type Settings } from '../domain/settings.ts';
import { accountViews, type AccountView } from './account-views.ts';

/** A preview, or older orders on their way in, as the page shows it. `since` in ms UTC. */
export interface OlderRun {
  readonly id: string;
  readonly sellerId: string;
  readonly since: number;
  readonly state: string;
  readonly read: number;
  readonly create: number;
  readonly adopt: number;
  /** Here already, cancelled, or not to come in by the settings. */
  readonly leave: number;
  readonly odd: number;
}

/** An order that a preview listed. `createdAt` in ms UTC. */
export interface OlderOrder extends Omit<PreviewedOrder, 'marketplaceId' | 'fate'> {
  readonly market: string | null;
}

/** Orders of one fate that the preview listed. */
export interface OlderList {
  readonly fate: Fate;
  readonly page: number;
  readonly orders: readonly OlderOrder[];
  readonly more: boolean;
}

/** What the page of older orders shows. */
export interface OlderView {
  readonly accounts: readonly AccountView[];
  readonly preview: OlderRun | null;
  readonly list: OlderList | null;
  /** What was begun after that preview. */
  readonly creating: OlderRun | null;
  readonly shippedStock: Settings['shippedStock'];
  /** Whether creating an order takes stock at all. */
  readonly takesStock: boolean;
}

function runOf({ id, sellerId, since, state, counts }: BackfillRow): OlderRun {
  const { read, create, adopt, odd } = counts;
  return { id, sellerId, since, state, read, create, adopt, odd, leave: counts.leave + counts.there };
}

const perPage = 50;

async function listOf(
  tx: Tx,
  shop: ShopDomain,
  preview: BackfillRow,
  { fate, page }: { readonly fate: Fate; readonly page: number },
): Promise<OlderList> {
  const found = await previewedOrders(tx, shop, preview.id, fate, {
    skip: page * perPage,
    take: perPage + 1,
  });
  const orders = found.slice(0, perPage).map(({ marketplaceId, amazonOrderId, createdAt, total, why }) => ({
    ...{ amazonOrderId, createdAt, total, why },
    market: marketplaceId === null ? null : marketplaceName(marketplaceId),
  }));
  return { fate, page, orders, more: found.length > perPage };
}

/** The newest preview with a page of its orders of one fate, and what came of it, at `now` (ms UTC). */
export async function olderView(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  wanted: { readonly fate: Fate; readonly page: number },
): Promise<OlderView> {
  const settings = (await shopRow(tx, shop))?.settings ?? settingsSchema.parse({});
  const all = await newestBackfills(tx, shop);
  const preview = all.find((row) => row.preview);
  const creating = all.find((row) => !row.preview && row.startedAt >= (preview?.startedAt ?? 0));
  return {
    accounts: (await accountViews(tx, shop, now)).filter(({ connected }) => connected),
    preview: preview ? runOf(preview) : null,
    list: preview && preview.counts.read > 0 ? await listOf(tx, shop, preview, wanted) : null,
    creating: creating ? runOf(creating) : null,
    shippedStock: settings.shippedStock,
    takesStock: settings.stock === 'decrement',
  };
}
