import { SellingPartner } from 'amazon-sp-api';
import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AmazonClientOptions } from './client.ts';
import { late, within } from './deadline.ts';
import { deadlinePassed, sortLogin } from './failure.ts';
import { OriginAgent } from './origin-agent.ts';

const answer = z.object({ refresh_token: z.string().min(1) });

/**
 * Exchanges the code that a seller's browser brought from Amazon for a refresh token. A code serves once and for five
 * minutes: one that does not (any more) is a failure of kind `reconnect`. Nothing of code or token is in a sentence (SEC-2).
 */
export async function exchangeCode(
  app: Pick<AmazonClientOptions, 'region' | 'clientId' | 'clientSecret' | 'origin' | 'userAgent'>,
  code: string,
  deadlineMs = 30_000,
): Promise<Result<string>> {
  const partner = new SellingPartner({
    region: app.region,
    credentials: {
      SELLING_PARTNER_APP_CLIENT_ID: app.clientId,
      SELLING_PARTNER_APP_CLIENT_SECRET: app.clientSecret,
    },
    options: {
      // There is no refresh token yet.
      only_grantless_operations: true,
      retry_remote_timeout: false,
      user_agent: app.userAgent,
      ...(app.origin === undefined ? {} : { https_proxy_agent: new OriginAgent(app.origin) }),
    },
  });
  try {
    const given = await within(deadlineMs, partner.exchange(code));
    if (given === late) return fail(deadlinePassed('the login', deadlineMs));
    const read = answer.safeParse(given);
    if (read.success) return ok(read.data.refresh_token);
    const sentence = "Amazon's login did not answer as it should (no refresh token).";
    return fail({ kind: 'retry', code: 'login_error', sentence, at: null });
  } catch (error) {
    const failure = sortLogin(error);
    if (!failure) throw error;
    return fail(failure);
  }
}
