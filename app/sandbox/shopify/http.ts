import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request is answered with. `drop`: the connection is cut instead. */
export type Answer =
  | {
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'drop';

/** The whole body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Which shop a request is for: the header that replaces Host where a client cannot set it, else Host. */
export function shopOf(request: IncomingMessage): string {
  const named = request.headers['x-shopify-shop-domain'];
  const host = typeof named === 'string' ? named : (request.headers.host ?? '');
  return host.toLowerCase().replace(/:\d+$/, '');
}

/** Sends an answer: texts as they are, everything else as JSON; a text that begins like a page is sent as one. */
export function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'drop') {
    response.socket?.destroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  const text = isText ? answer.body : JSON.stringify(answer.body);
  const type = isText && text.trimStart().startsWith('<') ? 'text/html' : 'application/json';
  response.writeHead(answer.status, {
    'Content-Type': `${type}; charset=utf-8`,
    ...answer.headers,
  });
  response.end(text);
}

/** The status of an answer for the log; 0 for none. */
export function statusOf(answer: Answer): number {
  return answer === 'drop' ? 0 : answer.status;
}
