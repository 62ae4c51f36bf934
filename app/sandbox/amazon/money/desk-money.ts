import { type Done, refused } from '../change.ts';
import type { JsonObject } from '../json.ts';
import { textIn } from '../json.ts';
import type { StoredOrder } from '../order-store.ts';
import { amountOf, currencyOf, minorOf } from './balances.ts';
import { isCharged, type RefundDraft, refundObjections, type RefundSource, upTo } from './refund.ts';

/** What the seller gives back in Seller Central; amounts as decimal texts or numbers in the order's currency. */
export interface DeskRefund {
  readonly items: readonly {
    readonly orderItemId: string;
    readonly principal: number | string;
    readonly tax?: number | string | undefined;
    readonly shipping?: number | string | undefined;
  }[];
}

/** Money that Amazon or the buyer's bank takes back. */
export interface Claim {
  readonly kind: string;
  readonly amount: number | string | JsonObject;
}

type Drafted = Done<{ refund: RefundDraft }>;

const names = { principal: 'Principal', tax: 'Tax', shipping: 'Shipping' } as const;
const kinds: readonly (readonly [RegExp, RefundSource])[] = [
  [/a.?(to|2).?z|guarantee/i, 'a-to-z'],
  [/charge.?back/i, 'chargeback'],
  [/return/i, 'return'],
];

/** The amount in the currency's own form; a number that is finer than the currency stays as it is and is refused later. */
function normal(amount: number | string, currency: string): string {
  const minor = minorOf(String(amount), currency);
  return minor === null ? String(amount) : amountOf(minor, currency);
}

const uncharged = () => refused(409, 'Nothing is shipped yet, so the buyer was not charged: cancel instead.');

/** A refund made in Seller Central, or why it cannot be. */
export function deskRefund({ order, refunds }: StoredOrder, { items }: DeskRefund): Drafted {
  if (!isCharged(order)) return uncharged();
  const currency = currencyOf(order);
  const drafted = items.map((item) => ({
    orderItemId: item.orderItemId,
    components: Object.fromEntries(
      (['principal', 'tax', 'shipping'] as const).flatMap((part) => {
        const amount = item[part];
        return amount === undefined ? [] : [[names[part], normal(amount, currency)]];
      }),
    ),
  }));
  const [wrong] = refundObjections(order, refunds, drafted);
  if (wrong) return refused(409, wrong.text);
  return { ok: true, refund: { by: 'seller-central', reason: null, feedId: null, items: drafted } };
}

/** A claim, taken from what is left of the lines one after the other; or why it cannot be. */
export function claimDraft({ order, refunds }: StoredOrder, { kind, amount }: Claim): Drafted {
  const by = kinds.find(([pattern]) => pattern.test(kind))?.[1];
  if (by === undefined) return refused(400, 'The kind of a claim is a-to-z, chargeback or return.');
  if (!isCharged(order)) return uncharged();
  const currency = currencyOf(order);
  const text = typeof amount === 'object' ? (textIn(amount, 'amount') ?? '') : String(amount);
  const minor = minorOf(text, currency);
  if (minor === null || minor <= 0) return refused(400, `The amount is not valid for ${currency}.`);
  const items = upTo(order, refunds, minor);
  const left = items
    .flatMap(({ components }) => Object.values(components))
    .reduce((sum, taken) => sum + (minorOf(taken, currency) ?? 0), 0);
  if (left < minor) return refused(409, `Only ${amountOf(left, currency)} ${currency} is left of the order.`);
  return { ok: true, refund: { by, reason: kind, feedId: null, items } };
}
