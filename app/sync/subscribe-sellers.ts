import { Prisma } from '@prisma/client';
import type { AmazonClient } from '../amazon/client.ts';
import { wantedChanges, type Destination, type Subscription } from '../amazon/notifications.ts';
import { changeSeller, sellersOf, type SellerNotifications, type SellerRow } from '../db/sellers.ts';
import { fail, ok, type Failure, type Result } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import type { Services } from './services.ts';

/** What became of one account; `ids` null where its messages do not come. */
export interface SubscribedSeller {
  readonly shop: ShopDomain;
  readonly sellerId: SellerId;
  readonly region: AmazonRegion;
  readonly ids: SellerNotifications | null;
  /** One sentence where it did not work, or is not as it should be. */
  readonly why: string | null;
}

interface Account {
  readonly shop: ShopDomain;
  readonly row: SellerRow;
}

const name = 'concord-order-change';

/** It may have been made all the same, now or by somebody else. */
const mayBeThere = ({ kind, code }: Failure) => kind === 'unsure' || code === 'refused';

/** What `find` finds, else what `make` makes; where that is not certain it is looked for once more. */
async function findOrMake<T>(
  find: () => Promise<Result<T | null>>,
  make: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await find();
  if (!found.ok) return found;
  if (found.value !== null) return ok(found.value);
  const made = await make();
  if (made.ok || !mayBeThere(made.failure)) return made;
  const again = await find();
  return again.ok && again.value !== null ? ok(again.value) : made;
}

async function findDestination(client: AmazonClient, queueArn: string): Promise<Result<Destination | null>> {
  const all = await client.destinations();
  return all.ok ? ok(all.value.find((one) => one.queueArn === queueArn) ?? null) : all;
}

const isRight = (one: Subscription, destinationId: string) =>
  one.destinationId === destinationId &&
  (one.changes === null || wantedChanges.every((change) => one.changes?.includes(change)));

/** The seller's subscription to this destination; one that goes elsewhere is ended for it. */
async function subscribe(client: AmazonClient, destinationId: string): Promise<Result<Subscription>> {
  const found = await client.subscription();
  if (!found.ok) return found;
  if (found.value && !isRight(found.value, destinationId)) {
    const ended = await client.unsubscribe(found.value.id);
    if (!ended.ok) return ended;
  }
  return findOrMake(
    () => client.subscription(),
    () => client.subscribe(destinationId),
  );
}

/** Asks once for each region: destinations belong to one, whichever account asks. */
function oncePerRegion<T>(ask: (client: AmazonClient) => Promise<Result<T>>) {
  const known = new Map<AmazonRegion, Promise<Result<T>>>();
  return ({ row: { region } }: Account, client: AmazonClient): Promise<Result<T>> => {
    const asked = known.get(region) ?? ask(client);
    known.set(region, asked);
    return asked;
  };
}

async function setUp(
  client: AmazonClient,
  queueArn: string,
  destination: Result<Destination>,
): Promise<Result<SellerNotifications>> {
  if (!destination.ok) return destination;
  const subscription = await subscribe(client, destination.value.id);
  if (!subscription.ok) return subscription;
  return ok({ queueArn, destinationId: destination.value.id, subscriptionId: subscription.value.id });
}

async function accountsOf({ db }: Services, shops: readonly ShopDomain[]): Promise<Account[]> {
  const all: Account[] = [];
  for (const shop of shops)
    for (const row of await db.forShop(shop, (tx) => sellersOf(tx, shop))) all.push({ shop, row });
  return all;
}

async function forEach(
  services: Services,
  shops: readonly ShopDomain[],
  work: (account: Account, client: AmazonClient) => Promise<Result<SellerNotifications | null>>,
): Promise<SubscribedSeller[]> {
  const said: SubscribedSeller[] = [];
  for (const account of await accountsOf(services, shops)) {
    const { shop, row } = account;
    const { sellerId, region } = row;
    const result =
      row.state === 'connected'
        ? await work(account, services.amazon(row))
        : fail<null>({ kind: 'reconnect', code: 'disconnected', sentence: 'The account is not connected.' });
    const [ids, why] = result.ok ? [result.value, null] : [null, result.failure.sentence];
    said.push({ shop, sellerId, region, ids, why });
  }
  return said;
}

function remember({ db }: Services, { shop, row }: Account, ids: SellerNotifications | null): Promise<void> {
  const notifications = ids === null ? Prisma.DbNull : { ...ids };
  return db.forShop(shop, (tx) => changeSeller(tx, shop, row.sellerId, { notifications }));
}

/** Lets the messages of every connected account of these shops go to the queue. May be repeated. */
export function subscribeSellers(
  services: Services,
  shops: readonly ShopDomain[],
  queueArn: string,
): Promise<SubscribedSeller[]> {
  const destinationOf = oncePerRegion((client) =>
    findOrMake(
      () => findDestination(client, queueArn),
      () => client.createDestination(name, queueArn),
    ),
  );
  return forEach(services, shops, async (account, client) => {
    const done = await setUp(client, queueArn, await destinationOf(account, client));
    if (done.ok) await remember(services, account, done.value);
    return done;
  });
}

/** Asks Amazon whether every account's messages go to the queue. */
export function checkSubscriptions(
  services: Services,
  shops: readonly ShopDomain[],
  queueArn: string,
): Promise<SubscribedSeller[]> {
  const destinationOf = oncePerRegion((client) => findDestination(client, queueArn));
  return forEach(services, shops, async (account, client) => {
    const destination = await destinationOf(account, client);
    if (!destination.ok) return destination;
    const subscription = await client.subscription();
    if (!subscription.ok) return subscription;
    const [place, one] = [destination.value, subscription.value];
    if (place === null || one === null || !isRight(one, place.id)) return ok(null);
    return ok({ queueArn, destinationId: place.id, subscriptionId: one.id });
  });
}

async function endSubscription(client: AmazonClient): Promise<Result<null>> {
  const subscription = await client.subscription();
  if (!subscription.ok) return subscription;
  return subscription.value === null ? ok(null) : client.unsubscribe(subscription.value.id);
}

/**
 * Ends the subscriptions of these shops' accounts. `destinationsToo`: no other shop needs the queue's destinations, which
 * are deleted where nobody is left.
 */
export async function unsubscribeSellers(
  services: Services,
  shops: readonly ShopDomain[],
  queueArn: string,
  destinationsToo: boolean,
): Promise<SubscribedSeller[]> {
  const said = await forEach(services, shops, async (account, client) => {
    const ended = await endSubscription(client);
    if (ended.ok) await remember(services, account, null);
    return ended;
  });
  if (!destinationsToo || said.some(({ why }) => why !== null)) return said;
  const removeOnce = oncePerRegion(async (client) => {
    const found = await findDestination(client, queueArn);
    return found.ok && found.value ? client.deleteDestination(found.value.id) : found;
  });
  return forEach(services, shops, async (account, client) => {
    const removed = await removeOnce(account, client);
    return removed.ok ? ok(null) : removed;
  });
}
