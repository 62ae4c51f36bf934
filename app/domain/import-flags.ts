import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import type { Situation } from './decide.ts';
import { marketplace } from './marketplaces.ts';
import { add, isKnownCurrency, subtract, toDecimal, type Money } from './money.ts';
import { openLines, type OrderDraft } from './order-draft.ts';
import type { Params, ProblemDraft } from './problem.ts';
import { unknownProgrammes } from './programmes.ts';

const nameOf = (line: AmazonLine): string => line.sku ?? line.asin ?? line.orderItemId;

function skuFlags(situation: Situation, order: AmazonOrder): ProblemDraft[] {
  const lines = new Map(openLines(order).map((line) => [nameOf(line), line]));
  return [...lines].flatMap(([subject, line]): ProblemDraft[] => {
    const meaning = situation.skus.get(line.sku ?? '');
    if (meaning?.variantId || meaning?.byHand) return [];
    const n = meaning?.candidates ?? 0;
    return [
      n > 1
        ? { kind: 'sku_ambiguous', subject, params: { sku: subject, n } }
        : { kind: 'sku_unlinked', subject, params: { sku: subject } },
    ];
  });
}

/** `shown`: the total in Shopify, as it is or as it will be. Where Amazon's is unknown the two cannot be compared. */
function totalsFlag(order: AmazonOrder, draft: OrderDraft, shown: Money): ProblemDraft[] {
  const amazon = draft.difference && add(draft.total, draft.difference);
  const apart = amazon && amazon.currency === shown.currency ? subtract(amazon, shown) : null;
  if (apart?.amount === 0) return [];
  const params = {
    id: order.id,
    a: amazon && toDecimal(amazon),
    b: toDecimal(shown),
    diff: apart && toDecimal(apart),
    currency: draft.currency,
  };
  return [{ kind: 'totals_differ', subject: '', params }];
}

function currencyFlag(situation: Situation, order: AmazonOrder, currency: string): ProblemDraft[] {
  const used = [...situation.shop.currencies, ...situation.settings.acceptedCurrencies];
  return isKnownCurrency(currency) && used.includes(currency)
    ? []
    : [{ kind: 'currency_unknown', subject: currency, params: { id: order.id, currency } }];
}

/** So many oddities of one order are told one by one; the rest of them says nothing new. */
const mostOddities = 10;

/**
 * What Amazon sent that is no fault of its form, and odd all the same: a marketplace we do not know, too many lines,
 * nobody to send a parcel to.
 */
function ownOddities(
  order: AmazonOrder,
  draft: OrderDraft,
): { field: string; what: string; value: string | null }[] {
  const field = 'salesChannel.marketplaceId';
  const value = order.marketplaceId;
  return [
    ...(marketplace(value) ? [] : [{ field, what: value === null ? 'absent' : 'unknown_value', value }]),
    ...(order.recipient === null && order.fulfilledBy === 'merchant'
      ? [{ field: 'recipient', what: 'absent', value: null }]
      : []),
    ...(draft.joined > 0
      ? [{ field: 'orderItems', what: 'too_many', value: String(order.lines.length) }]
      : []),
  ];
}

const flag = (kind: ProblemDraft['kind'], subject: string, params: Params): ProblemDraft => ({
  kind,
  subject,
  params,
});

/**
 * All that is odd about an order that comes in all the same (IMP-1): each is a problem of its own, told with field and
 * figures, never with buyer data. `shown` is the total that Shopify shows, or will show; `without` names what was left out
 * because Shopify refused it.
 */
export function importFlags(
  situation: Situation,
  order: AmazonOrder,
  draft: OrderDraft,
  shown: Money,
  without: readonly string[],
): ProblemDraft[] {
  const id = order.id;
  return [
    ...skuFlags(situation, order),
    ...totalsFlag(order, draft, shown),
    ...currencyFlag(situation, order, draft.currency),
    ...unknownProgrammes(order).map((name) => flag('programme_unknown', name, { id, name })),
    ...[...ownOddities(order, draft), ...order.oddities]
      .slice(0, mostOddities)
      .map(({ field, what, value = null }) => flag('amazon_data_odd', field, { id, field, what, value })),
    ...without.map((field) => flag('field_left_out', field, { id, field })),
  ];
}
