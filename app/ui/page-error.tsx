import { isRouteErrorResponse, useRevalidator, useRouteError } from '@remix-run/react';
import { Banner, Layout, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLive } from './use-live.ts';

/** What stands in place of a page that could not be loaded, until it can. */
function PageError() {
  const { t } = useTranslation();
  const { revalidate, state } = useRevalidator();
  useLive();
  return (
    <Page>
      <Layout>
        <Layout.Section>
          <Banner
            tone="critical"
            action={{ content: t('action.tryAgain'), onAction: revalidate, loading: state === 'loading' }}
          >
            {t('error.text')}
          </Banner>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

/**
 * The end of every failed request below the app: the library's own answers (a page that leads App Bridge to a new
 * session token) are shown as they are, anything else as a page that says so.
 */
export function AppError() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status < 300) {
    return <div dangerouslySetInnerHTML={{ __html: String(error.data) }} />;
  }
  return <PageError />;
}
