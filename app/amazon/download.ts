import { Readable } from 'node:stream';
import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { fetchFailure, signedTarget } from './signed-address.ts';

/** A document on its way: its bytes, packed as they are, and the charset that was declared. Destroy `bytes` if unused. */
export interface Download {
  readonly bytes: Readable;
  readonly charset: string | null;
}

const passes = (code: string, sentence: string) =>
  fail<Download>({ kind: 'retry', code, sentence, at: null });

function charsetOf(contentType: string | null): string | null {
  return /charset="?([^;"\s]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** What comes slower than this, in bytes per ms of waiting, is given up; the largest reports are much faster. */
const leastPerMs = 32;

/**
 * The bytes as they come. Whoever reads them may take all the time; waiting for more is given up after `patienceMs` with
 * nothing, or with so little that it comes to the same, as a connection that was cut.
 */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  late: AbortController,
  patienceMs: number,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let leftMs = patienceMs;
  const readInTime = async () => {
    const begun = performance.now();
    const timer = setTimeout(() => late.abort(new TypeError('terminated')), leftMs);
    try {
      const next = await reader.read();
      const earnedMs = (next.value?.byteLength ?? 0) / leastPerMs;
      leftMs = Math.min(patienceMs, leftMs - (performance.now() - begun) + earnedMs);
      return next;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    for (let next = await readInTime(); !next.done; next = await readInTime()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

/**
 * Opens the document behind an address that Amazon signed; `origin` (AMAZON_API_ORIGIN) takes the place of its host. The
 * address is a secret of five minutes: it is never part of a sentence, and no token goes with it. An address that is over is
 * `retry`: a new one can be asked for. `deadlineMs`: how long (real time) the answer may take to begin, and how long its bytes
 * may then stay away.
 */
export async function openDownload(
  url: string,
  origin: string | undefined,
  deadlineMs: number,
): Promise<Result<Download>> {
  const target = signedTarget(url, origin);
  if (target === null) return passes('bad_answer', 'Amazon gave no address to download from.');
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('', 'TimeoutError')), deadlineMs);
  try {
    const response = await fetch(target, { signal: late.signal });
    if (response.ok && response.body) {
      const bytes = Readable.from(chunksOf(response.body, late, deadlineMs));
      return ok({ bytes, charset: charsetOf(response.headers.get('content-type')) });
    }
    await response.body?.cancel();
    return passes('service_error', `The download was answered with ${response.status}.`);
  } catch (error) {
    const failure = fetchFailure('The download', error);
    if (!failure) throw error;
    return fail(failure);
  } finally {
    clearTimeout(timer);
  }
}
