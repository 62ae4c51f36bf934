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

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

/**
 * Opens the document behind an address that Amazon signed; `origin` (AMAZON_API_ORIGIN) takes the place of its host. The
 * address is a secret of five minutes: it is never part of a sentence, and no token goes with it. An address that is over is
 * `retry`: a new one can be asked for.
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
      const bytes = Readable.from(chunksOf(response.body));
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
