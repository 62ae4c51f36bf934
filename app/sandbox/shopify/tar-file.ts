const block = 512;

function text(tar: Buffer, from: number, length: number): string {
  const end = tar.indexOf(0, from);
  return tar.toString('utf8', from, end === -1 ? from + length : Math.min(end, from + length));
}

/** One file out of an unpacked tar archive (ustar, as npm writes it). Throws where it is not in there. */
export function fileOfTar(tar: Buffer, path: string): Buffer {
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const prefix = text(tar, at + 345, 155);
    const name = prefix === '' ? text(tar, at, 100) : `${prefix}/${text(tar, at, 100)}`;
    const size = Number.parseInt(text(tar, at + 124, 12).trim() || '0', 8);
    if (name === path) return tar.subarray(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
  }
  throw new Error(`${path} is not in the archive`);
}
