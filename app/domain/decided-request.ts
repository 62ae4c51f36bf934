import { choicesOfKind, type Choice, type ChoiceOutcome } from './choice.ts';
import { commandsOfKind, type Command } from './command.ts';
import type { CancelRequest } from './request.ts';

/** Whether a decision to ship all the same is about the request: not one made before Amazon showed that the buyer asks. */
const isAbout = ({ at, args }: Choice<'decline'>, { n, confirmedAt }: CancelRequest): boolean =>
  args.n === n && (confirmedAt === null || at >= confirmedAt);

/** The decision to ship all the same that stands for the request; null where there is none (CAN-17). */
function standing(choices: readonly Choice[], request: CancelRequest): Choice<'decline'> | null {
  return (
    choicesOfKind(choices, 'decline').findLast((one) => one.state === 'open' && isAbout(one, request)) ?? null
  );
}

const underWay = new Set<Command['state']>(['planned', 'sending', 'unsure', 'accepted']);

/** Somebody approved it: a choice to cancel is open, or its cancel is under way. */
function approved(choices: readonly Choice[], commands: readonly Command[]): boolean {
  return (
    choicesOfKind(choices, 'cancel').some(({ state }) => state === 'open') ||
    commandsOfKind(commands, 'cancel_amazon').some(({ state }) => underWay.has(state))
  );
}

const decidable = new Set<CancelRequest['state']>(['open', 'approved', 'declined']);

/**
 * The request as approving or declining makes it, or taking that back; `before` is the record on file. What nothing else
 * changed gets a new version, so that its mark is shown anew.
 */
export function withDecision(
  request: CancelRequest,
  before: CancelRequest | null,
  { choices, commands }: { readonly choices: readonly Choice[]; readonly commands: readonly Command[] },
): CancelRequest {
  if (!decidable.has(request.state) || request.closedAt !== null) return request;
  const declined = standing(choices, request) !== null;
  const state = approved(choices, commands) ? 'approved' : declined ? 'declined' : 'open';
  if (request.state === state) return request;
  const moved = before?.n === request.n && before.version !== request.version;
  return {
    ...request,
    state,
    version: before?.n === request.n && !moved ? request.version + 1 : request.version,
  };
}

/** Decisions to ship all the same that are over: their request is closed, or was only claimed when they were made. */
export function endedDeclines(request: CancelRequest, choices: readonly Choice[]): ChoiceOutcome[] {
  return choicesOfKind(choices, 'decline').flatMap((one): ChoiceOutcome[] => {
    const { id, state, args } = one;
    if (state !== 'open' || args.n > request.n) return [];
    if (args.n < request.n || request.closedAt !== null) return [{ id, state: 'done', outcome: null }];
    return isAbout(one, request) ? [] : [{ id, state: 'stale', outcome: null }];
  });
}
