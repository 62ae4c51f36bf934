import { newestBackfills } from '../db/backfills.ts';
import type { Tx } from '../db/client.ts';
import { guideOf } from '../db/guide.ts';
import { shopRow } from '../db/shops.ts';
import { guideView, type GuideView } from '../domain/guide.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaceName, marketplaces } from '../domain/marketplaces.ts';
import { settingsSchema } from '../domain/settings.ts';
import { accountViews, type AccountView } from './account-views.ts';

/** What connecting an account can be begun with. */
export interface ConnectChoices {
  /** Whether this installation has a page at Amazon; without, a refresh token is the only way. */
  readonly byConsent: boolean;
  readonly marketplaces: readonly { readonly id: string; readonly name: string }[];
}

/** Older orders on their way in, for the line that says so. */
export interface OlderUnderWay {
  readonly read: number;
  readonly state: string;
}

/** All that the setup guide shows. */
export interface SetupView extends GuideView {
  readonly accounts: readonly AccountView[];
  readonly connect: ConnectChoices;
  readonly handling: {
    readonly undoMinutes: number;
    readonly restock: boolean;
    readonly autoAccept: boolean;
  };
  readonly older: OlderUnderWay | null;
}

/** Where accounts can be connected, the largest marketplaces first, as the table has them. */
export function connectChoices(byConsent: boolean): ConnectChoices {
  return {
    byConsent,
    marketplaces: marketplaces.map(({ id }) => ({ id, name: marketplaceName(id) })),
  };
}

/** What the setup guide shows at `now` (ms UTC). */
export async function setupView(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  byConsent: boolean,
): Promise<SetupView> {
  const settings = (await shopRow(tx, shop))?.settings ?? settingsSchema.parse({});
  const accounts = await accountViews(tx, shop, now);
  const [older] = (await newestBackfills(tx, shop)).filter(
    ({ preview, state }) => !preview && (state === 'running' || state === 'stopped'),
  );
  return {
    ...guideView(
      await guideOf(tx, shop),
      accounts.some(({ connected }) => connected),
    ),
    accounts,
    connect: connectChoices(byConsent),
    handling: {
      undoMinutes: settings.undoMinutes,
      restock: settings.restock,
      autoAccept: settings.autoAccept.on,
    },
    older: older ? { read: older.counts.read, state: older.state } : null,
  };
}
