import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { Reply, Route } from './route.ts';

const mostBytes = 512 * 2 ** 20;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new Refusal(413, 'The body is larger than 512 MB.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
}

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [position, part] of wanted.entries()) {
    const here = given[position] ?? '';
    if (!part.startsWith(':')) {
      if (part !== here) return null;
      continue;
    }
    try {
      params[part.slice(1)] = decodeURIComponent(here);
    } catch {
      return null;
    }
  }
  return params;
}

function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'The call is not of the right form.';
  const where = issue.path.length === 0 ? 'The body' : `The field ${issue.path.join('.')}`;
  return `${where} is not right: ${issue.message}.`;
}

async function answer(routes: readonly Route[], request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://control');
  const found = routes.flatMap((route) => {
    const params = paramsOf(route.path, url.pathname);
    return params ? [{ route, params }] : [];
  });
  if (found.length === 0) throw new Refusal(404, `There is no call ${url.pathname}.`);
  const hit = found.find(({ route }) => route.method === request.method);
  if (!hit) throw new Refusal(405, `${url.pathname} does not answer ${request.method ?? 'this method'}.`);
  return hit.route.run({ params: hit.params, query: url.searchParams, body: await bodyOf(request) });
}

function failureOf(error: unknown): Reply {
  if (error instanceof Refusal) return { status: error.status, body: { error: error.message } };
  if (error instanceof z.ZodError) return { status: 400, body: { error: sentenceOf(error) } };
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { status: 500, body: { error: 'The sandbox itself failed; its standard error says where.' } };
}

/** Answers one request in JSON by the first route that fits; what cannot be done is answered with `{error: sentence}`. */
export async function serveRoutes(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status = 200, body } = await answer(routes, request).catch(failureOf);
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
