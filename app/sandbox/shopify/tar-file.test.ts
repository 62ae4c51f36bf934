import { expect, it } from 'vitest';
import { fileOfTar } from './tar-file.ts';

function entry(path: string, content: string): Buffer {
  const body = Buffer.from(content);
  const block = Buffer.alloc(512 + Math.ceil(body.length / 512) * 512);
  block.write(path, 0);
  block.write(body.length.toString(8).padStart(11, '0'), 124);
  body.copy(block, 512);
  return block;
}

const tar = Buffer.concat([
  entry('a', 'x'.repeat(700)),
  entry('dir/b', 'wanted'),
  entry('c', ''),
  Buffer.alloc(1024),
]);

it('takes one file out of an archive', () => {
  expect(fileOfTar(tar, 'dir/b').toString()).toBe('wanted');
  expect(fileOfTar(tar, 'c').toString()).toBe('');
});

it('throws for a file that is not in it', () => {
  expect(() => fileOfTar(tar, 'd')).toThrow('d is not in the archive');
});
