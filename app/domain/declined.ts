import { choicesOfKind, type Choice, type ChoiceOutcome } from './choice.ts';
import type { CancelRequest } from './request.ts';

/** The decision to ship all the same that stands for request `n`; null where there is none (CAN-17). */
function standing(choices: readonly Choice[], n: number): Choice<'decline'> | null {
  return (
    choicesOfKind(choices, 'decline').findLast(({ args, state }) => args.n === n && state === 'open') ?? null
  );
}

/**
 * The request as declining makes it, or taking that back; `before` is the record on file. What nothing else changed gets a new
 * version, so that its mark is shown anew.
 */
export function withDecline(
  request: CancelRequest,
  before: CancelRequest | null,
  choices: readonly Choice[],
): CancelRequest {
  const declined = standing(choices, request.n) !== null;
  const from = declined ? 'open' : 'declined';
  if (request.state !== from) return request;
  const moved = before?.n === request.n && before.version !== request.version;
  return {
    ...request,
    state: declined ? 'declined' : 'open',
    version: before?.n === request.n && !moved ? request.version + 1 : request.version,
  };
}

/** Decisions to ship all the same that are over: their request is closed. */
export function endedDeclines(request: CancelRequest, choices: readonly Choice[]): ChoiceOutcome[] {
  return choicesOfKind(choices, 'decline').flatMap(({ id, state, args }) =>
    state === 'open' && (args.n < request.n || (args.n === request.n && request.closedAt !== null))
      ? [{ id, state: 'done', outcome: null }]
      : [],
  );
}
