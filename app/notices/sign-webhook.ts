import { createHmac } from 'node:crypto';

/**
 * The signature of a webhook by the scheme of standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`, the time in whole
 * seconds, the key what stands behind `whsec_` in base64.
 */
export function signWebhook(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return `v1,${signature}`;
}
