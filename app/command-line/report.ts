import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { orderReportOf, type OrderReportRow } from '../db/order-reports.ts';
import type { SellerRow } from '../db/sellers.ts';
import { now } from '../lib/clock.ts';
import { beginReport, fetchableDays, type FetchableReport } from '../sync/fetch-order-report.ts';
import { takeReport, type TakingProgress } from '../sync/take-report.ts';
import { chooseSeller } from './choose-seller.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { aboutFile } from './said.ts';
import { sayTaken } from './say-report.ts';
import { waitFor } from './wait-for.ts';

const tellEveryMs = 2_000;
/** Amazon may take a day; a command that is stopped before stops nothing, the worker goes on. */
const patienceMs = 48 * 3_600_000;
const workerPatienceMs = 60_000;

interface Opened {
  readonly bytes: Readable;
  readonly day: string;
  readonly size: number | null;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

async function open(file: string): Promise<Opened> {
  if (file === '-') return { bytes: process.stdin, day: dayOf(now()), size: null };
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`There is no file ${file}.`);
  return { bytes: createReadStream(file), day: dayOf(found.mtimeMs), size: found.size };
}

/** Tells now and then how far the reading has come. */
function teller({ progress }: Session, size: number | null): (read: TakingProgress) => void {
  let told = performance.now();
  return ({ bytes, rows, broken }) => {
    if (performance.now() - told < tellEveryMs) return;
    told = performance.now();
    const share = size === null || size === 0 ? '' : ` (${Math.floor((bytes / size) * 100)} %)`;
    const mega = (bytes / 1_000_000).toFixed(0);
    progress(`${mega} MB${share}, ${rows} rows, ${broken} broken`);
  };
}

async function fromFile(session: Session, seller: SellerRow, file: string): Promise<Said> {
  const { bytes, day, size } = await open(file);
  const source = { bytes, charset: null, dataUntil: null, day };
  try {
    const taken = await takeReport(session.services, session.shop, seller, source, teller(session, size));
    const { orders, says, refused, cut, ...rest } = taken;
    const { says: _, ...asked } = orders ?? { says };
    const told = { refused: refused && aboutFile(refused), cut: cut && aboutFile(cut) };
    const data = { ...asked, ...rest, ...told, sentences: says.map(aboutFile) };
    return { ok: taken.refused === null && taken.cut === null, data, lines: sayTaken(taken) };
  } finally {
    bytes.destroy();
  }
}

const states: Readonly<Record<OrderReportRow['state'], string>> = {
  asked: 'Asking Amazon for it …',
  sent: 'Amazon makes it …',
  ready: 'Taking it in …',
  done: 'Done.',
  failed: 'Given up.',
};

function fetched(row: OrderReportRow): Said {
  const { state, reportId, counts } = row;
  const why = row.why ?? (counts.because && aboutFile(counts.because));
  const shown = {
    rows: 'rows read',
    asked: 'asked to cancel',
    newClaims: 'new',
    knocked: 'orders looked at',
    changed: 'new or changed',
    found: 'settlements found',
    new: 'of them new',
  };
  const numbers = Object.entries(shown).flatMap(([name, words]) => {
    const value = counts[name];
    return typeof value === 'number' ? [`${value} ${words}`] : [];
  });
  const lines = [...(numbers.length > 0 ? [numbers.join(', ')] : []), ...(why === null ? [] : [why])];
  return { ok: state === 'done', data: { state, why, reportId, counts }, lines };
}

const isFetchable = (type: string): type is FetchableReport => Object.hasOwn(fetchableDays, type);

async function fromAmazon(session: Session, seller: SellerRow, options: Options): Promise<Said> {
  const { services, shop, progress } = session;
  const type = options.type ?? 'unshipped';
  if (!isFetchable(type))
    throw new UsageError(
      `${type} is no type of report; it is one of ${Object.keys(fetchableDays).join(', ')}.`,
    );
  const mostDays = fetchableDays[type] ?? 60;
  const days = Number(options.days ?? (type === 'settlement' ? mostDays : 7));
  if (!Number.isInteger(days) || days < 1 || days > mostDays)
    throw new UsageError(`--days is a whole number from 1 to ${mostDays}.`);
  const begun = await beginReport(services, shop, seller.sellerId, type, days);
  const began = performance.now();
  let told = '';
  const row = await waitFor(async () => {
    const found = await services.db.forShop(shop, (tx) => orderReportOf(tx, shop, begun.id));
    const line = found ? states[found.state] : '';
    if (line !== told) progress(line);
    told = line;
    const untaken = found?.state === 'asked' && performance.now() - began > workerPatienceMs;
    return untaken || found?.state === 'done' || found?.state === 'failed' ? found : null;
  }, patienceMs);
  if (row && row.state !== 'asked') return fetched(row);
  const text = 'It is not asked for yet: no worker runs, or Amazon’s limit is reached. It goes on by itself.';
  return { ok: false, data: { error: 'not_yet', id: begun.id }, lines: [text] };
}

/** Takes a report in: from a file or standard input at once, or (`--fetch`) through a worker from Amazon. */
export async function report(session: Session, words: readonly string[], options: Options): Promise<Said> {
  const [file] = words;
  if ((file === undefined) === !options.fetch)
    throw new UsageError('Name a file (or - for standard input), or give --fetch.');
  const seller = await chooseSeller(session, options.seller);
  return file === undefined ? fromAmazon(session, seller, options) : fromFile(session, seller, file);
}
