import { amazonCancelReasons, type AmazonCancelReason } from '../domain/cancel-reason.ts';
import { amazonOrderId } from '../domain/ids.ts';
import { chooseCancel, undoCancel, type Chosen } from '../sync/choose-cancel.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

/** Who decides at the command line, in the audit log. */
const by = 'operator';

function reasonOf(text: string | undefined): AmazonCancelReason | null {
  if (text === undefined) return null;
  const found = amazonCancelReasons.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found) return found;
  throw new UsageError(`There is no reason ${text}. Take one of ${amazonCancelReasons.join(', ')}.`);
}

function said(chosen: Chosen, done: string): Said {
  if (!chosen.ok)
    return {
      ok: false,
      data: { guard: chosen.guard, ...chosen.params },
      lines: [`Refused: ${chosen.guard}`],
    };
  const undoUntil = new Date(chosen.undoUntil).toISOString();
  return {
    ok: true,
    data: { outcome: chosen.outcome, choice: chosen.id, undoUntil, ...chosen.params },
    lines: [done],
  };
}

/** Approves a buyer's request, or cancels an order for another reason: `--refund` 34.90 or full, `--reason`, `--no-restock`. */
export async function approve(
  { services, shop }: Session,
  [order]: readonly string[],
  options: Options,
): Promise<Said> {
  const chosen = await chooseCancel(services, shop, amazonOrderId(order ?? ''), {
    amount: options.refund ?? 'full',
    reason: reasonOf(options.reason),
    restock: options.restock === false ? false : null,
    free: options.free ?? false,
    by,
  });
  return said(
    chosen,
    chosen.ok
      ? `${order ?? ''}: rests until ${new Date(chosen.undoUntil).toISOString()}, then it goes to Amazon.`
      : '',
  );
}

/** Takes an approval back while it rests. */
export async function undo({ services, shop }: Session, [order]: readonly string[]): Promise<Said> {
  return said(
    await undoCancel(services, shop, amazonOrderId(order ?? ''), by),
    'Recalled. Nothing was sent.',
  );
}
