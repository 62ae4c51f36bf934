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
  'replanned',
  'failed_later',
] as const;
export type CommandEvent = (typeof commandEvents)[number];

/** `impossible`: only a bug could bring this event in this state. */
type Next = CommandState | 'impossible';

/**
 * Every state and every event. A worker that died leaves `sending` behind; whoever looks next treats it as a lost
 * answer. `not_done`: the write provably never reached the service. `recalled` of a write in the dark: its effect can
 * come no more. `replanned`: it rests again, to go with a later batch. `failed_later`: the service took it, and its work
 * failed afterwards. An answer that arrives after somebody else took over cannot be written (its lease token no longer fits).
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
    replanned: 'planned',
    failed_later: 'impossible',
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
    replanned: 'impossible',
    failed_later: 'impossible',
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
    replanned: 'planned',
    failed_later: 'refused',
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
    replanned: 'planned',
    failed_later: 'refused',
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
    replanned: 'impossible',
    failed_later: 'impossible',
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
    replanned: 'planned',
    failed_later: 'impossible',
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
    replanned: 'planned',
    failed_later: 'impossible',
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
    replanned: 'impossible',
    failed_later: 'impossible',
  },
};

/** The state after an event. Throws where the event cannot happen in that state: that is a bug, never news. */
export function nextState(state: CommandState, event: CommandEvent): CommandState {
  const next = table[state][event];
  if (next === 'impossible') throw new Error(`A command that is ${state} cannot be ${event}.`);
  return next;
}
