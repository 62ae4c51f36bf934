import { backfillOf, type BackfillRow } from '../db/backfills.ts';
import { beginBackfill } from '../sync/backfill.ts';
import { chooseSeller } from './choose-seller.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { waitFor } from './wait-for.ts';

const sentence = ({ counts }: BackfillRow): string =>
  `${counts.read} read: ${counts.create} to create, ${counts.adopt} of another app to take over, ${counts.there} here already, ${counts.leave} to leave, ${counts.odd} unreadable`;

/** Longer than any backfill takes; stopping the command before stops nothing, the worker goes on. */
const patienceMs = 7 * 24 * 3_600_000;

/** Brings in, or with `--preview` only counts, older orders, and tells its progress. */
export async function backfill(session: Session, _: readonly string[], options: Options): Promise<Said> {
  const { services, shop, progress } = session;
  const since = Date.parse(options.since ?? '');
  if (Number.isNaN(since))
    throw new UsageError(`${options.since ?? ''} is no date; write it like 2026-11-01.`);
  const preview = options.preview ?? false;
  const begun = await beginBackfill(
    services,
    shop,
    (await chooseSeller(session, options.seller)).sellerId,
    { since },
    preview,
  );
  let told = '';
  const row = await waitFor(async () => {
    const found = await services.db.forShop(shop, (tx) => backfillOf(tx, shop, begun.id));
    const line = found ? sentence(found) : '';
    if (line !== told) progress(line);
    told = line;
    return found?.state === 'running' ? null : found;
  }, patienceMs);
  const done = row ?? begun;
  const worked = preview ? 'Nothing was created.' : 'They are in Shopify, or listed as problems.';
  const end = done.state === 'failed' ? 'Amazon refused the rest; the log of the workers says why.' : worked;
  return {
    ok: row?.state === 'done',
    data: { id: begun.id, preview, state: done.state, counts: done.counts },
    lines: [`${sentence(done)}. ${end}`],
  };
}
