import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Link, Outlet, useLoaderData } from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import { AppProvider } from '@shopify/shopify-app-remix/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { shopRow } from '../db/shops.ts';
import { shopDomain } from '../domain/ids.ts';
import { db, env } from '../services.server.ts';
import { authenticateAdmin, staffRoleIn } from '../shopify.server.ts';
import { keepFrameQuery } from '../ui/frame-query.ts';
import { OrderDialogs } from '../ui/order-dialogs.tsx';
import { AppError } from '../ui/page-error.tsx';
import { RoleBanner } from '../ui/role-banner.tsx';
import { polarisWords } from '../ui/texts.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session, sessionToken } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const row = await db.forShop(shop, (tx) => shopRow(tx, shop));
  return {
    apiKey: env.SHOPIFY_API_KEY,
    timeZone: row?.facts?.timeZone ?? 'UTC',
    role: await staffRoleIn(request, shop, sessionToken.sub),
  };
};

/** What it loads stays the same while the app is open; every page below authenticates for itself. */
export const shouldRevalidate = () => false;

export const headers: HeadersFunction = (each) => boundary.headers(each);

export default function App() {
  const { apiKey, role } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  useEffect(keepFrameQuery, []);
  // App Bridge's script is already the first of the document (root.tsx), so the provider adds none.
  return (
    <AppProvider apiKey={apiKey} isEmbeddedApp={false} i18n={polarisWords(i18n)}>
      <NavMenu>
        <Link to="/app" rel="home">
          {t('nav.home')}
        </Link>
        <Link to="/app/requests">{t('nav.requests')}</Link>
        <Link to="/app/orders">{t('nav.orders')}</Link>
        <Link to="/app/problems">{t('nav.problems')}</Link>
        <Link to="/app/reports">{t('nav.reports')}</Link>
        <Link to="/app/settings">{t('nav.settings')}</Link>
      </NavMenu>
      {role !== 'all' && <RoleBanner role={role} />}
      <OrderDialogs>
        <Outlet />
      </OrderDialogs>
    </AppProvider>
  );
}

export function ErrorBoundary() {
  const { i18n } = useTranslation();
  return (
    <AppProvider apiKey="" isEmbeddedApp={false} i18n={polarisWords(i18n)}>
      <AppError />
    </AppProvider>
  );
}
