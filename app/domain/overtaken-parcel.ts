import type { AmazonPackage } from './amazon-order.ts';
import { createEffectMs, type Command } from './command.ts';
import { isInDoubt } from './known-in-shopify.ts';
import { sameNumber, type ToldParcel } from './parcels.ts';

type Turn = Command<'ship_amazon'>;

/** Whether Amazon shows the number of a turn, or none where it had none. */
export function showsNumberOf({ trackingNumber }: AmazonPackage, { args }: Turn): boolean {
  return args.tracking === null ? trackingNumber === null : sameNumber(args.tracking, trackingNumber);
}

const effectUntil = ({ sentAt }: Turn): number => (sentAt ?? -Infinity) + createEffectMs;

/** Earlier turns with another number of which some try may have come, or may come yet, after the last one was sent. */
function doubtful({ last, turns }: ToldParcel): Turn[] {
  return turns.filter(
    (turn) =>
      turn !== last &&
      isInDoubt(turn) &&
      !sameNumber(turn.args.tracking, last.args.tracking) &&
      effectUntil(turn) > (last.sentAt ?? Infinity),
  );
}

/** Until when an earlier turn may still overtake the last one (ms UTC); zero: none may. */
export function overtakenUntil(parcel: ToldParcel): number {
  return Math.max(0, ...doubtful(parcel).map(effectUntil));
}

/**
 * Whether an earlier turn overtook the last one, which Amazon showed before: its number stands there again. Where none could
 * come so late any more a person put it there, whose word stands; so it is sent again a few times at most.
 */
export function isOvertaken(parcel: ToldParcel): boolean {
  const { onAmazon } = parcel;
  return onAmazon !== null && doubtful(parcel).some((turn) => showsNumberOf(onAmazon, turn));
}
