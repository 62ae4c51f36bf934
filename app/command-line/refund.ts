import { amazonOrderId } from '../domain/ids.ts';
import type { TypedRefund } from '../domain/typed-refund.ts';
import { chooseRefund } from '../sync/choose-refund.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator, saidOf } from './said.ts';

/** `SKU=4.90`; an SKU may hold the sign itself. */
function typedLine(text: string): { readonly sku: string; readonly amount: string } {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`${text} is not like SKU=4.90.`);
  return { sku: text.slice(0, at), amount: text.slice(at + 1) };
}

function typedOf({ amount, line }: Options): TypedRefund {
  if (amount !== undefined && line !== undefined)
    throw new UsageError('Give --amount, or --line for each SKU.');
  if (line !== undefined) return { lines: line.map(typedLine) };
  if (amount === undefined)
    throw new UsageError('Say how much: --amount 4.90, --amount full, or --line SKU=4.90.');
  return { amount };
}

/** Refunds on Amazon and on Shopify's books: `--amount`, or `--line SKU=AMOUNT` each; `--checked`, `--restock`, `--preview`. */
export async function refund(
  { services, shop }: Session,
  [order = '']: readonly string[],
  options: Options,
): Promise<Said> {
  const chosen = await chooseRefund(services, shop, amazonOrderId(order), {
    typed: typedOf(options),
    restock: options.restock ?? false,
    checked: options.checked ?? false,
    preview: options.preview ?? false,
    version: options.version ?? null,
    by: operator,
  });
  return saidOf(chosen, `${order}: rests, then it goes to Amazon.`);
}
