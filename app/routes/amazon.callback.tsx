import { redirect, type HeadersFunction, type LoaderFunctionArgs } from '@remix-run/node';
import { useTranslation } from 'react-i18next';
import { adminPlace, secretAddress } from '../admin-place.server.ts';
import { services } from '../services.server.ts';
import { adminUrl } from '../shopify/admin-url.ts';
import { comeBack } from '../sync/connect-by-consent.ts';
import { PlainPage } from '../ui/plain-page.tsx';

/** Amazon leads a seller's browser back here. It goes on into the shop's admin, where it is known who they are. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const back = await comeBack(services, new URL(request.url).searchParams);
  const query = 'ticket' in back ? { ticket: back.ticket } : { refused: back.refusal };
  if (back.shop === null) return Response.json(null, { status: 400, headers: secretAddress });
  const page = `/app/connect?${new URLSearchParams(query).toString()}`;
  return redirect(adminUrl(adminPlace, back.shop, page), { headers: secretAddress });
};

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function Callback() {
  const { t } = useTranslation();
  return <PlainPage title={t('connect.lost')}>{t('connect.unknown')}</PlainPage>;
}
