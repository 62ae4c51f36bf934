import type { RowOutcome, SkuFileRow, WrongFile } from '../domain/sku-file.ts';
import type { SkuFile } from '../reports/sku-file.ts';
import type { CheckAnswer } from '../routes/app.settings_.products_.check.ts';
import type { LinkAnswer } from '../routes/app.settings_.products_.link.ts';

/** What is known of a line: `waiting` before Shopify was asked, `linked` once it was written. */
export type LineOutcome = RowOutcome | 'malformed' | 'waiting' | 'linked';

/** In this order they are shown. */
export const outcomes = [
  'linked',
  'link',
  'unknown_sku',
  'unknown_variant',
  'ambiguous',
  'malformed',
  'unchanged',
  'waiting',
] as const satisfies readonly LineOutcome[];

/** A line of the file with what it does. */
export interface UploadLine extends SkuFileRow {
  readonly outcome: LineOutcome;
  readonly variantId: string | null;
  readonly title: string | null;
}

/** Where an upload stands. `stopped`: Shopify's sentence, or empty where no answer came; what was done until then is done. */
export interface Upload {
  readonly step: 'choose' | 'reading' | 'checking' | 'preview' | 'linking' | 'done';
  readonly wrong: WrongFile | 'unread' | null;
  readonly lines: readonly UploadLine[];
  readonly stopped: string | null;
}

/** Asks the app; null: no answer came. */
export interface Asks {
  readonly read: (file: Blob) => Promise<SkuFile | null>;
  readonly check: (rows: readonly Pick<SkuFileRow, 'sku' | 'variant'>[]) => Promise<CheckAnswer | null>;
  readonly link: (
    links: readonly { readonly sku: string; readonly variant: string }[],
  ) => Promise<LinkAnswer | null>;
  readonly wait: (ms: number) => Promise<void>;
}

const linesPerCheck = 100;
const linesPerLink = 200;
/** Shopify's bucket is full again after so long at the latest; then it is said. */
const patienceMs = [1_000, 4_000, 15_000, 30_000];

export const nothingYet: Upload = { step: 'choose', wrong: null, lines: [], stopped: null };

type Told = (upload: Upload) => boolean;

/** Asks again after a while where nothing, or a refusal for the moment, came. */
async function patiently<A extends { readonly ok: boolean }>(
  ask: () => Promise<A | null>,
  wait: Asks['wait'],
): Promise<A | null> {
  let answer = await ask();
  for (const ms of patienceMs) {
    if (answer?.ok) return answer;
    await wait(ms);
    answer = await ask();
  }
  return answer;
}

const replaced = (lines: readonly UploadLine[], by: ReadonlyMap<number, Partial<UploadLine>>) =>
  lines.map((line, at) => ({ ...line, ...by.get(at) }));

const placesOf = (lines: readonly UploadLine[], fits: (line: UploadLine) => boolean, most: number) =>
  lines.flatMap((line, at) => (fits(line) ? [at] : [])).slice(0, most);

/** Why an answer is none. */
const because = (answer: { readonly ok: boolean; readonly sentence?: string } | null) =>
  answer?.sentence ?? '';

/**
 * Asks Shopify about all lines that wait, some at a time; nothing is written. `told` hears of each step and answers whether
 * to go on. Where Shopify does not answer it stops, and may be called again to go on.
 */
export async function checkLines(asks: Asks, all: readonly UploadLine[], told: Told): Promise<void> {
  let lines = all;
  const waits = (line: UploadLine) => line.outcome === 'waiting';
  for (
    let at = placesOf(lines, waits, linesPerCheck);
    at.length > 0;
    at = placesOf(lines, waits, linesPerCheck)
  ) {
    if (!told({ step: 'checking', wrong: null, lines, stopped: null })) return;
    const rows = at.flatMap((place) => lines[place] ?? []).map(({ sku, variant }) => ({ sku, variant }));
    const answer = await patiently(() => asks.check(rows), asks.wait);
    if (!answer?.ok) {
      told({ step: 'checking', wrong: null, lines, stopped: because(answer) });
      return;
    }
    lines = replaced(lines, new Map(at.map((place, n) => [place, { ...answer.rows[n] }])));
  }
  told({ step: 'preview', wrong: null, lines, stopped: null });
}

/** Reads a file and checks its lines. */
export async function takeFile(asks: Asks, file: Blob, told: Told): Promise<void> {
  if (!told({ ...nothingYet, step: 'reading' })) return;
  const read = await asks.read(file);
  if (!read?.ok) {
    told({ ...nothingYet, wrong: read === null ? 'unread' : read.wrong });
    return;
  }
  const lines = read.rows.map((row): UploadLine => {
    const outcome = row.wrong !== null ? 'malformed' : row.variant === '' ? 'unchanged' : 'waiting';
    return { ...row, outcome, variantId: null, title: null };
  });
  await checkLines(asks, lines, told);
}

/** Which lines would be written: those of known SKUs, and where wanted those of SKUs that no order had yet. */
export const wouldLink = (line: UploadLine, unknownToo: boolean): boolean =>
  line.outcome === 'link' || (unknownToo && line.outcome === 'unknown_sku');

/**
 * Writes the links, some at a time, each of them as a whole: a line counts as linked once the app said so. Where no answer comes
 * it stops, and may be called again: what is linked already is linked once more to the same variant, which changes nothing.
 */
export async function linkLines(
  asks: Asks,
  all: readonly UploadLine[],
  unknownToo: boolean,
  told: Told,
): Promise<void> {
  let lines = all;
  const fits = (line: UploadLine) => wouldLink(line, unknownToo);
  for (
    let at = placesOf(lines, fits, linesPerLink);
    at.length > 0;
    at = placesOf(lines, fits, linesPerLink)
  ) {
    if (!told({ step: 'linking', wrong: null, lines, stopped: null })) return;
    const links = at
      .flatMap((place) => lines[place] ?? [])
      .map(({ sku, variantId }) => ({ sku, variant: variantId ?? '' }));
    const answer = await patiently(() => asks.link(links), asks.wait);
    if (!answer?.ok) {
      told({ step: 'linking', wrong: null, lines, stopped: because(answer) });
      return;
    }
    lines = replaced(lines, new Map(at.map((place) => [place, { outcome: 'linked' as const }])));
  }
  told({ step: 'done', wrong: null, lines, stopped: null });
}
