import { amazonOrderId } from '../domain/ids.ts';
import { cancelFileOf } from '../sync/cancel-file.ts';
import { typedReason } from './approve.ts';
import type { Options, Said, Session } from './command-line.ts';
import { refusal } from './said.ts';

/** A file for Seller Central's own upload, on standard output: for when Amazon's API cannot be used (CAN-19). */
export async function cancelFile(
  { services, shop }: Session,
  orders: readonly string[],
  { reason }: Options,
): Promise<Said> {
  const made = await cancelFileOf(services, shop, orders.map(amazonOrderId), typedReason(reason));
  if (made.ok)
    return { ok: true, data: { orders: made.orders, file: made.file }, lines: [made.file.trimEnd()] };
  const told = made.refused.map((one) => ({ said: refusal(one), id: String(one.params['id'] ?? '') }));
  return {
    ok: false,
    data: { refused: told.map(({ said }) => said.data) },
    lines: told.flatMap(({ said, id }) => said.lines.map((line) => `${id}: ${line}`)),
  };
}
