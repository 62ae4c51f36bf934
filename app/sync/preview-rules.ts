import { pastRequests } from '../db/past-requests.ts';
import { shopRow } from '../db/shops.ts';
import type { AutoAcceptRules } from '../domain/auto-accept-rules.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { previewRules as judged, type RulesPreview } from '../domain/preview-rules.ts';
import { settingsSchema } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';

/** So far back requests are judged. */
export const previewDays = 90;

/** What rules would have done, with their sums per currency. */
export interface Previewed extends Omit<RulesPreview, 'sums'> {
  readonly rules: AutoAcceptRules;
  readonly sums: readonly Money[];
}

/** What the given rules, or (null) the shop's own, would have done to the requests of the past 90 days (CAN-16). */
export async function previewRules(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  given: AutoAcceptRules | null,
): Promise<Previewed> {
  const [row, past] = await db.forShop(
    shop,
    async (tx) =>
      [await shopRow(tx, shop), await pastRequests(tx, shop, now() - previewDays * 24 * 3_600_000)] as const,
  );
  const rules = given ?? (row?.settings ?? settingsSchema.parse({})).autoAccept;
  const { sums, ...rest } = judged(rules, past);
  return {
    rules,
    ...rest,
    sums: Object.entries(sums).map(([currency, amount]) => ({ amount, currency })),
  };
}
