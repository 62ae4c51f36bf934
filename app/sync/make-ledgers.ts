import { dueLedgers, ledgerIsDue, ledgersAreMade, lockLedgers } from '../db/ledger-due.ts';
import { keepLedgers, type MadeLedger } from '../db/ledger-entries.ts';
import { ledgerFactsOf, type OrderFacts } from '../db/ledger-facts.ts';
import type { Tx } from '../db/client.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { ledgerOf } from '../domain/ledger.ts';
import { dayAt } from '../domain/local-time.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import { enqueueLedgers } from '../queue/enqueue.ts';
import type { Services } from './services.ts';

/** So many ledgers in one transaction. */
const perTransaction = 400;
/** After so many a job lets others go first. */
const perJob = 4_000;

/**
 * Notes that something about these orders' money is new, and wakes the work on their ledgers. Whoever also writes the orders, or
 * knocks them, does it before: two that do it the other way round wait for each other.
 */
export async function noteLedgers(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ledgerIsDue(tx, shop, ids);
  await enqueueLedgers(tx, shop, now());
}

function madeOf({ id, sellerId, facts }: OrderFacts): MadeLedger {
  const { marketplaceId } = facts.order;
  const timeZone = marketplace(marketplaceId)?.timeZone ?? 'UTC';
  const { entries, matched } = ledgerOf(facts);
  const dated = entries.map((entry) => ({ ...entry, day: dayAt(entry.at, timeZone) }));
  return { id, sellerId, marketplaceId, entries: dated, matched };
}

/** Makes some of the ledgers that are due; answers how many. Null: another worker is making some. */
async function makeSome(services: Services, shop: ShopDomain): Promise<number | null> {
  return services.db.forShop(shop, async (tx) => {
    if (!(await lockLedgers(tx, shop))) return null;
    const due = await dueLedgers(tx, shop, perTransaction);
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    const facts = await ledgerFactsOf(tx, shop, ids);
    await keepLedgers(tx, shop, ids, facts.map(madeOf));
    await ledgersAreMade(tx, shop, due);
    return due.length;
  });
}

/**
 * Makes the ledgers that are due, some at a time: cut anywhere, those that are not written stay due. What becomes due while a
 * ledger is made stays due. One worker at a time: another one ends at once, for the one that is at it looks once more when it
 * has let go. Answers how many were made.
 */
export async function makeLedgers(services: Services, shop: ShopDomain): Promise<number> {
  let made = 0;
  while (made < perJob) {
    const some = await makeSome(services, shop);
    if (some === null) return made;
    made += some;
    const left = await services.db.forShop(shop, (tx) => dueLedgers(tx, shop, 1));
    if (left.length === 0) return made;
  }
  await services.db.forShop(shop, (tx) => enqueueLedgers(tx, shop, now()));
  return made;
}
