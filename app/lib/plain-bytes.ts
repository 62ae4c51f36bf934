import { createGunzip } from 'node:zlib';

/** Why bytes ended before their time, as data for a sentence. */
type BytesCut =
  | { readonly key: 'cut_archive' | 'cut_damaged'; readonly params: Readonly<Record<string, never>> }
  /** `code`: the system's word for it, or `connection`. */
  | { readonly key: 'cut_reading'; readonly params: { readonly code: string } };

/** What is known of the bytes while they are read. */
export interface Tally {
  /** Bytes that came in, packed where they came packed. */
  bytes: number;
  /** Where the bytes ended before their time; all that came before was handed on. */
  cut: BytesCut | null;
}

/** Packed bytes are unpacked in such pieces: one of them becomes at most a thousand times as much. */
const pieceBytes = 16_384;
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** The bytes of a file or a download, counted. What the system refuses to give is a cut, not an error. */
async function* counted(source: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source) {
      tally.bytes += chunk.byteLength;
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    // Without a code it is a bug, but for a download that was cut off.
    if (code === null && !(error instanceof TypeError && error.message === 'terminated')) throw error;
    tally.cut = { key: 'cut_reading', params: { code: code ?? 'connection' } };
  }
}

/** The first bytes, at least `count` where there are so many, and all bytes from the start. */
async function peek(
  source: AsyncGenerator<Buffer>,
  count: number,
): Promise<[head: Buffer, all: AsyncGenerator<Buffer>]> {
  const held: Buffer[] = [];
  for (let size = 0; size < count;) {
    const next = await source.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* held;
    held.length = 0;
    yield* source;
  }
  return [Buffer.concat(held), all()];
}

/** Unpacks; where the archive is damaged or ends too early, what could be unpacked comes first and then the cut is told. */
async function* unpacked(source: AsyncIterable<Buffer>, tally: Tally): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const out: Buffer[] = [];
  const damages: Error[] = [];
  // Listened to and not iterated: an iterator forgets what it holds when the end turns out to be missing.
  gunzip.on('data', (chunk: Buffer) => out.push(chunk));
  gunzip.on('error', (error) => damages.push(error));
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  const done = (act: (ready: () => void) => void) =>
    Promise.race([closed, new Promise<void>((resolve) => act(resolve))]);
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && damages.length === 0; at += pieceBytes) {
      await done((ready) => gunzip.write(chunk.subarray(at, at + pieceBytes), () => ready()));
      yield* out.splice(0);
    }
    if (damages.length > 0) break;
  }
  await done((ready) => gunzip.once('end', ready).end());
  yield* out.splice(0);
  gunzip.destroy();
  const early = damages.some((error) => 'code' in error && error.code === 'Z_BUF_ERROR');
  if (damages.length > 0) tally.cut ??= { key: early ? 'cut_archive' : 'cut_damaged', params: {} };
}

async function* asUtf8(source: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

async function* withoutFirst(source: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of source) {
    yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/**
 * The bytes of a text as they are read by everyone after this: unpacked where they begin as gzip does, UTF-16 (told by its
 * byte order mark) turned into UTF-8, and without a byte order mark. In flat memory, whatever the length.
 */
export async function* plainBytes(source: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Buffer> {
  const [packedHead, packed] = await peek(counted(source, tally), gzipMagic.length);
  const bytes = packedHead.subarray(0, 2).equals(gzipMagic) ? unpacked(packed, tally) : packed;
  const [head, all] = await peek(bytes, 3);
  const mark = head.toString('hex', 0, 3);
  if (mark.startsWith('fffe')) yield* asUtf8(withoutFirst(all, 2), 'utf-16le');
  else if (mark.startsWith('feff')) yield* asUtf8(withoutFirst(all, 2), 'utf-16be');
  else yield* withoutFirst(all, mark === 'efbbbf' ? 3 : 0);
}
