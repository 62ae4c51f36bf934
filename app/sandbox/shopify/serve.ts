import type { IncomingMessage, ServerResponse } from 'node:http';
import { underFaults } from './fault-answers.ts';
import { readGraphqlRequest, type GraphqlEndpoint } from './graphql-endpoint.ts';
import { readBody, reply, shopOf, statusOf, type Answer } from './http.ts';
import { pretendVersion } from './schema.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import type { ShopifyWorld } from './world.ts';

const graphqlPath = /^\/admin\/api\/([^/]+)\/graphql\.json$/;
const notFound: Answer = { status: 404, body: { errors: 'Not Found' } };
const unauthorised: Answer = {
  status: 401,
  body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
};
const noQuery: Answer = { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };

async function graphql(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  text: string,
  path: string,
): Promise<{ answer: Answer; operation: string | null }> {
  const shop = world.shops.get(shopOf(request));
  if (!shop || graphqlPath.exec(path)?.[1] !== pretendVersion) return { answer: notFound, operation: null };
  const read = readGraphqlRequest(text);
  if (!read) return { answer: noQuery, operation: null };
  const roots = endpoint.roots(read);
  const token = request.headers['x-shopify-access-token'];
  const answer = await underFaults(
    world,
    path,
    roots,
    async () => {
      const now = world.parts.clock.now();
      const known = typeof token === 'string' ? world.tokens.check(shop.domain, token, now) : null;
      // A token may do what the shop grants the app now, not what it granted when the token was made.
      const grant = known?.caller === 'app' ? { ...known, scopes: new Set(shop.scopes) } : known;
      return grant ? endpoint.answer(read, { world, shop, grant }) : unauthorised;
    },
    () =>
      endpoint.throttled(read, { world, shop, grant: { caller: 'app', kind: 'offline', scopes: undefined } }),
  );
  return { answer, operation: roots.length === 0 ? null : roots.join('+') };
}

async function route(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
): Promise<{ answer: Answer; operation: string | null }> {
  const path = (request.url ?? '/').replace(/\?.*$/, '');
  const text = await readBody(request);
  if (request.method === 'POST' && path === '/admin/oauth/access_token') {
    const work = (): Promise<Answer> =>
      Promise.resolve(
        tokenEndpoint(world, world.shops.get(shopOf(request)), text, request.headers['content-type'] ?? ''),
      );
    const busy = (): Answer => ({
      status: 429,
      body: { errors: 'Throttled' },
      headers: { 'Retry-After': '2.0' },
    });
    return { answer: await underFaults(world, path, ['token'], work, busy), operation: 'token' };
  }
  if (request.method === 'POST' && graphqlPath.test(path))
    return graphql(world, endpoint, request, text, path);
  return { answer: notFound, operation: null };
}

/** Answers one request and writes it to the log. */
export async function serve(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { answer, operation } = await route(world, endpoint, request).catch((error: unknown) => ({
    answer: { status: 500, body: { errors: `The sandbox broke: ${String(error)}` } } as Answer,
    operation: null,
  }));
  world.parts.log.add({
    service: 'shopify',
    time: world.parts.clock.now(),
    method: request.method ?? '',
    path: request.url ?? '',
    operation,
    status: statusOf(answer),
  });
  reply(response, answer);
}
