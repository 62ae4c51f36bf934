import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandArgs } from '../domain/command.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import { toDecimal } from '../domain/money.ts';
import { now } from '../lib/clock.ts';
import type { AdminClient } from './client.ts';
import { noteOf } from './staff-note.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

type Args = CommandArgs['refund_shopify'];

const operation = {
  query: `mutation RefundOrder($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) { userErrors { field message } }
  }`,
  answer: z.object({ refundCreate: z.object({ userErrors }) }),
};

/** Shopify wants a UUID: the same one for the same command, in every process. */
function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

function refundInput(order: ShopifyOrderId, args: Args, key: string): Record<string, unknown> {
  const { amount, currency, sale, lines, shipping, at } = args;
  const decimal = (units: number) => toDecimal({ amount: units, currency });
  const paid = sale
    ? [{ orderId: order, kind: 'REFUND', gateway: sale.gateway, parentId: sale.id, amount: decimal(amount) }]
    : [];
  return {
    orderId: order,
    currency,
    note: noteOf(key),
    notify: false,
    transactions: amount > 0 ? paid : [],
    refundLineItems: lines.map(({ lineItem, quantity, restock, location }) => ({
      lineItemId: lineItem,
      quantity,
      restockType: restock,
      // Where nothing is put back no place may be named.
      ...(restock === 'NO_RESTOCK' || location === null ? {} : { locationId: location }),
    })),
    ...(shipping > 0 ? { shipping: { amount: decimal(shipping) } } : {}),
    ...(at === null ? {} : { processedAt: new Date(at).toISOString() }),
  };
}

const underWay = /currently in progress/i;
const keyProblem = /idempotency key/i;

/** Shopify says by its words only what is wrong with a key, as data or as an error of the request. */
function sortKeyProblem(result: Result<Written>): Result<Written> {
  const failed = result.ok ? null : result.failure;
  const refused = result.ok && result.value.kind === 'refused' ? result.value.refusal.text : null;
  const words = failed?.sentence ?? refused ?? '';
  if (underWay.test(words)) {
    const sentence = 'The same refund is under way in Shopify.';
    return fail({ kind: 'retry', code: 'in_progress', sentence, at: now() + 2000 });
  }
  if (failed && keyProblem.test(words))
    return ok({ kind: 'refused', refusal: { field: 'key', text: failed.sentence } });
  return result;
}

/**
 * Enters a refund in Shopify, on the payment that stands for Amazon's, and writes to nobody. `key` is the command's: with
 * it the same refund is made once, for a day, and it stays in the refund's note. Other arguments under a key are refused.
 */
export async function refundOrder(
  client: AdminClient,
  order: ShopifyOrderId,
  args: Args,
  key: string,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  if (args.amount > 0 && !args.sale) throw new Error('A refund of money was decided without its payment.');
  const variables = { input: refundInput(order, args, key), key: uuidOf(key) };
  const result = await client.run(operation, variables, mayStill);
  return sortKeyProblem(sortWrite(result, ({ refundCreate }) => refundCreate.userErrors));
}
