import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../shopify.server.ts';
import { reportPages, reportUrl } from '../ui/report-pages.ts';

/** The menu's entry leads to the first of the reports; what the address says goes along. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  await authenticateAdmin(request);
  return redirect(`${reportUrl(reportPages[0])}${new URL(request.url).search}`);
};

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
