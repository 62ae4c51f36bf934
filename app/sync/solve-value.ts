import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { keptSplit, readParcelSplit } from '../domain/parcel-split.ts';
import { parcelsOf } from '../domain/parcels.ts';
import type { Solution } from '../domain/problem-choices.ts';
import type { OrderCase } from './order-case.ts';

/** What goes with an answer, as it is kept; or why it is not taken. */
type Read = { readonly ok: true; readonly value: string | null } | Refused;

/** Which lines are in which parcel of a fulfilment that Amazon does not know of yet (FUL-3). */
function parcelSplit({ one }: OrderCase, fulfilment: string, text: string): Read {
  const { told, fresh } = parcelsOf(one);
  const unsent = told.flatMap(({ sent, turns: [first] }) => (sent && first.sentAt === null ? [sent] : []));
  const sent = [...fresh, ...unsent].find(({ of }) => of === fulfilment);
  if (!sent) return refuse('split_told');
  const read = readParcelSplit(text, sent, one.order.lines);
  return read.ok ? { ok: true, value: keptSplit(read.split) } : read;
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
    default:
      return { ok: true, value: text };
  }
}
