import { z } from 'zod';
import { autoAcceptRules } from './auto-accept-rules.ts';
import { amazonCancelReasons } from './cancel-reason.ts';
import { chosenMarketplaces } from './chosen-marketplaces.ts';
import { noticeSettings } from './notice-settings.ts';

// That the buyer cancelled is said only with the buyer's own request, so no table says it (CAN-6).
const ownReason = z.enum([...amazonCancelReasons, 'ask']).exclude(['BuyerCanceled']);

/** `STAFF=PricingError,FRAUD=ask` as a table; anything else is left as it is. */
function tableOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const pairs = value.split(',').map((pair) => {
    const [name = '', ...rest] = pair.trim().split('=');
    return [name, rest.join('=')];
  });
  return Object.fromEntries(pairs);
}

const cancelReasons = z.preprocess(
  tableOf,
  z.strictObject({
    INVENTORY: ownReason.default('NoInventory'),
    FRAUD: ownReason.default('CannotVerifyInformation'),
    DECLINED: ownReason.default('CannotVerifyInformation'),
    CUSTOMER: ownReason.default('ask'),
    OTHER: ownReason.default('ask'),
    STAFF: ownReason.default('ask'),
  }),
);

/** A switch as JSON has it, or as an operator types it. */
const flag = z
  .union([z.boolean(), z.enum(['on', 'off', 'true', 'false'])])
  .transform((value) => value === true || value === 'on' || value === 'true');

/** A carrier as JSON has it, or as an operator types it: a code of Amazon's, or `Other:Name`. */
const carrier = z.union([
  z.strictObject({ code: z.string().min(1).nullable(), name: z.string().min(1).nullable() }),
  z
    .string()
    .min(1)
    .transform((text) =>
      text.startsWith('Other:') ? { code: null, name: text.slice(6) } : { code: text, name: null },
    ),
]);

/** A merchant's settings, each with its default. Stored as JSON; what is unknown there is left alone. */
export const settingsSchema = z.object({
  /** What creating an order does to the shop's stock (IMP-7). */
  stock: z.enum(['decrement', 'leave']).default('decrement'),
  /** What an older order that was shipped already, and that a person asked for, does to it. */
  shippedStock: z.enum(['leave', 'decrement']).default('leave'),
  /** Whether orders that Amazon itself fulfils are shown (IMP-6). */
  fba: z.enum(['off', 'show']).default('off'),
  /** Currencies the merchant accepted though the shop does not use them. */
  acceptedCurrencies: z.array(z.string().regex(/^[A-Z]{3}$/)).default([]),
  /** Amazon's reason for each of Shopify's where no request covers all lines; `ask`: a person says it (CAN-6). */
  cancelReasons: cancelReasons.prefault({}),
  /** After so long without a sight of Amazon, or of its cancellation data, the merchant is told (REQ-12). */
  blindAfterMinutes: z.coerce.number().int().min(5).max(1440).default(30),
  /** How long a cancel or refund made here rests before it takes the next batch (CAN-8). */
  undoMinutes: z.coerce.number().int().min(0).max(30).default(2),
  /** Whether units of a cancelled order go back to stock, where they were taken from it. */
  restock: flag.default(true),
  /** Shows every command and sends none (PRO-7). */
  dryRun: flag.default(false),
  /** Which requests are approved by themselves (CAN-16). */
  autoAccept: autoAcceptRules.prefault({}),
  /** A fulfilment without a tracking number waits so long for one; then Amazon is told without (FUL-1). */
  untrackedAfterHours: z.coerce.number().int().min(0).max(240).default(24),
  /** Who is meant by a carrier's name in Shopify: a code of Amazon's, or (null) a name to be sent (FUL-1). */
  carriers: z.preprocess(tableOf, z.record(z.string().min(1).max(200), carrier)).default({}),
  /**
   * Whether refunds are made in Seller Central too: then one made in Shopify waits until Amazon's finances would show it
   * there, or until a person says that it is none (REF-3).
   */
  refundsOnAmazon: z.enum(['sometimes', 'never']).default('sometimes'),
  /**
   * Of which marketplaces orders come in, by account, each with the moment from which on (ISO 8601; null: since the account's
   * import began). An account that is not named: of all.
   */
  marketplaces: chosenMarketplaces.default({}),
  /** What staff are told outside the admin, and when (REQ-11). */
  notices: noticeSettings.prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings' names. */
export const settingNames = Object.keys(settingsSchema.shape) as (keyof Settings)[];
