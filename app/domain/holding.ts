import type { AmazonOrder } from './amazon-order.ts';
import { backOff } from './back-off.ts';
import type { Command } from './command.ts';
import { meant, type OpenWork } from './handled-lines.ts';
import type { CancelRequest } from './request.ts';
import type { FulfillmentLine, Handling } from './shopify-order.ts';

/** What holding is decided on. Times in ms UTC. */
export interface Holding {
  readonly order: AmazonOrder;
  readonly request: CancelRequest;
  readonly handling: Handling;
  readonly commands: readonly Command[];
  readonly now: number;
  /** When a person last wanted it tried again, by fulfilment order. */
  readonly asked?: ReadonlyMap<string, number>;
  /** When a person last asked for this very order. */
  readonly wantedAt?: number | null;
}

/** What became of one fulfilment order on which something asked for is still to be sent. */
export type HoldOutcome =
  | { readonly is: 'held'; readonly whole: boolean }
  | { readonly is: 'holding' }
  | { readonly is: 'released' }
  | {
      readonly is: 'not_stopped';
      /** A word for why, and the service's own words where it gave some. */
      readonly why: readonly [NotStopped, string];
      readonly again: number | null;
    };

/** Why work cannot be stopped: with a third party that was asked or said no, refused by Shopify, or in a state without holds. */
type NotStopped = 'accepted' | 'rejected' | 'refused' | 'state';

/** Whether the buyer wants out of what a line in Shopify stands for; where several it may be, one of them is enough. */
export function isAsked({ order, request }: Holding, line: FulfillmentLine): boolean {
  const open = new Set<string>(
    request.lines.filter(({ ended }) => ended === null).map(({ orderItemId }) => orderItemId),
  );
  return meant(order, line).some((id) => open.has(id));
}

/** Shopify's words of a refusal, and when the same may be tried again (ms UTC). */
export function refused(command: Command, now: number): HoldOutcome {
  const again = backOff(command.attempt, command.endedAt ?? now);
  return { is: 'not_stopped', why: ['refused', command.refusal?.text ?? ''], again };
}

/** A person wants it tried again after it ended. */
export function isWanted({ asked }: Holding, work: OpenWork, { endedAt, sentAt }: Command): boolean {
  return (asked?.get(work.id) ?? 0) > (endedAt ?? sentAt ?? 0);
}

/** When what was refused is tried again (ms UTC): at once where a person asked since. */
export function retryOf({ now, wantedAt }: Pick<Holding, 'now' | 'wantedAt'>, before: Command): number {
  const wanted = (wantedAt ?? 0) > (before.endedAt ?? now);
  return wanted ? now : backOff(before.attempt, before.endedAt ?? now);
}

/** It was refused, and its time has not come again. */
export function isResting(holding: Holding, work: OpenWork, before: Command): boolean {
  return retryOf(holding, before) > holding.now && !isWanted(holding, work, before);
}
