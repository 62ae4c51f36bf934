import type { CommandState } from './command.ts';

export const commandEvents = [
  'claimed',
  'answered_yes',
  'answered_no',
  'answer_lost',
  'not_done',
  'seen',
  'not_seen',
  'recalled',
  'replaced',
] as const;
export type CommandEvent = (typeof commandEvents)[number];

/** `impossible`: only a bug could bring this event in this state. */
type Next = CommandState | 'impossible';

/**
 * Every state and every event. A worker that died leaves `sending` behind; whoever looks next treats it as a lost
 * answer. `not_done`: the write provably never reached the service. `recalled` of a write in the dark: its effect can
 * come no more. An answer that arrives after somebody else took over cannot be written (its lease token no longer fits).
 */
const table: Record<CommandState, Record<CommandEvent, Next>> = {
  planned: {
    claimed: 'sending',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'planned',
    recalled: 'withdrawn',
    replaced: 'superseded',
  },
  sending: {
    claimed: 'sending',
    answered_yes: 'accepted',
    answered_no: 'refused',
    answer_lost: 'unsure',
    not_done: 'planned',
    seen: 'confirmed',
    not_seen: 'unsure',
    recalled: 'withdrawn',
    replaced: 'impossible',
  },
  unsure: {
    claimed: 'sending',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'unsure',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'unsure',
    recalled: 'withdrawn',
    replaced: 'impossible',
  },
  accepted: {
    claimed: 'impossible',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'accepted',
    recalled: 'impossible',
    replaced: 'impossible',
  },
  confirmed: {
    claimed: 'impossible',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'confirmed',
    recalled: 'impossible',
    replaced: 'impossible',
  },
  refused: {
    claimed: 'sending',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'refused',
    recalled: 'withdrawn',
    replaced: 'superseded',
  },
  withdrawn: {
    claimed: 'sending',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'withdrawn',
    recalled: 'withdrawn',
    replaced: 'withdrawn',
  },
  superseded: {
    claimed: 'impossible',
    answered_yes: 'impossible',
    answered_no: 'impossible',
    answer_lost: 'impossible',
    not_done: 'impossible',
    seen: 'confirmed',
    not_seen: 'superseded',
    recalled: 'superseded',
    replaced: 'superseded',
  },
};

/** The state after an event. Throws where the event cannot happen in that state: that is a bug, never news. */
export function nextState(state: CommandState, event: CommandEvent): CommandState {
  const next = table[state][event];
  if (next === 'impossible') throw new Error(`A command that is ${state} cannot be ${event}.`);
  return next;
}
