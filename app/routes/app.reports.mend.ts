import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { ledgerFilter, readLedgerWish } from '../sync/ledger-view.ts';
import { mendable } from '../sync/mend-many.ts';
import { problemViews } from '../ui/group-problems.ts';

/** The open problems of a kind behind the differences that a report shows, for deciding on all of them at once. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const filter = ledgerFilter(readReportFilter(given), readLedgerWish(given), now());
  const kinds = await db.forShop(shop, (tx) => mendable(tx, shop, filter));
  return { problems: problemViews(kinds.get(given.get('mend') ?? '') ?? []) };
};
