import { cancelUnderWay } from './decide-cancel.ts';
import { commandsOfKind, type Command, type CommandArgs } from './command.ts';
import { dealing, soonMs, together, type Case, type Dealing } from './dealing.ts';
import { shipAmazonKey } from './money-keys.ts';
import type { Sent } from './parcels.ts';

type Parcel = CommandArgs['ship_amazon'];

/** What is said of a parcel on its way to Amazon. */
export function confirming({ situation }: Case, sent: Sent | null): Dealing {
  const t = sent?.fulfillment.at ?? situation.now;
  return dealing({ fitting: [{ key: 'ship_confirming', params: { t } }], explains: true });
}

/** A cancel that Amazon has, may have, or that the next batch may take: parcels wait for its outcome (CAN-18). */
function cancelMayGo(one: Case): boolean {
  const { commands, now } = one.situation;
  if (cancelUnderWay(one)) return true;
  return commandsOfKind(commands, 'cancel_amazon').some(
    ({ state, notBefore }) => state === 'planned' && (notBefore ?? 0) <= now,
  );
}

/**
 * Tells Amazon of a parcel: at once, or with the next batch where there is no number (FUL-1), by what Amazon shows now.
 * `before` is the row of this very turn, where there is one. Twice is an edit of the same parcel, so it may be repeated.
 */
export function confirmParcel(
  one: Case,
  sent: Sent,
  given: {
    readonly parcel: string;
    readonly turn: number;
    readonly before: Command<'ship_amazon'> | null;
    readonly args: Parcel;
  },
): Dealing {
  const { situation, order, askedAt } = one;
  const said = confirming(one, sent);
  const again = (wait: number) =>
    together([said, dealing({ dueAgain: [{ at: situation.now + wait, reason: 'slot' }] })]);
  if (cancelMayGo(one)) return cancelUnderWay(one) ? said : again(soonMs);
  const { parcel, turn, before } = given;
  // Many at once would wait for each other's slots: they go in bulk (FUL-1).
  const args = before === null && situation.crowded ? ({ ...given.args, by: 'feed' } as const) : given.args;
  if (askedAt === null && args.by === 'call') return again(soonMs);
  const write = {
    kind: 'ship_amazon',
    key: shipAmazonKey(order.id, parcel, turn),
    from: before?.state ?? null,
    args,
  } as const;
  if (args.by === 'call') return together([said, dealing({ send: [write] })]);
  const planned = dealing({ plan: [{ ...write, notBefore: null, provedAt: askedAt }] });
  return together([askedAt === null ? again(soonMs) : said, planned]);
}
