import { z } from 'zod';
import { amazonCancelReasons, shopifyCancelReasons } from '../domain/cancel-reason.ts';
import { carriedParts } from '../domain/carried.ts';
import { adjustmentReasons, holdHandles, type CommandArgs, type CommandKind } from '../domain/command.ts';
import { components } from '../domain/components.ts';

const strings = z.array(z.string());
const prints = z.object({
  address: z.string().nullable(),
  dates: z.string().nullable(),
  quantities: z.string().nullable(),
});
const onWork = z.object({ fulfillmentOrder: z.string() });
const parts = z.array(z.object({ id: z.string(), quantity: z.number() }));
const units = z.array(z.object({ orderItemId: z.string(), quantity: z.number() }));
/** Minor units per component. */
export const componentsShape = z.partialRecord(z.enum(components), z.number());

/** How each kind's args stand in the database. */
export const commandArgsShapes: { readonly [Kind in CommandKind]: z.ZodType<CommandArgs[Kind]> } = {
  create_order: z.object({
    without: strings,
    carried: prints.optional(),
    takeStock: z.boolean().optional(),
  }),
  update_order: z.object({ parts: z.array(z.enum(carriedParts)), without: strings, carried: prints }),
  mark_order: z.object({ n: z.number(), version: z.number() }),
  hold_order: onWork.extend({
    handle: z.enum(holdHandles).optional(),
    parts: parts.nullable(),
    units: z.array(z.object({ lineItem: z.string(), quantity: z.number() })),
  }),
  release_hold: onWork.extend({
    handle: z.enum(holdHandles).optional(),
    hold: z.string(),
    lineItems: strings,
  }),
  call_back: onWork.extend({ how: z.enum(['cancel', 'ask']) }),
  cancel_amazon: z.object({ reason: z.enum(amazonCancelReasons), orderItemIds: strings }),
  refund_amazon: z.object({
    reason: z.enum(adjustmentReasons),
    currency: z.string(),
    items: z.array(
      z.object({
        orderItemId: z.string(),
        adjustmentId: z.string(),
        components: componentsShape,
        quantityCancelled: z.number().optional(),
      }),
    ),
  }),
  ship_amazon: z.object({
    by: z.enum(['call', 'feed']),
    reference: z.string(),
    carrierCode: z.string().nullable(),
    carrierName: z.string().nullable(),
    tracking: z.string().nullable(),
    shippedAt: z.number(),
    items: units,
  }),
  cancel_shopify: z.object({
    reason: z.enum(shopifyCancelReasons),
    restock: z.boolean(),
    refund: z.boolean(),
  }),
  refund_shopify: z.object({
    amount: z.number(),
    currency: z.string(),
    sale: z.object({ id: z.string(), gateway: z.string() }).nullable(),
    lines: z.array(
      z.object({
        lineItem: z.string(),
        quantity: z.number(),
        restock: z.enum(['NO_RESTOCK', 'CANCEL', 'RETURN']),
        location: z.string().nullable(),
      }),
    ),
    shipping: z.number(),
    at: z.number().nullable(),
  }),
  fulfil_shopify: z.object({
    reference: z.string(),
    tracking: z.string().nullable(),
    company: z.string().nullable(),
    work: z.array(onWork.extend({ parts })),
  }),
  unfulfil_shopify: z.object({ fulfillment: z.string() }),
};
