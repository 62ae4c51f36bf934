import { sellersOf } from '../db/sellers.ts';
import { amazonOrderId, type AmazonOrderId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { knock } from '../sync/knock.ts';
import { lookNow } from '../sync/look-now.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { waitFor } from './wait-for.ts';

/** A person waits at most so long, in real time, for a worker. */
const patienceMs = 60_000;

const noWorker: Said = {
  ok: false,
  data: { error: 'no_worker' },
  lines: [`No worker took it within ${patienceMs / 1000} s. Is one running?`],
};

async function knockOne({ services, shop }: Session, id: AmazonOrderId): Promise<boolean> {
  return services.db.forShop(shop, async (tx) => {
    const known = await tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } });
    const accounts = await sellersOf(tx, shop);
    const [only, ...more] = accounts;
    const seller =
      accounts.find((one) => one.sellerId === known?.sellerId) ?? (more.length === 0 ? only : undefined);
    if (!seller) return false;
    await knock(tx, shop, seller.sellerId, [id], { wanted: true });
    return true;
  });
}

async function syncOrder(session: Session, id: AmazonOrderId): Promise<Said> {
  const { services, shop } = session;
  if (!(await knockOne(session, id)))
    throw new UsageError(`The order ${id} is not known, and it is not clear which account it belongs to.`);
  // Later than the knock: as long as it is due by now, nobody has looked.
  const asked = now();
  session.progress(`Looking at ${id} …`);
  const row = await waitFor(async () => {
    const found = await services.db.forShop(shop, (tx) =>
      tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } }),
    );
    const released = found?.leaseUntil === null && (found.dueAt === null || found.dueAt.getTime() > asked);
    return released ? found : null;
  }, patienceMs);
  if (!row) return noWorker;
  const { state, shopifyName, stateParams } = row;
  const data = {
    order: id,
    state,
    shopify: shopifyName,
    dueAgain: row.dueAt?.toISOString() ?? null,
    params: stateParams,
  };
  return {
    ok: true,
    data,
    lines: [`${id}: ${state}${shopifyName === null ? '' : `, Shopify ${shopifyName}`}`],
  };
}

async function syncAll({ services, shop, progress }: Session): Promise<Said> {
  const asked = now();
  const sellers = await services.db.forShop(shop, (tx) => lookNow(tx, shop, asked));
  if (sellers.length === 0) throw new UsageError('No Amazon account is connected.');
  progress(`Looking at Amazon for ${sellers.join(', ')} …`);
  const rows = await waitFor(async () => {
    const found = (await services.db.forShop(shop, (tx) => sellersOf(tx, shop))).filter((row) =>
      sellers.includes(row.sellerId),
    );
    // Either it looked, or Amazon's limit put the next look off for longer than a worker's claim.
    const over = found.every((row) => (row.lastLookAt ?? 0) >= asked || row.nextPollAt > asked + 61_000);
    return over ? found : null;
  }, patienceMs);
  if (!rows) return noWorker;
  const looks = rows.map((row) => ({
    seller: row.sellerId,
    looked: (row.lastLookAt ?? 0) >= asked,
    next: new Date(row.nextPollAt).toISOString(),
    why: row.blindWhy ?? 'Amazon’s limit is reached',
  }));
  return {
    ok: looks.every((look) => look.looked),
    data: looks,
    lines: looks.map((look) =>
      look.looked
        ? `${look.seller}: looked`
        : `${look.seller}: not seen (${look.why}), next look ${look.next}`,
    ),
  };
}

/** Makes the loop look now: at one order (`--order`), or at everything Amazon changed. Writes to no side itself. */
export function sync(session: Session, _: readonly string[], options: Options): Promise<Said> {
  return options.order === undefined ? syncAll(session) : syncOrder(session, amazonOrderId(options.order));
}
