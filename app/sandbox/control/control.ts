import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { createClockStream } from '../clock-stream.ts';
import type { World } from '../world.ts';
import { amazonCalls } from './amazon-calls.ts';
import { Refusal } from './refusal.ts';
import { route } from './route.ts';
import { serveRoutes } from './serve-routes.ts';
import { shopifyCalls } from './shopify-calls.ts';
import { worldCalls } from './world-calls.ts';

/** The control interface as a server's handler. */
export interface Control {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the streams of the clock. */
  close(): void;
}

/** Calls after which a worker may remember what the next world must not know, like a refusal or a login. */
const bending: ReadonlySet<string> = new Set([
  '/shops',
  '/shops/new',
  '/shopify/install',
  '/shopify/privacy',
  '/shopify/scopes',
  '/amazon/authorisation',
]);

const acknowledgement = z.strictObject({ id: z.string().min(1), epoch: z.number().int() });

/** Serves every call on the world, and its clock to the processes that follow it. */
export function createControl(world: World): Control {
  const stream = createClockStream(world.clock);
  const routes = [
    ...amazonCalls(world),
    ...shopifyCalls(world),
    ...worldCalls(world),
    route('POST', '/clock/ack', acknowledgement, ({ body }) => {
      stream.acknowledge(body.id, body.epoch);
      return {};
    }),
    route('GET', '/clock/stream', z.strictObject({}), () => {
      throw new Refusal(400, 'A follower names itself with ?id=.');
    }),
  ];
  return {
    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://control');
      const id = url.searchParams.get('id');
      if (request.method !== 'GET' && bending.has(url.pathname)) world.app.bent();
      if (request.method === 'GET' && url.pathname === '/clock/stream' && id)
        stream.open(request, response, id);
      else void serveRoutes(routes, request, response);
    },
    close() {
      stream.close();
    },
  };
}
