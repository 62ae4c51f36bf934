import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { openDownload } from './download.ts';
import { readFeedReport } from './feed-report.ts';

type Answer = (response: ServerResponse) => void;
const answers = new Map<string, Answer>();
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.flushHeaders();
  answers.get(request.url ?? '')?.(response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function open(path: string, deadlineMs: number, answer: Answer) {
  answers.set(path, answer);
  const opened = await openDownload(`https://documents.example${path}`, origin, deadlineMs);
  if (!opened.ok) throw new Error(opened.failure.sentence);
  return opened.value;
}

const cut = { ok: false, failure: { kind: 'retry', code: 'network' } };

it('CAN-13: a report of which nothing comes but its head is given up, and can be asked for again', async () => {
  const download = await open('/silent', 200, () => undefined);
  expect(await readFeedReport(download)).toMatchObject(cut);
});

it('CAN-13: one of which only a trickle comes is given up too', async () => {
  let timer: NodeJS.Timeout | undefined;
  const download = await open('/trickle', 300, (response) => {
    timer = setInterval(() => response.write('x'), 20);
  });
  expect(await readFeedReport(download)).toMatchObject(cut);
  clearInterval(timer);
});

it('REP-5: one that comes steadily may take longer than that', async () => {
  const [parts, part] = [20, Buffer.alloc(64 * 1024, 'x')];
  const { bytes } = await open('/steady', 1_500, (response) => {
    let sent = 0;
    const timer = setInterval(() => {
      response.write(part);
      sent += 1;
      if (sent < parts) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  let size = 0;
  for await (const chunk of bytes) size += (chunk as Buffer).length;
  expect(size).toBe(parts * part.length);
});
