import { z } from 'zod';

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => new URL(value).origin);
const present = z.string({ error: 'is missing' }).min(1, 'is empty');

const shape = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('development'),
  ALLOW_SANDBOX: z.enum(['1', ''], { error: 'must be 1 or left out' }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  SHOPIFY_API_KEY: present,
  SHOPIFY_API_SECRET: present,
  SHOPIFY_APP_URL: origin,
  AMAZON_CLIENT_ID: present,
  AMAZON_CLIENT_SECRET: present,
  AMAZON_APP_ID: z
    .string()
    .regex(/^amzn1\.[\w.-]+$/, 'must look like amzn1.sp.solution.…')
    .optional(),
  AMAZON_APP_DRAFT: z.enum(['1', ''], { error: 'must be 1 or left out' }).optional(),
  ENCRYPTION_KEYS: present.refine(
    (keys) => keys.split(',').every((key) => /^k1\.aesgcm256\.[\w-]{43}=?$/.test(key)),
    'must be keys made by `npx cloak generate`, separated by commas',
  ),
  AMAZON_API_ORIGIN: origin.optional(),
  SHOPIFY_API_ORIGIN: origin.optional(),
  AWS_ENDPOINT_URL_SQS: origin.optional(),
  AMAZON_NOTIFICATIONS_QUEUE_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of a queue' })
    .optional(),
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain in small letters')
    .optional(),
  MAIL_SIGNING_KEY: present.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  CLOCK_ORIGIN: origin.optional(),
  APP_BRIDGE_URL: z.url({ error: 'must be an address' }).optional(),
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
});

/** The environment, parsed. Origins have no path and no trailing slash. */
export type Env = z.infer<typeof shape>;

const overrides = [
  'AMAZON_API_ORIGIN',
  'SHOPIFY_API_ORIGIN',
  'AWS_ENDPOINT_URL_SQS',
  'CLOCK_ORIGIN',
  'APP_BRIDGE_URL',
] as const;

/** Requests for a queue go to the host of its address, so in production it must be AWS's own. */
const awsAddress = /^https:\/\/[\w.-]+\.amazonaws\.com(\.cn)?\//;

/** A setting is missing or odd. The message is one sentence for whoever started the process; it never holds a value. */
export class EnvError extends Error {}

/**
 * Reads and checks all settings. Throws EnvError with one sentence that names the first wrong one. Where a service's
 * address is overridden in production without ALLOW_SANDBOX=1 it is refused (SEC-3).
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new EnvError(
      `The environment variable ${first?.path.join('.') ?? '?'} ${first?.message ?? 'is wrong'}.`,
    );
  }
  if ((parsed.data.MAIL_DOMAIN === undefined) !== (parsed.data.MAIL_SIGNING_KEY === undefined))
    throw new EnvError('The environment variables MAIL_DOMAIN and MAIL_SIGNING_KEY go together.');
  if ((parsed.data.SMTP_URL === undefined) !== (parsed.data.MAIL_FROM === undefined))
    throw new EnvError('The environment variables SMTP_URL and MAIL_FROM go together.');
  if (parsed.data.NODE_ENV === 'production' && parsed.data.ALLOW_SANDBOX !== '1') {
    const odd = overrides.find((name) => parsed.data[name] !== undefined);
    if (odd)
      throw new EnvError(`The environment variable ${odd} is for a sandbox and is refused in production.`);
    const queue = parsed.data.AMAZON_NOTIFICATIONS_QUEUE_URL;
    if (queue !== undefined && !awsAddress.test(queue))
      throw new EnvError(
        'The environment variable AMAZON_NOTIFICATIONS_QUEUE_URL must be an address of AWS.',
      );
  }
  return parsed.data;
}

/** Reads the settings or ends the process: the sentence goes to standard error, the exit status is 78. */
export function readEnvOrExit(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}
