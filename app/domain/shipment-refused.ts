import type { CommandArgs } from './command.ts';
import { confirming, confirmParcel } from './confirm-parcel.ts';
import { dealing, soonMs, together, type Case, type Dealing } from './dealing.ts';
import { sameUnits, unitsOf } from './line-units.ts';
import type { Sent, ToldParcel } from './parcels.ts';

type Parcel = CommandArgs['ship_amazon'];

/** Why, as far as Amazon's words tell. */
function whyOf(text: string): string {
  if (/already fulfilled|PackageToUpdateNotFound|already shipped/i.test(text)) return 'already_shipped';
  if (/quantity/i.test(text)) return 'quantity';
  return /carrier/i.test(text) ? 'carrier_unknown' : '';
}

/**
 * Amazon refused a parcel: a person reads its words. Other contents are the next turn: a corrected carrier, another number,
 * or fewer units since others left meanwhile. Where nothing is left to tell, Amazon knows of the goods already.
 */
export function shipmentRefused(
  one: Case,
  parcel: ToldParcel,
  sent: Sent,
  given: {
    readonly left: Parcel['items'];
    readonly next: Parcel | null;
    readonly changed: boolean;
    readonly edit: (args: Parcel) => Dealing;
  },
): Dealing {
  const { situation, order, askedAt } = one;
  const { last, number } = parcel;
  const endedAt = last.endedAt ?? situation.now;
  // What it refused may have been overtaken: the order is looked at once after it.
  if (askedAt === null || askedAt <= endedAt) {
    const look = dealing({ dueAgain: [{ at: situation.now + soonMs, reason: 'slot' }] });
    return together([
      confirming(one, sent),
      (askedAt ?? 0) <= endedAt ? look : dealing(),
      refusedSaid(one, parcel),
    ]);
  }
  if (given.left.length === 0) return dealing({ events: [{ key: last.key, event: 'recalled' }] });
  const fewer = !sameUnits(unitsOf(given.left), unitsOf(last.args.items));
  if (given.next && (given.changed || fewer)) return given.edit(given.next);
  if (given.next && (situation.wantedAt ?? 0) > endedAt) {
    const turn = Number(last.key.split(':').at(-1));
    return confirmParcel(one, sent, { parcel: number, turn, before: last, args: given.next });
  }
  return together([refusedSaid(one, parcel), dealing({ explains: order.status !== 'shipped' })]);
}

function refusedSaid({ order }: Case, { last, number }: ToldParcel): Dealing {
  const text = last.refusal?.text ?? '';
  const params = { id: order.id, text, why: whyOf(text) };
  return dealing({
    problems: [{ kind: 'ship_refused', subject: number, params }],
    fitting: [{ key: 'ship_refused', params: { text } }],
    explains: true,
  });
}
