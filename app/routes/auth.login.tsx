import { useTranslation } from 'react-i18next';
import { PlainPage } from '../ui/plain-page.tsx';

/** Where a request without a shop ends. Shopify forbids asking for a shop's address, so there is no form. */
export default function Login() {
  const { t } = useTranslation();
  return <PlainPage title={t('login.title')}>{t('login.text')}</PlainPage>;
}
