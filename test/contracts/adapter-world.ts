import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AmazonClient } from '../../app/amazon/client.ts';
import { createAmazonClient } from '../../app/amazon/client.ts';
import { setClock } from '../../app/lib/clock.ts';
import type { AmazonWorld } from './amazon-world.ts';
import { refreshToken, startAmazon } from './amazon-world.ts';

/** The real adapter, what it asked for, and which of its limits were found drained. */
export interface Adapter {
  readonly client: AmazonClient;
  readonly requests: URL[];
  readonly drained: string[];
  close(): Promise<void>;
}

/** The real adapter before whatever answers its requests; all of them are kept. */
export async function adapterBefore(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Adapter> {
  const requests: URL[] = [];
  const drained: string[] = [];
  const server = createServer((request, response) => {
    requests.push(new URL(request.url ?? '', 'http://amazon'));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createAmazonClient({
    region: 'na',
    clientId: 'client',
    clientSecret: 'secret',
    refreshToken,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    userAgent: 'Concord/0.1',
    buckets: {
      take: () => Promise.resolve({ ok: true }),
      when: () => Promise.resolve(0),
      learn: () => Promise.resolve(),
      drained: (operation) => Promise.resolve(void drained.push(operation)),
    },
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { client, requests, drained, close };
}

/** The adapter with the pretend Amazon before it. */
export interface AdapterWorld extends Adapter {
  readonly world: AmazonWorld;
}

/** The real adapter before the pretend Amazon. Both follow the world's time. */
export async function startAdapter(): Promise<AdapterWorld> {
  const world = await startAmazon();
  setClock(world.now);
  const adapter = await adapterBefore((request, response) => {
    world.amazon.handle(request, response);
  });
  const close = async () => {
    await adapter.close();
    await world.close();
  };
  return { ...adapter, world, close };
}
