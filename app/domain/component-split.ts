import { z } from 'zod';
import type { Balances, LineBalance } from './balances.ts';
import { components, sumOfComponents, type Component } from './components.ts';
import { refuse, type Refused } from './explain-refusal.ts';
import { toDecimal, type Money } from './money.ts';
import { namedLine } from './named-line.ts';
import { parseRefundAmount } from './refund-amount.ts';
import type { RefundItem } from './split-refund.ts';
import { typedPairs } from './typed-pairs.ts';

const keptShape = z.array(
  z.object({
    orderItemId: z.string(),
    components: z.partialRecord(z.enum(components), z.number().int().positive()),
  }),
);

/** Whether every amount is still there to be refunded. */
export function isWithin(items: readonly RefundItem[], lines: readonly LineBalance[]): boolean {
  return items.every((item) => {
    const left = lines.find(({ orderItemId }) => orderItemId === item.orderItemId)?.left ?? {};
    return components.every((name) => (item.components[name] ?? 0) <= (left[name] ?? 0));
  });
}

type Read = { readonly ok: true; readonly items: readonly RefundItem[] } | Refused;

/**
 * A refund as a person split it: amounts by line and component, each within what is left of it, and all together at most
 * `most`, which is what was refunded in Shopify, in the same currency. As words (`SKU-1=principal:4.90,tax:0.40;SKU-2=shipping:3`,
 * a line's own id or its SKU) or as JSON.
 */
export function readComponentSplit(text: string, balances: Balances, most: Money): Read {
  const { currency, unclear, lines } = balances;
  if (currency === null || unclear || most.currency !== currency) return refuse('money_unknown');
  const typed = typedPairs(text);
  if (!typed) return refuse('components_unreadable');
  const items: RefundItem[] = [];
  for (const [name, amounts] of typed) {
    const line = namedLine(name, lines);
    if (!line || items.some(({ orderItemId }) => orderItemId === line.orderItemId))
      return refuse('line_unknown', { sku: name });
    const back = new Map<Component, number>();
    for (const [word, amount] of amounts) {
      const component = components.find((one) => one === word);
      if (!component || back.has(component)) return refuse('component_unknown', { what: word });
      const refundable = line.left[component] ?? 0;
      const read = parseRefundAmount(amount, { currency, refundable, shipped: true, free: false });
      if (!read.ok) return read;
      back.set(component, read.amount);
    }
    items.push({ orderItemId: line.orderItemId, components: Object.fromEntries(back) });
  }
  const sum = items.reduce((all, item) => all + sumOfComponents(item.components), 0);
  const max = toDecimal(most);
  return sum > most.amount ? refuse('amount_too_high', { max, currency }) : { ok: true, items };
}

/** What an answer keeps of a split. */
export function itemsFrom(value: string): readonly RefundItem[] {
  return keptShape.parse(JSON.parse(value));
}
