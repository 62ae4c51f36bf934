import { z } from 'zod';
import type { AmazonMove, AmazonPosting } from '../domain/amazon-move.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Call, Session } from './session.ts';
import { toMoves, type ReadMoves } from './to-moves.ts';

/** A stretch of time, in ms UTC; `before` null: up to now. A page token holds only with the same two times. */
export interface MoveWindow {
  readonly after: number;
  readonly before: number | null;
  readonly pageToken: string | null;
}

/** A page of moves. `until`: the end of the window, to be asked for with the next page. */
export interface MovePage extends ReadMoves {
  readonly next: string | null;
  readonly until: number;
}

/** What Finances tells of money that went back to buyers. Amazon may be 48 hours late with it. */
export interface FinanceCalls {
  /** One page of what was posted in a window of at most 180 days. A page may be empty and not the last. */
  listMoves(window: MoveWindow): Promise<Result<MovePage>>;
  /** All of one order. */
  listMovesOfOrder(id: AmazonOrderId): Promise<Result<ReadMoves>>;
  /** The id of the account, as a transaction of the last 180 days tells it; null where there was none. */
  accountSeen(): Promise<Result<string | null>>;
}

// Rate: Amazon's model finances_2024-06-19.
const limit = { ratePerSecond: 0.5, burst: 10 };
/** Amazon wants both ends to be two minutes old; the rest is for clocks that differ. */
const youngestMs = 122_000;
/** An order has a few transactions; a list of more pages than this does not end. */
const mostPages = 20;

const answerShape = z.object({
  payload: z.object({ transactions: z.array(z.unknown()).nullish(), nextToken: z.string().nullish() }),
});

const iso = (ms: number) => new Date(ms).toISOString();

/** Never with a marketplace: for the United States Amazon then leaves out what sellers ship themselves. */
function listCall(query: Readonly<Record<string, string>>, token: string | null): Call {
  return {
    operation: 'finances.listTransactions',
    version: '2024-06-19',
    limit,
    query: token === null ? query : { ...query, nextToken: token },
  };
}

const ownerShape = z.object({ sellingPartnerMetadata: z.object({ sellingPartnerId: z.string().min(1) }) });

interface Transactions {
  readonly transactions: readonly unknown[];
  readonly next: string | null;
}

async function transactionsOf(session: Session, call: Call): Promise<Result<Transactions>> {
  const answer = await session.ask(call);
  if (!answer.ok) return answer;
  const body = answerShape.safeParse(answer.value.body);
  if (!body.success) {
    const sentence = "Amazon's answer to listTransactions does not have the shape it should have.";
    return fail({ kind: 'retry', code: 'bad_answer', sentence, at: null });
  }
  const { transactions, nextToken } = body.data.payload;
  return ok({ transactions: transactions ?? [], next: nextToken ? nextToken : null });
}

async function page(session: Session, call: Call): Promise<Result<ReadMoves & { next: string | null }>> {
  const found = await transactionsOf(session, call);
  if (!found.ok) return found;
  return ok({ ...toMoves(found.value.transactions), next: found.value.next });
}

/** Amazon answers nothing at all for more than 180 days. */
const longestMs = 179 * 86_400_000;

/** The calls for the finances of one seller. */
export function financeCalls(session: Session): FinanceCalls {
  return {
    async listMoves({ after, before, pageToken }) {
      const until = before ?? now() - youngestMs;
      if (after >= until) return ok({ moves: [], postings: [], skipped: 0, next: null, until });
      const query = { postedAfter: iso(after), postedBefore: iso(until) };
      const found = await page(session, listCall(query, pageToken));
      return found.ok ? ok({ ...found.value, until }) : found;
    },
    async listMovesOfOrder(id) {
      const query = { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: id };
      const moves: AmazonMove[] = [];
      const postings: AmazonPosting[] = [];
      let skipped = 0;
      let token: string | null = null;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const found: Awaited<ReturnType<typeof page>> = await page(session, listCall(query, token));
        if (!found.ok) return found;
        moves.push(...found.value.moves);
        postings.push(...found.value.postings);
        skipped += found.value.skipped;
        token = found.value.next;
        if (token === null) return ok({ moves, postings, skipped });
      }
      const sentence = 'The list of transactions of an order does not end.';
      return fail({ kind: 'retry', code: 'bad_answer', sentence, at: null });
    },
    async accountSeen() {
      const until = now() - youngestMs;
      const query = { postedAfter: iso(until - longestMs), postedBefore: iso(until) };
      const found = await transactionsOf(session, listCall(query, null));
      if (!found.ok) return found;
      const owners = found.value.transactions.flatMap((one) => ownerShape.safeParse(one).data ?? []);
      return ok(owners[0]?.sellingPartnerMetadata.sellingPartnerId ?? null);
    },
  };
}
