import type { Env } from '../lib/env.ts';
import { adminPlaceOf, type AdminPlace } from '../shopify/admin-url.ts';
import type { Services } from '../sync/services.ts';
import { openMailer, type Mailer } from './mailer.ts';

/** What staff are told with. */
export interface NoticeParts extends Pick<Services, 'db' | 'vault' | 'log' | 'shopify'> {
  /** Null: no mail server is set up. */
  readonly mailer: Mailer | null;
  /** Where the app's pages are, for the links. */
  readonly place: AdminPlace;
  /** Whether webhooks may go to this very machine: in a sandbox alone. */
  readonly loopback: boolean;
}

/** Opens everything from the environment; nothing is called until there is something to tell. */
export function openNotices(env: Env, services: Services): NoticeParts {
  const { db, vault, log } = services;
  const { SMTP_URL: url, MAIL_FROM: from } = env;
  return {
    ...{ db, vault, log },
    shopify: (shop) => services.shopify(shop),
    mailer: url === undefined || from === undefined ? null : openMailer(url, from),
    place: adminPlaceOf(env),
    loopback: env.ALLOW_SANDBOX === '1',
  };
}
