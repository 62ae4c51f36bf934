import { cancelChoice } from '../domain/cancel-wish.ts';
import { commandsOfKind, type Command } from '../domain/command.ts';
import { readComponentSplit } from '../domain/component-split.ts';
import { cancelUnderWay } from '../domain/decide-cancel.ts';
import { namesOf, rightOne } from '../domain/doubled.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { dispensableParts, type Dispensable } from '../domain/leave-out.ts';
import { keptSplit, readParcelSplit } from '../domain/parcel-split.ts';
import { parcelsOf, type Sent } from '../domain/parcels.ts';
import type { Solution } from '../domain/problem-choices.ts';
import { refundNo } from '../domain/refund-fact.ts';
import { ledgerOf, leftOnAmazon } from '../domain/refund-ledger.ts';
import type { OrderCase } from './order-case.ts';

/** What goes with an answer, as it is kept; or why it is not taken. */
type Read = { readonly ok: true; readonly value: string | null } | Refused;

/** A fulfilment that a person may still make several parcels of: Amazon does not know of it yet (FUL-3). */
export function splittable({ one }: OrderCase, fulfilment: string): Sent | null {
  const { told, fresh } = parcelsOf(one);
  const unsent = told.flatMap(({ sent, turns: [first] }) => (sent && first.sentAt === null ? [sent] : []));
  return [...fresh, ...unsent].find(({ of }) => of === fulfilment) ?? null;
}

/** Which lines are in which parcel of it. */
function parcelSplit(read: OrderCase, fulfilment: string, text: string): Read {
  const { one } = read;
  const sent = splittable(read, fulfilment);
  if (!sent) return refuse('split_told');
  const split = readParcelSplit(text, sent, one.order.lines);
  return split.ok ? { ok: true, value: keptSplit(split.split) } : split;
}

/** What a refund in Shopify is on Amazon, by line and component, within what is left there (REF-1, REF-3). */
function componentSplit({ one }: OrderCase, refund: string, text: string): Read {
  if (!one.books) return refuse('shopify_unreadable');
  const ledger = ledgerOf(one, one.books);
  const booked = ledger.refunds.find((each) => refundNo(each) === refund);
  if (!booked) return refuse('order_changed');
  const read = readComponentSplit(text, leftOnAmazon(ledger, []), booked.amount);
  return read.ok ? { ok: true, value: JSON.stringify(read.items) } : read;
}

/** What an order that Shopify refused can still come in without. */
export function partsToLeave(commands: readonly Command[]): readonly Dispensable[] {
  const [create] = commandsOfKind(commands, 'create_order');
  return create?.state === 'refused' ? dispensableParts(create) : [];
}

/** What a choice needs beside its name, by what is kept: of an order that does not stand in Shopify, or stands there twice. */
export function readStoredValue(
  about: { readonly needs: Solution['needs']; readonly orders: string | null },
  commands: readonly Command[],
  text: string | null,
): Read {
  const named = text?.trim() ?? '';
  if (about.needs === 'order') {
    const value = rightOne(about.orders ?? '[]', named);
    return value === null
      ? refuse('value_missing', { what: namesOf(about.orders ?? '[]') })
      : { ok: true, value };
  }
  if (about.needs === 'part') {
    const parts = partsToLeave(commands);
    if (parts.length === 0) return refuse('nothing_to_leave_out');
    const part = parts.find((one) => one === named);
    return part ? { ok: true, value: part } : refuse('value_missing', { what: parts.join(', ') });
  }
  return { ok: true, value: text };
}

/** Reads what a choice needs beside its name, by the order as it is now. */
export function readValue(
  read: OrderCase,
  about: { readonly subject: string; readonly needs: Solution['needs'] },
  text: string | null,
): Read {
  switch (about.needs) {
    case 'split':
      return parcelSplit(read, about.subject, text ?? '');
    case 'idle':
      return cancelChoice(read.one) || cancelUnderWay(read.one)
        ? refuse('cancel_under_way')
        : { ok: true, value: null };
    case 'components':
      return componentSplit(read, about.subject, text ?? '');
    default:
      return { ok: true, value: text };
  }
}
