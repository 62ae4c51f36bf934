// What the app answers extensions, and what they ask it. Both sides read it: it stands here because extensions import nothing of app.
import * as z from 'zod/mini';

// Extensions run where code may not be made of texts.
z.config({ jitless: true });

const tone = z.enum(['success', 'info', 'warning', 'critical', 'caution', 'neutral']);
const text = z.string();
const choice = z.object({ value: text, label: text });
const link = z.object({ label: text, url: text });

/** What a button of the block does. */
const deed = z.enum(['approve', 'cancel', 'decline', 'undo', 'record_informal', 'look_again']);

/** Not an order of Amazon's: one quiet line. */
const other = z.object({ kind: z.literal('other'), text });

/** The block on an order's page, ready to be shown. `{clock}` in its texts stands for what is left of `left` (ms). */
export const blockView = z.discriminatedUnion('kind', [
  other,
  z.object({
    kind: z.literal('order'),
    id: text,
    url: z.nullable(text),
    market: text,
    badge: z.object({ tone, text }),
    sentence: text,
    /** The buyer's words in quotes, and what was asked for. */
    asked: z.nullable(z.object({ reason: text, lines: z.array(text) })),
    clocks: z.array(z.object({ text, tone })),
    sides: text,
    last: z.nullable(text),
    notes: z.array(text),
    buttons: z.array(z.object({ does: deed, label: text, name: text, primary: z.boolean() })),
    more: link,
    left: z.nullable(z.number()),
    /** After so many ms it is to be asked again; null: only when somebody does something. */
    askAgain: z.nullable(z.number()),
  }),
]);
export type BlockView = z.infer<typeof blockView>;

/** What can be chosen in the action, with all that is needed to record a buyer's message. */
export const actionView = z.discriminatedUnion('kind', [
  other,
  z.object({
    kind: z.literal('order'),
    id: text,
    sentence: text,
    notes: z.array(text),
    question: text,
    choices: z.array(choice),
    chosen: z.nullable(text),
    close: text,
    message: z.nullable(
      z.object({
        what: z.object({ label: text, choices: z.array(choice) }),
        lines: z.object({ label: text, choices: z.array(choice) }),
        why: z.object({ label: text, choices: z.array(choice) }),
        hold: text,
        counts: z.nullable(text),
        confirm: text,
        texts: z.array(z.object({ label: text, text, language: text })),
        messages: z.nullable(link),
      }),
    ),
  }),
]);
export type ActionView = z.infer<typeof actionView>;

/** What a decision does, or what became of it. */
export const decisionView = z.discriminatedUnion('kind', [
  other,
  z.object({
    kind: z.literal('decision'),
    id: text,
    /** The sentence of success; null: nothing was decided yet. */
    done: z.nullable(text),
    error: z.nullable(z.object({ text, field: z.nullable(z.enum(['amount', 'reason', 'free'])) })),
    effects: z.array(text),
    amount: z.nullable(z.object({ label: text, help: text, value: text, currency: text })),
    reason: z.nullable(z.object({ label: text, choices: z.array(choice), value: text })),
    free: z.nullable(z.object({ label: text, value: z.boolean() })),
    restock: z.nullable(z.object({ label: text, value: z.boolean() })),
    confirm: text,
    keep: text,
    version: z.nullable(text),
  }),
]);
export type DecisionView = z.infer<typeof decisionView>;

/** What a person wants with an order; what is null was not touched. */
export type Wish =
  | {
      readonly intent: 'cancel';
      readonly preview: boolean;
      readonly amount: string;
      readonly reason: string | null;
      readonly restock: boolean | null;
      readonly free: boolean;
      readonly version: string | null;
    }
  | { readonly intent: 'decline'; readonly preview: boolean; readonly version: string | null }
  | {
      readonly intent: 'informal';
      readonly lines: readonly string[] | null;
      readonly why: string;
      readonly hold: boolean;
    }
  | { readonly intent: 'undo' }
  | { readonly intent: 'look_again' };

/** A question about an order (Shopify's global id), and in which language it is answered. */
export interface Question {
  readonly order: string;
  readonly locale: string;
}

/** Where the app answers. */
export const paths = {
  block: '/extension/block',
  action: '/extension/action',
  decide: '/extension/decide',
  sheet: '/extension/sheet',
} as const;
