import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver answers: a status, with a body where one is given, or nothing at all. */
interface Behaviour {
  status: number | null;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** A receiver of the app's webhooks. */
interface Inbox extends Behaviour {
  readonly url: string;
  readonly received: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  close(): Promise<void>;
}

/** Starts a receiver on a port of its own that takes every webhook. */
export async function startInbox(): Promise<Inbox> {
  const received: Inbox['received'] = [];
  const own: Behaviour = { status: 200, headers: {}, body: '' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (own.status !== null) response.writeHead(own.status, own.headers).end(own.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(own, {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  });
}
