import { addChoice, endChoices } from '../db/choices.ts';
import type { Tx } from '../db/client.ts';
import { moveCommands, planCommands, renewCarried } from '../db/commands.ts';
import { keepFacts } from '../db/facts.ts';
import { isFeedKind } from '../domain/feed-kind.ts';
import { nextState } from '../domain/command-state.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { renewPrints } from '../domain/renew-prints.ts';
import { now } from '../lib/clock.ts';
import { enqueueFeed } from '../queue/enqueue.ts';
import { keepWishes } from './keep-wishes.ts';
import { printsOf } from './prints.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/** The state changes of commands that readings brought. */
function movesOf(works: readonly Work[]) {
  return works.flatMap(({ commands, decision }) =>
    (decision?.events ?? []).flatMap(({ key, event }) => {
      const from = commands.find((c) => c.key === key)?.state;
      return from === undefined ? [] : [{ key, from, to: nextState(from, event) }];
    }),
  );
}

/** What was in the dark after a batch, and is known now. */
const cameToLight = ({ commands, decision }: Work): boolean =>
  (decision?.events ?? []).some(({ key }) =>
    commands.some((one) => one.key === key && one.state === 'unsure' && isFeedKind(one.kind)),
  );

/** Commands to rest or to go with a batch; one that is proved, or known at last, wakes the batches of its account. */
async function plan(tx: Tx, shop: ShopDomain, works: readonly Work[]): Promise<void> {
  const plans = works.flatMap(({ order, decision, shopify }) =>
    (decision?.plan ?? []).map((command) => ({
      ...command,
      order: order.amazonOrderId,
      seenAt: shopify?.kind === 'read' ? shopify.startedAt : null,
    })),
  );
  for (const { from } of plans) if (from !== null) nextState(from, 'replanned');
  await planCommands(tx, shop, now(), plans);
  const ready = new Set<SellerId>(
    works.flatMap((work) => {
      const proved = (work.decision?.plan ?? []).some(({ provedAt }) => provedAt !== null);
      return proved || cameToLight(work) ? [work.order.sellerId] : [];
    }),
  );
  for (const seller of [...ready].sort()) await enqueueFeed(tx, shop, seller, now());
}

/** Prints that today's keys make anew, of orders that Amazon was asked about and to which nothing is being written. */
function renewalsOf({ vault }: Services, works: readonly Work[]) {
  const writes = new Set(['create_order', 'update_order']);
  return works.flatMap(({ amazon, commands, decision }) => {
    if (amazon.kind !== 'read' || amazon.remembered) return [];
    if (decision?.send.some(({ kind }) => writes.has(kind))) return [];
    return renewPrints(commands, amazon.order.id, printsOf(vault, amazon.order));
  });
}

/**
 * Writes down what was decided of these orders beyond what is sent at once: news of commands, commands that rest, wishes of
 * buyers, choices that are over, and what was seen in Shopify for the first time. In the transaction that locked the orders.
 */
export async function keepDecided(
  tx: Tx,
  services: Services,
  shop: ShopDomain,
  works: readonly Work[],
): Promise<void> {
  await moveCommands(tx, shop, now(), movesOf(works));
  await plan(tx, shop, works);
  await renewCarried(tx, shop, renewalsOf(services, works));
  await keepWishes(tx, services, shop, works);
  await endChoices(
    tx,
    shop,
    now(),
    works.flatMap((work) => work.decision?.ends ?? []),
  );
  for (const { order, decision } of works)
    for (const choice of decision?.choose ?? [])
      await addChoice(tx, shop, { ...choice, order: order.amazonOrderId, at: now() });
  await keepFacts(
    tx,
    shop,
    works.flatMap(({ order, decision }) =>
      (decision?.facts ?? []).map((fact) => ({ ...fact, order: order.amazonOrderId })),
    ),
  );
}
