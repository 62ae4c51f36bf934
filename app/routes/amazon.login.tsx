import { redirect, type HeadersFunction, type LoaderFunctionArgs } from '@remix-run/node';
import { useTranslation } from 'react-i18next';
import { adminPlace, secretAddress } from '../admin-place.server.ts';
import { appstoreStart } from '../domain/consent.ts';
import { env, vault } from '../services.server.ts';
import { adminUrl } from '../shopify/admin-url.ts';
import { sealStart } from '../sync/connect-by-consent.ts';
import { PlainPage } from '../ui/plain-page.tsx';

/** A seller began in Amazon's appstore and wants to connect a shop: which one, they tell by opening the app there. */
export const loader = ({ request }: LoaderFunctionArgs) => {
  const start = appstoreStart(new URL(request.url).searchParams, env.AMAZON_API_ORIGIN ?? null);
  if (!start) return Response.json(null, { status: 400, headers: secretAddress });
  const query = new URLSearchParams({ start: sealStart(vault, start) }).toString();
  return redirect(adminUrl(adminPlace, null, `/app/connect?${query}`), { headers: secretAddress });
};

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function AppstoreLogin() {
  const { t } = useTranslation();
  return <PlainPage title={t('connect.lost')}>{t('connect.oddStart')}</PlainPage>;
}
