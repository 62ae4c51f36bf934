import { z } from 'zod';

/** A merchant's settings, each with its default. Stored as JSON; what is unknown there is left alone. */
export const settingsSchema = z.object({
  /** What creating an order does to the shop's stock (IMP-7). */
  stock: z.enum(['decrement', 'leave']).default('decrement'),
  /** Whether orders that Amazon itself fulfils are shown (IMP-6). */
  fba: z.enum(['off', 'show']).default('off'),
  /** Currencies the merchant accepted though the shop does not use them. */
  acceptedCurrencies: z.array(z.string().regex(/^[A-Z]{3}$/)).default([]),
  /** After so long without a sight of Amazon, or of its cancellation data, the merchant is told (REQ-12). */
  blindAfterMinutes: z.coerce.number().int().min(5).max(1440).default(30),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings' names. */
export const settingNames = Object.keys(settingsSchema.shape) as (keyof Settings)[];
