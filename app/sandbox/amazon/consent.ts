import { html, type Html } from '../admin/html.ts';
import type { Answer } from './answers.ts';
import type { Codes } from './codes.ts';
import type { Seller } from './seller.ts';

/** The app as it is registered at Amazon. */
export interface RegisteredApp {
  readonly applicationId: string;
  readonly loginUri: string;
  readonly redirectUri: string;
}

/** What Amazon's authorisation pages work on. */
export interface ConsentParts {
  readonly app: RegisteredApp | null;
  readonly sellers: ReadonlyMap<string, Seller>;
  readonly codes: Codes;
  /** Whether a seller who cancels is led back, or stays at Amazon. */
  readonly cancelLeadsBack: boolean;
}

/** The pages, by path. */
export const consentPaths = {
  consent: '/apps/authorize/consent',
  confirm: '/apps/authorize/confirm/',
  store: '/apps/store',
} as const;

const page = (title: string, content: Html, status = 200): Answer => ({
  status,
  headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  body: html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 36rem;
            margin: 3rem auto;
            padding: 0 1rem;
          }
          button {
            font: inherit;
            padding: 0.4rem 0.8rem;
            margin: 0.3rem 0.3rem 0 0;
          }
        </style>
      </head>
      <body>
        <p>pretend Amazon · Seller Central</p>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`.text,
});

const refuse = (code: string, sentence: string): Answer => ({
  ...page('Authorisation failed', html`<p>${code}: ${sentence}</p>`),
  status: 400,
});

const lead = (to: string, query: Readonly<Record<string, string>>): Answer => {
  const url = new URL(to);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return {
    status: 302,
    headers: { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    body: '',
  };
};

/** Why the app's own words are not as it is registered, as Amazon's pages say it; null where they are. */
function wrong({ app }: ConsentParts, query: URLSearchParams, id: string | null): Answer | null {
  if (!app || id !== app.applicationId) return refuse('MD1000', 'There is no such application.');
  const to = query.get('redirect_uri');
  if (to !== null && to !== app.redirectUri)
    return refuse('MD5101', 'The redirect URI is not one that is registered.');
  return (query.get('state') ?? '') === '' ? refuse('MD9010', 'The state is missing.') : null;
}

/** Somebody says yes: the app is let in, and their browser brings the code. */
function allow(parts: ConsentParts, app: RegisteredApp, sellerId: string, state: string): Answer {
  const seller = parts.sellers.get(sellerId);
  if (!seller) return refuse('MD9020', 'There is no such seller.');
  seller.authorisation = { ...seller.authorisation, state: 'granted' };
  return lead(app.redirectUri, {
    state,
    selling_partner_id: sellerId,
    spapi_oauth_code: parts.codes.give(sellerId),
  });
}

/** Whoever is signed in; a pretend Amazon lets anybody be any seller. */
const sellersAsButtons = ({ sellers }: ConsentParts, label: string): Html =>
  html`${[...sellers.values()].map(
    ({ account: { sellerId, name = 'Demo store' } }) =>
      html`<button name="seller" value="${sellerId}">${label} ${name} (${sellerId})</button>`,
  )}`;

/** The page on which a seller lets the app in, and what becomes of their answer. */
export function consent(parts: ConsentParts, query: URLSearchParams, answer: URLSearchParams | null): Answer {
  const no = wrong(parts, query, query.get('application_id'));
  const { app } = parts;
  if (no || !app) return no ?? refuse('MD1000', 'There is no such application.');
  const state = query.get('state') ?? '';
  if (answer?.has('cancel'))
    return parts.cancelLeadsBack
      ? lead(app.redirectUri, { state, error: 'access_denied' })
      : page('Nothing was authorised', html`<p>You may close this page.</p>`);
  if (answer) return allow(parts, app, answer.get('seller') ?? '', state);
  return page(
    'Concord would like to use your seller account',
    html`<p>It would read your orders, and cancel, ship and refund them when you say so.</p>
      <form method="post">
        ${sellersAsButtons(parts, 'Confirm as')}
        <button name="cancel" value="1">Cancel</button>
      </form>`,
  );
}

/** The appstore's page of the app, and the way from there to the app's own login. */
export function appstore(parts: ConsentParts, origin: string, answer: URLSearchParams | null): Answer {
  const { app } = parts;
  if (!app) return refuse('MD1000', 'There is no such application.');
  const sellerId = answer?.get('seller') ?? '';
  if (!parts.sellers.has(sellerId))
    return page(
      'Concord in the Selling Partner Appstore',
      html`<form method="post">${sellersAsButtons(parts, 'Authorise now as')}</form>`,
    );
  return lead(app.loginUri, {
    amazon_callback_uri: `${origin}${consentPaths.confirm}${app.applicationId}`,
    amazon_state: `appstore-${sellerId}`,
    selling_partner_id: sellerId,
  });
}

const stateOfStore = /^appstore-(.+)$/;

/** The app led somebody back who began in the appstore: they had said yes there already. */
export function confirm(parts: ConsentParts, query: URLSearchParams, applicationId: string): Answer {
  const no = wrong(parts, query, applicationId);
  const sellerId = stateOfStore.exec(query.get('amazon_state') ?? '')?.[1];
  if (no || !parts.app || sellerId === undefined)
    return no ?? refuse('MD9030', 'The Amazon state is not known.');
  return allow(parts, parts.app, sellerId, query.get('state') ?? '');
}

/** A form as a browser sends it, in Seller Central's buttons. */
export const answerOf = (method: string, body: string): URLSearchParams | null =>
  method === 'POST' ? new URLSearchParams(body) : null;
