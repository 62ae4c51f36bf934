import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { plainBytes, type Tally } from '../lib/plain-bytes.ts';
import { plainName } from './columns.ts';
import { fieldText } from './field-text.ts';
import { columnsOrRefusal } from './wrong-file.ts';

/** The kinds of Amazon's reports that are read here. */
export type ReportKind = 'order' | 'all_orders' | 'returns' | 'settlement';

/** A report whose first line was read. */
export interface OpenedReport {
  readonly is: 'open';
  readonly kind: ReportKind;
  /** All bytes from the start, unpacked. */
  readonly bytes: AsyncGenerator<Buffer>;
  /** What is known of the bytes as they came in; it grows while they are read. */
  readonly tally: Tally;
}

const newline = 0x0a;
/** A first line that is longer is none. */
const longestHead = 1_000_000;

function kindOf(names: ReadonlySet<string>): ReportKind | null {
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name));
  if (has('settlement-id', 'amount-type', 'amount-description', 'amount', 'transaction-type'))
    return 'settlement';
  if (has('order-id', 'return-request-date')) return 'returns';
  if (has('amazon-order-id', 'last-updated-date', 'order-status')) return 'all_orders';
  return null;
}

/** The refusal of a settlement in a form that Amazon does not make any more, or that was cut down. */
function oldSettlement(names: ReadonlySet<string>): FileSaying | null {
  return names.has('settlement-id') ? fileSaying('old_settlement') : null;
}

/** The first line that is not empty, its end left out; null: there is none. */
function firstLine(bytes: Buffer, isAll: boolean): string | null {
  const lines = bytes.toString('latin1').split('\n');
  const whole = isAll ? lines : lines.slice(0, -1);
  return whole.map((line) => line.replace(/\r$/, '')).find((line) => line.trim() !== '') ?? null;
}

/**
 * Opens a report of any kind that is read here, plain or packed, and tells by its columns which it is, in whatever order they
 * stand. Refused with one sentence where it is none of them.
 */
export async function openReport(
  source: AsyncIterable<Uint8Array>,
  declared: string | null,
): Promise<OpenedReport | { readonly is: 'refused'; readonly says: FileSaying }> {
  const tally: Tally = { bytes: 0, cut: null };
  const plain = plainBytes(source, tally);
  const held: Buffer[] = [];
  let size = 0;
  let head: string | null = null;
  for (let done = false; !done && head === null && size <= longestHead;) {
    const next = await plain.next();
    done = next.done === true;
    if (!next.done) {
      held.push(next.value);
      size += next.value.length;
    }
    if (done || held.at(-1)?.includes(newline)) head = firstLine(Buffer.concat(held), done);
  }
  if (head === null) {
    const empty = tally.cut ?? fileSaying('empty');
    return { is: 'refused', says: size > longestHead ? fileSaying('endless') : empty };
  }
  const raw = head;
  const titles = raw.split('\t').map((title) => fieldText(title, raw, { declared, japanese: false }));
  const names = new Set(titles.map(plainName));
  const other = kindOf(names);
  const old = oldSettlement(names);
  if (other === null && old) return { is: 'refused', says: old };
  const read = other === null ? columnsOrRefusal(raw, titles) : null;
  if (read && 'refused' in read) return { is: 'refused', says: read.refused };
  async function* bytes(): AsyncGenerator<Buffer> {
    yield* held;
    held.length = 0;
    yield* plain;
  }
  return { is: 'open', kind: other ?? 'order', bytes: bytes(), tally };
}
