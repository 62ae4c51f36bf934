import { flowInUse } from '../db/flow-targets.ts';
import { addNotices, type NewNotice } from '../db/notices.ts';
import { ratesOf } from '../db/rate.ts';
import type { MarketplaceRate } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';

/** Parts of the limit (percent) that are told of, the worst first. */
const steps = [100, 80, 60] as const;

/** What a workflow is told of a rate that is near its limit or over it; nothing where it is not. `day`: 2026-11-22. */
export function rateNotice(
  { marketplaceId, limitPercent, rate, left }: MarketplaceRate,
  day: string,
): NewNotice[] {
  if (!rate) return [];
  const percent = (rate.counted / rate.total) * 100;
  const step = steps.find((each) => percent >= (limitPercent * each) / 100);
  if (step === undefined) return [];
  return [
    {
      kind: 'rate_near_limit',
      key: `rate:${marketplaceId}:${step}:${day}`,
      amazonOrderId: '',
      params: {
        marketplace: marketplaceId,
        rate: Number(percent.toFixed(2)),
        limit: limitPercent,
        left: left ?? 0,
      },
    },
  ];
}

/** Notes cancellation rates that are near their limit, each step once a day, for shops whose workflows hear of it. */
export async function noteRates({ db }: Services, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, async (tx) => {
    if (!(await flowInUse(tx, shop))) return;
    const at = now();
    const day = new Date(at).toISOString().slice(0, 10);
    await addNotices(
      tx,
      shop,
      at,
      (await ratesOf(tx, shop, at)).flatMap((one) => rateNotice(one, day)),
    );
  });
}
