import { pastRequests } from '../db/past-requests.ts';
import { shopRow } from '../db/shops.ts';
import { autoAcceptRules } from '../domain/auto-accept-rules.ts';
import { toDecimal } from '../domain/money.ts';
import { previewRules as previewOf } from '../domain/preview-rules.ts';
import { settingsSchema } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

const days = 90;

/** What the shop's rules, or those given, would have done to the requests of the past 90 days. */
export async function previewRules(
  { services, shop }: Session,
  _: readonly string[],
  { with: given }: Options,
): Promise<Said> {
  const tried = given === undefined ? null : autoAcceptRules.safeParse(given);
  if (tried && !tried.success)
    throw new UsageError(`These are no rules: ${tried.error.issues[0]?.message ?? ''}`);
  const [row, past] = await services.db.forShop(
    shop,
    async (tx) =>
      [await shopRow(tx, shop), await pastRequests(tx, shop, now() - days * 24 * 3_600_000)] as const,
  );
  const rules = tried?.data ?? (row?.settings ?? settingsSchema.parse({})).autoAccept;
  const { requests, approved, sums, shipped, withdrawn, left } = previewOf(rules, past);
  const money = Object.entries(sums).map(([currency, amount]) => ({
    currency,
    amount: toDecimal({ amount, currency }),
  }));
  const said = money.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  const lines = [
    `Would have approved ${approved} of ${requests} requests of the past ${days} days${said === '' ? '' : ` (${said})`}.`,
    `${shipped} of them had shipped. ${withdrawn} were withdrawn later.`,
    ...Object.entries(left).map(([condition, n]) => `  left to a person: ${n} (${condition})`),
  ];
  return { ok: true, data: { rules, requests, approved, sums: money, shipped, withdrawn, left }, lines };
}
