import type { AmazonOrderId } from './ids.ts';

/** Every kind of write the app decides on. */
export type CommandKind = 'create_order';

export const commandStates = [
  'planned',
  'sending',
  'unsure',
  'accepted',
  'confirmed',
  'refused',
  'withdrawn',
  'superseded',
] as const;
export type CommandState = (typeof commandStates)[number];

/** What a refused command said: the field of the service's input, and its own words. */
export interface Refusal {
  readonly field: string;
  readonly text: string;
}

/** Arguments of a command: nothing of a buyer. `without` names the fields left out after Shopify refused them. */
export interface CommandArgs {
  readonly without: readonly string[];
}

/** A command row. Times in milliseconds UTC. */
export interface Command {
  readonly id: string;
  readonly key: string;
  readonly kind: CommandKind;
  readonly state: CommandState;
  readonly attempt: number;
  readonly args: CommandArgs;
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  readonly refusal: Refusal | null;
}

/** A write that shall be sent now. `from` is the state it is claimed out of; null: there is no row yet. */
export interface CommandToSend {
  readonly kind: CommandKind;
  readonly key: string;
  readonly from: CommandState | null;
  readonly args: CommandArgs;
}

/** The key of the one command that creates an order: kind and the fact it comes from, never an amount or a time. */
export function createOrderKey(order: AmazonOrderId): string {
  return `create_order:${order}`;
}

/** A new order may stay invisible to Shopify's search, or the effect of a lost call come late, for so long (ms). */
export const createEffectMs = 10 * 60_000;

/**
 * What `unsure` means for each kind of write. `repeat`: repeating is harmless. `look`: look first, for so long (ms) after
 * the write was sent, since its effect may come late and search lags; only then send again.
 */
export const whenUnsure: Record<CommandKind, { then: 'repeat' } | { then: 'look'; forMs: number }> = {
  create_order: { then: 'look', forMs: createEffectMs },
};
