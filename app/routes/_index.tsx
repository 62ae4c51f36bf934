import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useTranslation } from 'react-i18next';
import { PlainPage } from '../ui/plain-page.tsx';

/** Shopify opens the app at its root with the shop in the query: that goes on to the app. */
export const loader = ({ request }: LoaderFunctionArgs) => {
  const { searchParams } = new URL(request.url);
  if (searchParams.has('shop')) return redirect(`/app?${searchParams.toString()}`);
  return null;
};

export default function Landing() {
  const { t } = useTranslation();
  return <PlainPage title={t('landing.title')}>{t('landing.text')}</PlainPage>;
}
