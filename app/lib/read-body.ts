/** What is beyond the limit is read and forgotten, so that the sender sees the answer; after so much nobody listens any more. */
const patience = 64 * 2 ** 20;

/** The bytes of a body as they arrive; none where there is no body. */
export async function* bodyChunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
}

/**
 * All bytes of a body; null where there are more than `most`, which are not kept. They are copied together as they come: a body
 * in pieces of one byte each would take a hundred times its room.
 */
export async function readBody(request: Request, most: number): Promise<Buffer | null> {
  let kept = Buffer.alloc(0);
  let size = 0;
  for await (const bytes of bodyChunks(request)) {
    const at = size;
    size += bytes.byteLength;
    if (size > patience) break;
    if (size > most) {
      kept = Buffer.alloc(0);
      continue;
    }
    if (size > kept.length) kept = Buffer.concat([kept], Math.min(most, Math.max(size, 2 * kept.length)));
    kept.set(bytes, at);
  }
  return size > most ? null : kept.subarray(0, size);
}
