import { createServer } from 'node:net';

/** What listens, in the order of the ports. */
const row = ['admin', 'app', 'control', 'amazon', 'shopify', 'sqs', 'postgres'] as const;
export type Ports = Readonly<Record<(typeof row)[number], number>>;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}

/** The ports of a sandbox: a row from `first` on, or any free ones where it is 0. */
export async function choosePorts(first: number): Promise<Ports> {
  const numbers = await Promise.all(
    row.map((_, at) => (first === 0 ? freePort() : Promise.resolve(first + at))),
  );
  return Object.fromEntries(row.map((name, position) => [name, numbers[position] ?? 0])) as Ports;
}
