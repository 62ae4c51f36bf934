import type { AmazonOrder } from './amazon-order.ts';
import type { Situation } from './decide.ts';
import { isKnownCurrency, toDecimal } from './money.ts';
import { mostLines, type OrderDraft } from './order-draft.ts';
import type { ProblemDraft } from './problem.ts';
import { unknownProgrammes } from './programmes.ts';

function skuFlags(situation: Situation, order: AmazonOrder): ProblemDraft[] {
  const skus = new Map(order.lines.map((line) => [line.sku ?? '', line]));
  return [...skus].flatMap(([sku, line]): ProblemDraft[] => {
    const meaning = situation.skus.get(sku);
    if (meaning?.variantId) return [];
    const n = meaning?.candidates ?? 0;
    const subject = sku === '' ? (line.asin ?? line.orderItemId) : sku;
    return [
      n > 1
        ? { kind: 'sku_ambiguous', subject, params: { sku: subject, n } }
        : { kind: 'sku_unlinked', subject, params: { sku: subject } },
    ];
  });
}

/**
 * All that is odd about an order that comes in all the same (IMP-1): each is a problem of its own, told with field and
 * figures, never with buyer data.
 */
export function importFlags(
  situation: Situation,
  order: AmazonOrder,
  draft: OrderDraft,
  without: readonly string[],
): ProblemDraft[] {
  const flags: ProblemDraft[] = skuFlags(situation, order);
  const { currency, total, difference } = draft;
  if (difference === null || difference.amount !== 0) {
    const amazon = order.total ? toDecimal(order.total) : null;
    const apart = difference ? toDecimal(difference) : null;
    flags.push({
      kind: 'totals_differ',
      subject: '',
      params: { id: order.id, a: amazon, b: toDecimal(total), diff: apart, currency },
    });
  }
  const used = [...situation.shop.currencies, ...situation.settings.acceptedCurrencies];
  if (!isKnownCurrency(currency) || !used.includes(currency)) {
    flags.push({ kind: 'currency_unknown', subject: currency, params: { id: order.id, currency } });
  }
  for (const name of unknownProgrammes(order)) {
    flags.push({ kind: 'programme_unknown', subject: name, params: { id: order.id, name } });
  }
  for (const odd of order.oddities) {
    flags.push({
      kind: 'amazon_data_odd',
      subject: odd.field,
      params: { id: order.id, field: odd.field, what: odd.what, value: odd.value ?? null },
    });
  }
  if (draft.lines.length >= mostLines && order.lines.length > mostLines) {
    flags.push({
      kind: 'amazon_data_odd',
      subject: 'orderItems',
      params: { id: order.id, field: 'orderItems', what: 'too_many', value: String(order.lines.length) },
    });
  }
  for (const field of without)
    flags.push({ kind: 'field_left_out', subject: field, params: { id: order.id, field } });
  return flags;
}
