import { newestBackfills, type BackfillRow } from '../db/backfills.ts';
import type { Tx } from '../db/client.ts';
import { shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
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

/** What the page of older orders shows. */
export interface OlderView {
  readonly accounts: readonly AccountView[];
  readonly preview: OlderRun | null;
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

/** The newest preview, and what came of it, at `now` (ms UTC). */
export async function olderView(tx: Tx, shop: ShopDomain, now: number): Promise<OlderView> {
  const settings = (await shopRow(tx, shop))?.settings ?? settingsSchema.parse({});
  const all = await newestBackfills(tx, shop);
  const preview = all.find((row) => row.preview);
  const creating = all.find((row) => !row.preview && row.startedAt >= (preview?.startedAt ?? 0));
  return {
    accounts: (await accountViews(tx, shop, now)).filter(({ connected }) => connected),
    preview: preview ? runOf(preview) : null,
    creating: creating ? runOf(creating) : null,
    shippedStock: settings.shippedStock,
    takesStock: settings.stock === 'decrement',
  };
}
