import type { CommandArgs } from '../domain/command.ts';
import { components } from '../domain/components.ts';
import type { FeedKind } from '../domain/feed-kind.ts';
import { currencyDecimals } from '../domain/money.ts';
import { xmlText } from './xml-text.ts';

// Amazon's XSDs; ids of lines have 14 digits there, and 15 in Amazon's own answers.
const orderIdShape = /^\w{3}-\w{7}-\w{7}$/;
const itemIdShape = /^\d{14,15}$/;
const referenceShape = /^(?!0+$)\d{1,20}$/;
const currencyShape = /^[A-Z]{3}$/;

const isCount = (units: number) => Number.isSafeInteger(units) && units > 0 && units < 10_000_000_000;

function unfitItems(ids: readonly string[]): string | null {
  if (ids.length === 0) return 'It names no line.';
  const odd = ids.find((id) => !itemIdShape.test(id));
  return odd === undefined ? null : 'A line has an id of an unknown form.';
}

function unfitMoney(item: CommandArgs['refund_amazon']['items'][number]): string | null {
  const amounts = components.map((name) => item.components[name] ?? 0);
  if (item.quantityCancelled !== undefined)
    return isCount(item.quantityCancelled) ? null : 'Its cancelled quantity is no count.';
  if (amounts.some((amount) => !Number.isSafeInteger(amount) || amount < 0))
    return 'An amount is below zero.';
  return amounts.every((amount) => amount === 0) ? 'A line has no amount.' : null;
}

function unfitRefund({ currency, items }: CommandArgs['refund_amazon']): string | null {
  const key = ({ adjustmentId }: { readonly adjustmentId: string }) =>
    adjustmentId !== '' && xmlText(adjustmentId, 50) === adjustmentId;
  // Amazon might add the two up.
  if (new Set(items.map(({ orderItemId }) => orderItemId)).size < items.length)
    return 'It names a line twice.';
  if (!items.every(key)) return 'The key of a line is empty or too long.';
  // Amazon's amounts have two decimals at most.
  if (!currencyShape.test(currency) || currencyDecimals(currency) > 2) return 'Its currency does not fit.';
  return items.map(unfitMoney).find((why) => why !== null) ?? null;
}

function unfitParcel({ reference, shippedAt, tracking, items }: CommandArgs['ship_amazon']): string | null {
  if (!referenceShape.test(reference)) return 'Its reference is not a number above zero.';
  if (Number.isNaN(new Date(shippedAt).getTime())) return 'Its date is none.';
  // Cut off it would be another parcel's number.
  if (tracking !== null && Array.from(tracking.trim()).length > 50) return 'Its tracking number is too long.';
  return items.every(({ quantity }) => isCount(quantity)) ? null : 'A quantity is no count.';
}

const checks: {
  readonly [Kind in FeedKind]: (args: CommandArgs[Kind]) => string | null;
} = {
  cancel_amazon: ({ orderItemIds }) => unfitItems(orderItemIds),
  refund_amazon: (args) => unfitItems(args.items.map(({ orderItemId }) => orderItemId)) ?? unfitRefund(args),
  ship_amazon: (args) => unfitItems(args.items.map(({ orderItemId }) => orderItemId)) ?? unfitParcel(args),
};

/**
 * Why a message does not fit Amazon's schema, in one sentence; null where it does. One such message spoils its whole
 * feed, the others' messages too, so that it has to be kept out before.
 */
export function unfitFor<Kind extends FeedKind>(
  kind: Kind,
  amazonOrderId: string,
  args: CommandArgs[Kind],
): string | null {
  if (!orderIdShape.test(amazonOrderId)) return 'Its order has an id of an unknown form.';
  return checks[kind](args);
}
