import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { noAnswer, type Answer } from './answer.ts';
import { isWebhookAddress } from './forbidden-address.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { signWebhook } from './sign-webhook.ts';

/** One webhook to one address. `at`: when it is sent, ms UTC. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** Its stable id; the same webhook sent twice has the same. */
  readonly id: string;
  readonly at: number;
  readonly body: string;
}

const limitMs = 10_000;
const mostBytes = 1024;
/** The receiver wants nothing of this kind any more. */
const gone = 410;

/** Reads an answer to its end, or as much of it as anybody may send, and keeps nothing. */
async function drained(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes >= mostBytes) return;
    }
  } catch {
    // Its status was said before the connection broke.
  }
}

/** The answer's status; rejects where none comes. No redirect is followed, no connection is kept. */
function statusOf(webhook: Webhook, allowLoopback: boolean): Promise<number> {
  const { id, at, body } = webhook;
  const seconds = Math.floor(at / 1000);
  const url = new URL(webhook.url);
  const ask = url.protocol === 'https:' ? request : requestPlain;
  return new Promise((resolve, reject) => {
    const asked = ask(url, {
      method: 'POST',
      agent: false,
      lookup: guardedLookup(allowLoopback),
      signal: AbortSignal.timeout(limitMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Concord',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signWebhook(webhook.secret, id, seconds, body),
      },
    });
    asked.on('response', (response) => {
      void drained(response).then(() => {
        asked.destroy();
        resolve(response.statusCode ?? 0);
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Posts a webhook; `allowLoopback`: in a sandbox alone. */
export async function postWebhook(webhook: Webhook, allowLoopback: boolean): Promise<Answer> {
  if (!isWebhookAddress(webhook.url, allowLoopback)) return noAnswer('EFORBIDDEN');
  try {
    const status = await statusOf(webhook, allowLoopback);
    return { ok: status >= 200 && status < 300, code: String(status), final: status === gone };
  } catch (error) {
    return noAnswer(error instanceof Error && 'code' in error ? error.code : null);
  }
}
