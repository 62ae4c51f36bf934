import type { ShopDomain } from '../domain/ids.ts';
import { writeDigest } from './digest.ts';
import { noticeShop } from './notice-shop.ts';
import type { NoticeParts } from './parts.ts';
import { passOn } from './pass-on.ts';
import { writeReportMail } from './report-mail.ts';
import { sendDelivery } from './send-delivery.ts';

/** A job ends after so many; the next look for what is due begins another. */
const mostAtOnce = 50;

/** Passes on what is new to a shop's staff, and sends what is due, unless another worker is sending. */
export async function tellStaff(parts: NoticeParts, shop: ShopDomain): Promise<void> {
  await parts.db.forShop(shop, async (tx) => {
    const of = await noticeShop(tx, shop);
    if (!of) return;
    await passOn(tx, of);
    await writeDigest(tx, of);
    await writeReportMail(tx, of);
  });
  for (let sent = 0; sent < mostAtOnce; sent += 1) if ((await sendDelivery(parts, shop)) === null) return;
}
