import { amazonCancelReasons, type AmazonCancelReason } from '../domain/cancel-reason.ts';
import { amazonOrderId } from '../domain/ids.ts';
import { chooseCancel } from '../sync/choose-cancel.ts';
import { chooseDecline } from '../sync/choose-decline.ts';
import { takeBack } from '../sync/take-back.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator as by, saidOf } from './said.ts';

/** Amazon's reason as it was typed; null where none was. */
export function typedReason(text: string | undefined): AmazonCancelReason | null {
  if (text === undefined) return null;
  const found = amazonCancelReasons.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found) return found;
  throw new UsageError(`There is no reason ${text}. Take one of ${amazonCancelReasons.join(', ')}.`);
}

/** Approves a buyer's request, or cancels an order for another reason: `--refund` 34.90 or full, `--reason`, `--no-restock`. */
export async function approve(
  { services, shop }: Session,
  [order = '']: readonly string[],
  options: Options,
): Promise<Said> {
  const chosen = await chooseCancel(services, shop, amazonOrderId(order), {
    amount: options.refund ?? 'full',
    reason: typedReason(options.reason),
    restock: options.restock === false ? false : null,
    free: options.free ?? false,
    preview: options.preview ?? false,
    version: options.version ?? null,
    by,
  });
  return saidOf(chosen, `${order}: rests, then it goes to Amazon.`);
}

/** Ships although the buyer asked. */
export async function decline(
  { services, shop }: Session,
  [order = '']: readonly string[],
  options: Options,
): Promise<Said> {
  const wanted = { by, preview: options.preview ?? false, version: options.version ?? null };
  return saidOf(await chooseDecline(services, shop, amazonOrderId(order), wanted), `${order}: ship it.`);
}

/** Takes the last decision about an order back while it rests; a declined order is held again until it is fulfilled. */
export async function undo({ services, shop }: Session, [order = '']: readonly string[]): Promise<Said> {
  return saidOf(await takeBack(services, shop, amazonOrderId(order), by), 'Recalled. Nothing was sent.');
}
