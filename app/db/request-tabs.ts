import { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { RequestTab } from '../domain/request-tab.ts';

/** Which rows a tab has, and in which order. An index serves each. */
interface Tab {
  readonly from: Prisma.Sql;
  readonly where: (shop: ShopDomain) => Prisma.Sql;
  /** The number of the request on its order; null where there is none. */
  readonly n: Prisma.Sql;
  /** The time it is sorted by, and after it the order's id. */
  readonly at: Prisma.Sql;
  readonly id: Prisma.Sql;
  readonly newestFirst: boolean;
}

const withOrder = Prisma.sql`request r join amazon_order o on o.shop = r.shop and o.amazon_order_id = r.amazon_order_id`;
const proper = Prisma.sql`jsonb_path_exists(r.sources, '$[*] ? (@.source != "message")')`;

const requests = (where: Prisma.Sql): Omit<Tab, 'at' | 'newestFirst'> => ({
  from: withOrder,
  where: (shop) => Prisma.sql`r.shop = ${shop} and ${where}`,
  n: Prisma.sql`r.n`,
  id: Prisma.sql`r.amazon_order_id`,
});
const runsOutFirst = { at: Prisma.sql`r.runs_out_at`, newestFirst: false };
const newestFirst = { at: Prisma.sql`r.requested_at`, newestFirst: true };

export const tabs: Readonly<Record<RequestTab, Tab>> = {
  open: { ...requests(Prisma.sql`r.state in ('open', 'approved') and ${proper}`), ...runsOutFirst },
  message: { ...requests(Prisma.sql`r.state in ('open', 'approved') and not ${proper}`), ...runsOutFirst },
  too_late: { ...requests(Prisma.sql`r.state = 'too_late'`), ...newestFirst },
  unknown: {
    from: Prisma.sql`amazon_order o`,
    where: (shop) =>
      Prisma.sql`o.shop = ${shop} and o.request = 'unknown' and o.amazon_status in ('unshipped', 'partially_shipped')`,
    n: Prisma.sql`null::int`,
    at: Prisma.sql`o.ship_by`,
    id: Prisma.sql`o.amazon_order_id`,
    newestFirst: false,
  },
  closed: {
    ...requests(Prisma.sql`r.state in ('withdrawn', 'cancelled', 'declined')`),
    ...newestFirst,
  },
};
