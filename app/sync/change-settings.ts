import { beginQuiet, endQuiet } from '../db/facts.ts';
import { changeSettings, planDigest, planReportMail, shopRow } from '../db/shops.ts';
import type { Tx } from '../db/client.ts';
import { amazonOrderId, sellerId, type ShopDomain } from '../domain/ids.ts';
import { nextDigestAt, nextReportAt } from '../domain/notice-timing.ts';
import type { Settings } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import { knockOwn } from './knock.ts';

/** What was shown only, and not done, is looked at again. */
async function knockHeldBack(tx: Tx, shop: ShopDomain): Promise<void> {
  const rows = await tx.order.findMany({
    where: {
      shop,
      OR: [{ state: 'dry_run' }, { stateParams: { path: ['also'], array_contains: ['dry_run'] } }],
    },
    select: { amazonOrderId: true, sellerId: true },
  });
  const orders = rows.map((row) => ({
    id: amazonOrderId(row.amazonOrderId),
    seller: sellerId(row.sellerId),
  }));
  await knockOwn(tx, shop, orders);
}

/**
 * Changes settings of a shop; what is not named stays. What is done in Shopify while dry run is on is kept back afterwards
 * (CAN-12, PRO-7).
 */
export async function setSettings(
  tx: Tx,
  shop: ShopDomain,
  change: Partial<Settings>,
  by: string,
): Promise<Settings> {
  const settings = await changeSettings(tx, shop, change, { by, at: now() });
  if (change.notices) {
    const timeZone = (await shopRow(tx, shop))?.facts?.timeZone ?? 'UTC';
    await planDigest(tx, shop, settings.notices.digest ? nextDigestAt(now(), timeZone) : null);
    await planReportMail(tx, shop, nextReportAt(now(), settings.notices.reports, timeZone));
  }
  if (change.dryRun === true) await beginQuiet(tx, shop, '', 'dry_run', now());
  if (change.dryRun === false) {
    await endQuiet(tx, shop, '', 'dry_run', now());
    await knockHeldBack(tx, shop);
  }
  return settings;
}
