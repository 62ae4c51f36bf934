import type { LinksFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteLoaderData,
} from '@remix-run/react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { env } from './services.server.ts';
import { PlainPage } from './ui/plain-page.tsx';

const shopifysBridge = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
  { rel: 'stylesheet', href: polarisStyles },
];

/** What every document needs before its first script. */
export const loader = () => ({ apiKey: env.SHOPIFY_API_KEY, bridge: env.APP_BRIDGE_URL ?? shopifysBridge });

/** It never changes while the app is open. */
export const shouldRevalidate = () => false;

/** The document around every page, error pages included. App Bridge has to be its first script. */
export function Layout({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const data = useRouteLoaderData<typeof loader>('root');
  const embedded = useLocation().pathname.startsWith('/app');
  return (
    <html lang={i18n.language} dir={i18n.dir()}>
      <head>
        <meta charSet="utf-8" />
        {embedded && data && <script src={data.bridge} data-api-key={data.apiKey} />}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t('app.name')}</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const { t } = useTranslation();
  return <PlainPage title={t('error.title')}>{t('error.text')}</PlainPage>;
}
