import type { Tx } from '../db/client.ts';
import { shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { NoticeSettings } from '../domain/notice-settings.ts';
import type { SendingHours } from '../domain/notice-timing.ts';

/** A shop whose staff are told: what it wants to hear, and when. */
export interface NoticeShop {
  readonly shop: ShopDomain;
  readonly notices: NoticeSettings;
  readonly hours: SendingHours;
}

/** Reads a shop; null where it gave up the app: then nothing is sent any more (SEC-4). */
export async function noticeShop(tx: Tx, shop: ShopDomain): Promise<NoticeShop | null> {
  const row = await shopRow(tx, shop);
  if (!row?.installed) return null;
  const { notices } = row.settings;
  return { shop, notices, hours: { quiet: notices.quiet, timeZone: row.facts?.timeZone ?? 'UTC' } };
}
