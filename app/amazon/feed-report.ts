import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import type { FeedReport } from '../domain/feed-report.ts';
import { plainBytes, type Tally } from '../lib/plain-bytes.ts';
import type { Download } from './download.ts';
import { readFlatReport } from './feed-report-flat.ts';
import { documentText } from './feed-report-text.ts';
import { readXmlReport } from './feed-report-xml.ts';

/** A report of ten thousand complaints has a fifth of that. */
const mostBytes = 20 * 1024 * 1024;

const unread = (why: string) => ok<FeedReport>({ is: 'unread', why });

/** The bytes as they come, and whether the network cut them off. */
async function* watched(
  source: AsyncIterable<Uint8Array>,
  network: { cut: boolean },
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    network.cut = true;
    throw error;
  }
}

/**
 * Reads the processing report of a feed: XML or flat, packed or plain, in whatever charset, up to 20 MB of plain bytes.
 * What Amazon gave and cannot be read is `unread`; only a connection that was cut is a failure, and `retry`.
 */
export async function readFeedReport({ bytes, charset }: Download): Promise<Result<FeedReport>> {
  const tally: Tally = { bytes: 0, cut: null };
  const network = { cut: false };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of plainBytes(watched(bytes, network), tally)) {
      size += chunk.length;
      if (size > mostBytes) return unread("Amazon's report is larger than any report should be.");
      chunks.push(chunk);
    }
  } finally {
    bytes.destroy();
  }
  if (tally.cut !== null && network.cut)
    return fail({
      kind: 'retry',
      code: 'network',
      sentence: 'The connection was cut while Amazon gave its report.',
      at: null,
    });
  if (tally.cut !== null) return unread("Amazon's report is a damaged archive.");
  const text = documentText(Buffer.concat(chunks), charset).trim();
  return ok(text.startsWith('<') ? readXmlReport(text) : readFlatReport(text));
}
