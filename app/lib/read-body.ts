/** What is beyond the limit is read and forgotten, so that the sender sees the answer; after so much nobody listens any more. */
const patience = 64 * 2 ** 20;

/** All bytes of a body; null where there are more than `most`, which are not kept. */
export async function readBody(request: Request, most: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const bytes: Uint8Array = chunk.value;
    size += bytes.byteLength;
    if (size <= most) chunks.push(bytes);
    else chunks.length = 0;
    if (size > patience) break;
  }
  return size > most ? null : Buffer.concat(chunks);
}

/** The bytes of a body as they arrive; none where there is no body. */
export async function* bodyChunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
}
