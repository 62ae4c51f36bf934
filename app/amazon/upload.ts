import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { fetchFailure, signedTarget } from './signed-address.ts';

/** A document to be uploaded: its text, and the content type that its address was signed for, letter by letter. */
export interface Upload {
  readonly contents: string;
  readonly contentType: string;
}

/**
 * Puts a document to an address that Amazon signed; `origin` as for downloads. Whatever goes wrong is `retry`: what was
 * uploaded does nothing by itself, and a new address can be asked for.
 */
export async function upload(
  url: string,
  file: Upload,
  origin: string | undefined,
  deadlineMs: number,
): Promise<Result<null>> {
  const target = signedTarget(url, origin);
  if (target === null) return passes('bad_answer', 'Amazon gave no address to upload to.');
  try {
    const response = await fetch(target, {
      method: 'PUT',
      headers: { 'content-type': file.contentType },
      // As bytes, so that the length is told: the store takes no stream.
      body: Buffer.from(file.contents, 'utf8'),
      signal: AbortSignal.timeout(deadlineMs),
    });
    await response.body?.cancel();
    if (response.ok) return ok(null);
    return passes('service_error', `The upload was answered with ${response.status}.`);
  } catch (error) {
    const failure = fetchFailure('The upload', error);
    if (!failure) throw error;
    return fail(failure);
  }
}

const passes = (code: string, sentence: string) => fail<null>({ kind: 'retry', code, sentence, at: null });
