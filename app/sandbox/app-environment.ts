import { appQueue } from './sqs/app-queue.ts';
import { region } from './sqs/queues.ts';

/** Where everything of a sandbox listens. */
export interface Origins {
  readonly admin: string;
  readonly app: string;
  readonly control: string;
  readonly amazon: string;
  readonly shopify: string;
  readonly sqs: string;
}

/** The app as both services know it; nothing of it means anything outside a sandbox. */
export const appCredentials = {
  shopify: { apiKey: 'concord-sandbox-key', apiSecret: 'concord-sandbox-secret' },
  amazon: { clientId: 'amzn1.application-oa2-client.sandbox', clientSecret: 'amzn1.oa2-cs.v1.sandbox' },
} as const;

/** The app's entry at Amazon, for its consent pages. */
export const registeredAt = (appUrl: string) => ({
  applicationId: 'amzn1.sp.solution.sandbox',
  loginUri: `${appUrl}/amazon/login`,
  redirectUri: `${appUrl}/amazon/callback`,
});

/** Where mails would come in, and what signs those that a test posts. */
export const sandboxMail = { domain: 'mail.concord.test', signingKey: 'concord-sandbox-mail' } as const;

/** Where the app's own mails go, and whom they come from; none: no mail server is set up. */
const mailsTo = (smtpUrl: string | undefined) =>
  smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl, MAIL_FROM: `notices@${sandboxMail.domain}` };

/** The environment of the app's processes, and of any other one that joins. */
export function environmentOf(
  origins: Origins,
  databaseUrl: string,
  encryptionKeys: string,
  refreshToken: string,
  smtpUrl?: string,
) {
  return {
    NODE_ENV: 'production' as const,
    ALLOW_SANDBOX: '1',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: appCredentials.shopify.apiKey,
    SHOPIFY_API_SECRET: appCredentials.shopify.apiSecret,
    SHOPIFY_APP_URL: origins.app,
    SHOPIFY_API_ORIGIN: origins.shopify,
    AMAZON_CLIENT_ID: appCredentials.amazon.clientId,
    AMAZON_CLIENT_SECRET: appCredentials.amazon.clientSecret,
    AMAZON_APP_ID: registeredAt(origins.app).applicationId,
    AMAZON_REFRESH_TOKEN: refreshToken,
    AMAZON_API_ORIGIN: origins.amazon,
    AWS_ENDPOINT_URL_SQS: origins.sqs,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIASANDBOX',
    AWS_SECRET_ACCESS_KEY: 'concord-sandbox',
    AMAZON_NOTIFICATIONS_QUEUE_URL: origins.sqs + appQueue.path,
    MAIL_DOMAIN: sandboxMail.domain,
    MAIL_SIGNING_KEY: sandboxMail.signingKey,
    ...mailsTo(smtpUrl),
    CLOCK_ORIGIN: origins.control,
    APP_BRIDGE_URL: `${origins.admin}/app-bridge.js`,
    ENCRYPTION_KEYS: encryptionKeys,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  };
}
