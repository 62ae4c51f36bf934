import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

/** A request whose body comes in pieces. */
function inPieces(pieces: Iterable<Uint8Array>): Request {
  const left = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return new Request('http://app/', { method: 'POST', body, duplex: 'half' });
}

function* oneByOne(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

describe('SEC-3: a body of anyone', () => {
  const bytes = Buffer.from('one body in several pieces');

  it.each([
    ['none', [], 5, ''],
    ['one piece', [bytes], 100, bytes.toString()],
    ['pieces of one byte', [...oneByOne(bytes)], 100, bytes.toString()],
    [
      'pieces of several sizes',
      [bytes.subarray(0, 3), bytes.subarray(3, 20), bytes.subarray(20)],
      100,
      bytes.toString(),
    ],
    ['all that may be', [...oneByOne(bytes)], bytes.length, bytes.toString()],
    ['one byte more', [...oneByOne(bytes)], bytes.length - 1, undefined],
    ['far more', [bytes, bytes, bytes], 5, undefined],
  ])('%s', async (_, pieces, most, read) => {
    expect((await readBody(inPieces(pieces), most))?.toString()).toBe(read);
  });

  it('there is none', async () => {
    expect(await readBody(new Request('http://app/', { method: 'POST' }), 5)).toEqual(Buffer.alloc(0));
  });

  it('in pieces of one byte takes no more room than in one', async () => {
    const peak = () => process.resourceUsage().maxRSS * 1_024;
    const large = Buffer.alloc(2_000_000, 'x');
    const before = peak();
    expect((await readBody(inPieces(oneByOne(large)), large.length))?.equals(large)).toBe(true);
    expect(peak() - before).toBeLessThan(200_000_000);
  });
});
