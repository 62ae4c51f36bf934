import { marketplaces, type Marketplace } from './marketplaces.ts';

/** This app as Amazon's authorisation pages know it. */
export interface AmazonApp {
  /** `amzn1.sp.solution.…`, from Amazon's developer console. */
  readonly applicationId: string;
  /** It is not published yet: Amazon then wants `version=beta` on its pages. */
  readonly draft: boolean;
  /** Where Amazon leads back to; registered there. */
  readonly redirectUri: string;
  /** A stand-in's http origin in place of all of Amazon's pages. */
  readonly origin: string | null;
}

/** What Amazon's appstore hands over where a seller begins there. */
export interface AppstoreStart {
  readonly callbackUri: string;
  readonly amazonState: string;
  readonly sellerId: string;
}

const draftOf = ({ draft }: AmazonApp) => (draft ? { version: 'beta' } : {});

/** A marketplace's page in Seller Central on which a seller lets this app in. Source: Amazon's website authorisation workflow. */
export function consentUrl(app: AmazonApp, at: Marketplace, state: string): string {
  const url = new URL('/apps/authorize/consent', app.origin ?? `https://${at.sellerCentralHost}`);
  const { applicationId: application_id, redirectUri: redirect_uri } = app;
  url.search = new URLSearchParams({ application_id, redirect_uri, state, ...draftOf(app) }).toString();
  return url.href;
}

/** Amazon's own hosts, as they are: a host that only ends like one of them is none. */
const amazonHosts: ReadonlySet<string> = new Set(
  marketplaces.flatMap(({ sellerCentralHost, storefront }) => [
    sellerCentralHost,
    storefront,
    storefront.replace(/^www\./, ''),
  ]),
);

const confirmPath = /^\/apps\/authorize\/confirm\/[\w.-]+$/;

/** The page that a seller who began in the appstore is to be led back to; null where that is no page of Amazon's. */
function amazonsPage(text: string, origin: string | null): URL | null {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '' || !confirmPath.test(url.pathname)) return null;
  if (origin !== null) return url.origin === origin ? url : null;
  return url.protocol === 'https:' && url.port === '' && amazonHosts.has(url.hostname) ? url : null;
}

const mostStateLength = 2_000;
const sellerPattern = /^[A-Z0-9]{6,20}$/;

/**
 * What Amazon says where a seller began in its appstore and was sent to this app's login address. Null where something is
 * missing or odd: nobody is led to an address that is not Amazon's own. Source: Amazon's appstore authorisation workflow.
 */
export function appstoreStart(query: URLSearchParams, origin: string | null): AppstoreStart | null {
  const page = amazonsPage(query.get('amazon_callback_uri') ?? '', origin);
  const amazonState = query.get('amazon_state') ?? '';
  const sellerId = query.get('selling_partner_id') ?? '';
  if (!page || amazonState === '' || amazonState.length > mostStateLength) return null;
  return sellerPattern.test(sellerId) ? { callbackUri: page.href, amazonState, sellerId } : null;
}

/** Where a seller who began in the appstore goes on, once it is known which shop it is for. */
export function confirmUrl(app: AmazonApp, start: AppstoreStart, state: string): string {
  const url = new URL(start.callbackUri);
  const { amazonState: amazon_state } = start;
  const { redirectUri: redirect_uri } = app;
  for (const [name, value] of Object.entries({ redirect_uri, amazon_state, state, ...draftOf(app) }))
    url.searchParams.set(name, value);
  return url.href;
}
