import { autoAcceptRules } from '../domain/auto-accept-rules.ts';
import { toDecimal } from '../domain/money.ts';
import { previewDays, previewRules as previewOf } from '../sync/preview-rules.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

/** What the shop's rules, or those given, would have done to the requests of the past 90 days. */
export async function previewRules(
  { services, shop }: Session,
  _: readonly string[],
  { with: given }: Options,
): Promise<Said> {
  const tried = given === undefined ? null : autoAcceptRules.safeParse(given);
  if (tried && !tried.success)
    throw new UsageError(`These are no rules: ${tried.error.issues[0]?.message ?? ''}`);
  const preview = await previewOf(services, shop, tried?.data ?? null);
  const { requests, approved, shipped, withdrawn, left } = preview;
  const money = preview.sums.map((sum) => ({ currency: sum.currency, amount: toDecimal(sum) }));
  const said = money.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  const lines = [
    `Would have approved ${approved} of ${requests} requests of the past ${previewDays} days${said === '' ? '' : ` (${said})`}.`,
    `${shipped} of them had shipped. ${withdrawn} were withdrawn later.`,
    ...Object.entries(left).map(([condition, n]) => `  left to a person: ${n} (${condition})`),
  ];
  return { ok: true, data: { ...preview, sums: money }, lines };
}
