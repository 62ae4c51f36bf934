import { generateKey } from '@47ng/cloak';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from './env.ts';

const good = {
  DATABASE_URL: 'postgresql://concord:hidden@127.0.0.1:5432/concord',
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'hidden-secret',
  SHOPIFY_APP_URL: 'https://app.example/',
  AMAZON_CLIENT_ID: 'client',
  AMAZON_CLIENT_SECRET: 'hidden-client-secret',
  ENCRYPTION_KEYS: generateKey(),
};

/** The sentence with which settings are refused; empty where they are taken. */
function refusal(change: Readonly<Record<string, string | undefined>>): string {
  try {
    readEnv({ ...good, ...change });
    return '';
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.message;
  }
}

it('takes good settings, with the defaults and with origins cut to what they are', () => {
  const env = readEnv({ ...good, PATH: '/bin', SHOPIFY_APP_URL: 'https://app.example/some/path?x=1' });
  expect(env).toMatchObject({
    SHOPIFY_APP_URL: 'https://app.example',
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
  });
  expect(env).not.toHaveProperty('PATH');
});

it('takes several keys, newest first', () => {
  expect(refusal({ ENCRYPTION_KEYS: `${generateKey()},${generateKey()}` })).toBe('');
});

describe.each(Object.keys(good))('%s', (name) => {
  it.each([undefined, ''])('SEC-3: is missed in one sentence that names it (%j)', (value) => {
    const said = refusal({ [name]: value });
    expect(said).toMatch(new RegExp(`^The environment variable ${name} (is|must be) [^.]*\\.$`));
  });
});

it.each([
  ['DATABASE_URL', 'mysql://odd-value/db'],
  ['DATABASE_URL', 'odd-value'],
  ['SHOPIFY_APP_URL', 'odd-value'],
  ['SHOPIFY_APP_URL', 'ftp://odd-value'],
  ['ENCRYPTION_KEYS', 'odd-value'],
  ['ENCRYPTION_KEYS', `${good.ENCRYPTION_KEYS},odd-value`],
  ['ENCRYPTION_KEYS', `${good.ENCRYPTION_KEYS},`],
  ['NODE_ENV', 'odd-value'],
  ['LOG_LEVEL', 'odd-value'],
  ['ALLOW_SANDBOX', 'odd-value'],
  ['AMAZON_API_ORIGIN', 'odd-value'],
  ['APP_BRIDGE_URL', 'odd-value'],
  ['AMAZON_NOTIFICATIONS_QUEUE_URL', 'odd-value'],
])('SEC-2: an odd %s is refused by name, without its value', (name, value) => {
  const said = refusal({ [name]: value });
  expect(said).toMatch(new RegExp(`^The environment variable ${name} must be [^\\n]*\\.$`));
  expect(said).not.toContain('odd-value');
  expect(said).not.toContain(good.ENCRYPTION_KEYS);
});

describe.each([
  ['AMAZON_API_ORIGIN', 'http://127.0.0.1:4001'],
  ['SHOPIFY_API_ORIGIN', 'http://127.0.0.1:4002'],
  ['AWS_ENDPOINT_URL_SQS', 'http://127.0.0.1:4003'],
  ['CLOCK_ORIGIN', 'http://127.0.0.1:4004'],
  ['APP_BRIDGE_URL', 'http://127.0.0.1:4005/app-bridge.js'],
])('SEC-3: an override of %s', (name, value) => {
  it('is refused in production', () => {
    const said = refusal({ NODE_ENV: 'production', [name]: value });
    expect(said).toBe(`The environment variable ${name} is for a sandbox and is refused in production.`);
  });

  it('is taken in production where a sandbox is allowed, and elsewhere', () => {
    expect(refusal({ NODE_ENV: 'production', ALLOW_SANDBOX: '1', [name]: value })).toBe('');
    expect(refusal({ NODE_ENV: 'development', [name]: value })).toBe('');
  });
});

it('REQ-1: a domain for mails goes with the key that signs them', () => {
  const mail = { MAIL_DOMAIN: 'in.example.com', MAIL_SIGNING_KEY: 'key' };
  expect(refusal(mail)).toBe('');
  for (const name of ['MAIL_DOMAIN', 'MAIL_SIGNING_KEY'])
    expect(refusal({ ...mail, [name]: '' })).toBe(
      'The environment variables MAIL_DOMAIN and MAIL_SIGNING_KEY go together.',
    );
  expect(refusal({ ...mail, MAIL_DOMAIN: 'https://in.example.com' })).toContain('MAIL_DOMAIN');
});

it('REQ-11: a mail server for notices goes with the address they come from', () => {
  const mail = { SMTP_URL: 'smtps://user:hidden@mail.example.com:465', MAIL_FROM: 'notices@example.com' };
  expect(refusal(mail)).toBe('');
  for (const name of ['SMTP_URL', 'MAIL_FROM'])
    expect(refusal({ ...mail, [name]: '' })).toBe(
      'The environment variables SMTP_URL and MAIL_FROM go together.',
    );
  expect(refusal({ ...mail, SMTP_URL: 'https://mail.example.com/hidden' })).toMatch(
    /SMTP_URL must be [^h]*$/,
  );
  expect(refusal({ ...mail, MAIL_FROM: 'hidden' })).toBe(
    'The environment variable MAIL_FROM must be an e-mail address.',
  );
});

it('SEC-3: production without overrides is taken', () => {
  expect(refusal({ NODE_ENV: 'production' })).toBe('');
});

it.each([
  ['https://sqs.eu-west-1.amazonaws.com/111111111111/concord-order-change', true],
  ['http://sqs.eu-west-1.amazonaws.com/111111111111/concord-order-change', false],
  ['https://example.com/111111111111/concord-order-change', false],
  ['https://example.com/.amazonaws.com/', false],
  ['https://x@example.com?.amazonaws.com/', false],
])('SEC-3: in production the queue must be at AWS: %s', (AMAZON_NOTIFICATIONS_QUEUE_URL, taken) => {
  const said = refusal({ NODE_ENV: 'production', AMAZON_NOTIFICATIONS_QUEUE_URL });
  expect(said === '').toBe(taken);
  expect(said).not.toContain('example');
  expect(refusal({ NODE_ENV: 'production', ALLOW_SANDBOX: '1', AMAZON_NOTIFICATIONS_QUEUE_URL })).toBe('');
});

it.each([
  [{ SHOPIFY_API_SECRET: undefined }, 'The environment variable SHOPIFY_API_SECRET is missing.'],
  [
    { NODE_ENV: 'production', AMAZON_API_ORIGIN: 'http://127.0.0.1:4001' },
    'The environment variable AMAZON_API_ORIGIN is for a sandbox and is refused in production.',
  ],
])('SEC-3: a process started with bad settings ends at once with that sentence (%#)', (change, sentence) => {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const given = { PATH: process.env['PATH'], NODE_ENV: 'test', ...good, ...change };
  const run = spawnSync(process.execPath, ['app/worker.ts'], {
    cwd: root,
    env: given as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect([run.status, run.stdout, run.stderr]).toEqual([78, '', `${sentence}\n`]);
});
