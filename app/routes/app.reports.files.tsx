import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card } from '@shopify/polaris';
import { listReportFiles } from '../db/report-files.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { FileList } from '../ui/file-list.tsx';
import { FileUpload } from '../ui/file-upload.tsx';
import { ReportFrame } from '../ui/report-frame.tsx';
import styles from '../ui/reports.css?url';
import { useLive } from '../ui/use-live.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

const most = 50;
/** A file that is read says so each second. */
const deadAfterMs = 60_000;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const sellers = await sellersOf(tx, shop);
    return {
      frame,
      sellers: sellers.map(({ sellerId, name }) => ({ id: sellerId, name: name ?? sellerId })),
      files: await listReportFiles(tx, shop, most, frame.now - deadAfterMs),
    };
  });
};

/** Reports from Seller Central as files: taken in while they arrive, each known again (REP-5). */
export default function FilesPage() {
  const { frame, sellers, files } = useLoaderData<typeof loader>();
  useLive(files.some(({ state }) => state === 'reading') ? 2_000 : 15_000);
  return (
    <ReportFrame page="files" {...frame} empty={false} unfiltered>
      <BlockStack gap="400">
        <Card>
          <FileUpload sellers={sellers} />
        </Card>
        {files.length > 0 && (
          <Card>
            <FileList files={files} now={frame.now} />
          </Card>
        )}
      </BlockStack>
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
