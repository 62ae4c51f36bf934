import { pino, type Logger } from 'pino';
import { now } from './clock.ts';

export type Log = Logger;

const secretPaths = [
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'id_token',
  'x-shopify-access-token',
  'x-amz-access-token',
  'token',
  'secret',
  'authorization',
  'password',
  'recipient',
  'address',
  'buyer',
  'phone',
  'email',
  'name',
];

/**
 * A logger of JSON lines on standard error, in the product's time. Fields that could hold a secret or buyer data are
 * cut out wherever they stand one or two levels deep; callers still hand in ids and codes only (SEC-2).
 */
export function createLog(level: string, process: string): Log {
  return pino(
    {
      level,
      base: { process },
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      redact: { paths: secretPaths.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]), censor: '[cut]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
