/** How near a clock is: over, at most 4 hours, at most a day, or more. */
export type Nearness = 'over' | 'close' | 'soon' | 'far';

const hour = 3_600_000;

/** One of the times by which something has to be done, ms UTC. */
export interface Clock {
  readonly kind: 'answer' | 'ship';
  readonly at: number;
  readonly nearness: Nearness;
}

function nearnessOf(at: number, now: number): Nearness {
  const left = at - now;
  if (left < 0) return 'over';
  if (left <= 4 * hour) return 'close';
  return left <= 24 * hour ? 'soon' : 'far';
}

/** The clocks of a request, the earlier one first; those without a time are left out. */
export function clocksOf(answerBy: number | null, shipBy: number | null, now: number): Clock[] {
  const given = [
    { kind: 'answer' as const, at: answerBy },
    { kind: 'ship' as const, at: shipBy },
  ];
  return given
    .flatMap(({ kind, at }) => (at === null ? [] : [{ kind, at, nearness: nearnessOf(at, now) }]))
    .sort((a, b) => a.at - b.at);
}
