import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { now } from '../lib/clock.ts';
import { takePostedMail } from './take-posted-mail.ts';

it.each([
  ['it is not signed', 'another key', 0, 401],
  ['its time is over', 'key', 10 * 3_600, 406],
  ['it is for nobody here', 'key', 0, 406],
] as const)('SEC-3: a posted mail is not even unpacked where %s', async (_, key, secondsAgo, status) => {
  const timestamp = String(Math.floor(now() / 1_000) - secondsAgo);
  const signature = createHmac('sha256', key).update(`${timestamp}t`).digest('hex');
  const mime = () => Promise.reject(new Error('unpacked'));
  const post = { recipient: 'k@elsewhere.example', timestamp, token: 't', signature, mime };
  // Nothing is looked up for it either.
  const services = {} as Parameters<typeof takePostedMail>[0];
  const setup = { domain: 'mail.example', signingKey: 'key' };
  expect(await takePostedMail(services, setup, post)).toBe(status);
});
