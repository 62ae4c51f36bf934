import type { IncomingMessage } from 'node:http';

const limit = 1024 * 1024;

/** The request's body as UTF-8 text; null where it is longer than 1 MiB. Rejects when the connection breaks. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? null : Buffer.concat(chunks).toString('utf8');
}
