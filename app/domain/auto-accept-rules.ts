import { z } from 'zod';

/** Rules as JSON text, where an operator typed them; anything else is left as it is. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === 'on' || value === 'off') return { on: value === 'on' };
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * What is approved by itself (CAN-16): off by default. Fixed beside these: the order is unshipped, and the buyer asked for all
 * that is open. Null: no such condition.
 */
export const autoAcceptRules = z.preprocess(
  fromText,
  z.strictObject({
    on: z.boolean().default(false),
    /** By currency as a decimal text: orders of less than that. Other currencies than those listed are left to a person. */
    underAmount: z
      .record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,12}(\.\d{1,4})?$/))
      .nullable()
      .default(null),
    /** Only so long after the buyer asked. */
    withinHours: z.number().positive().max(720).nullable().default(null),
    /** Orders with one of these are left to a person. */
    notSkus: z.array(z.string().min(1).max(100)).max(1000).default([]),
  }),
);
export type AutoAcceptRules = z.infer<typeof autoAcceptRules>;
