import { factsOf } from '../db/facts.ts';
import { findProblems, openOfKinds, type OpenProblem } from '../db/problems.ts';
import { refuse } from '../domain/explain-refusal.ts';
import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { ifSent, type IfSent } from '../domain/if-sent.ts';
import type { KnownFact } from '../domain/shopify-fact.ts';
import type { Chosen } from './chosen.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import { solveProblem } from './solve.ts';
import { takeBack } from './take-back.ts';

/** Something done in Shopify that is kept back from Amazon (CAN-12), and what would happen if it were sent now. */
export interface Kept {
  readonly order: AmazonOrderId;
  readonly fact: KnownFact;
  readonly problem: string;
  /** Amazon's status as it was last read. */
  readonly amazon: string | null;
  readonly ifSent: IfSent;
}

async function one(services: Services, shop: ShopDomain, problem: OpenProblem): Promise<Kept[]> {
  const order = amazonOrderId(problem.amazonOrderId);
  const facts = await services.db.forShop(shop, (tx) => factsOf(tx, shop, [order]));
  const fact = facts.get(order)?.find(({ key }) => key === problem.subject);
  if (!fact) return [];
  const read = await lookAtOrder(services, shop, order);
  const now = read.ok
    ? ifSent(read.one, fact.key)
    : ({ key: 'not_known', params: { text: read.params['text'] ?? '' } } as const);
  const amazon = read.ok ? read.one.order.status : null;
  return [{ order, fact, problem: problem.id, amazon, ifSent: now }];
}

/** What waits in quarantine, the oldest problem first, at most 50; each order is looked at in Shopify now. */
export async function quarantined(services: Services, shop: ShopDomain): Promise<Kept[]> {
  const open = await services.db.forShop(shop, (tx) => openOfKinds(tx, shop, ['quarantined']));
  const all: Kept[] = [];
  for (const problem of open) all.push(...(await one(services, shop, problem)));
  return all;
}

/** What would happen if what a problem stands for were sent now; null: it is not kept back any more. */
export async function ifSentNow(
  services: Services,
  shop: ShopDomain,
  problem: string,
): Promise<IfSent | null> {
  const [found] = await services.db.forShop(shop, (tx) => findProblems(tx, shop, { id: problem }));
  if (!found?.open || found.kind !== 'quarantined') return null;
  return (await one(services, shop, found))[0]?.ifSent ?? null;
}

/** Sends all that is kept back of an order by the guards of today, or leaves Amazon as it is. */
export async function settleKept(
  services: Services,
  shop: ShopDomain,
  order: AmazonOrderId,
  wanted: { readonly choice: 'send' | 'drop'; readonly checked: boolean; readonly by: string },
): Promise<Chosen> {
  const named = { kind: 'quarantined', order };
  const found = await services.db.forShop(shop, (tx) => findProblems(tx, shop, named));
  let last: Chosen = refuse('not_quarantined', { id: order });
  for (const { id } of found.filter(({ open }) => open)) {
    last = await solveProblem(services, shop, { problem: { id }, value: null, note: null, ...wanted });
    if (!last.ok) return last;
  }
  return last;
}

/** What was dropped of an order waits again: the last of it, or the one that was left by `choice`. */
export function bringBack(
  services: Services,
  shop: ShopDomain,
  order: AmazonOrderId,
  by: string,
  choice?: string,
): Promise<Chosen> {
  return takeBack(
    services,
    shop,
    order,
    by,
    (one_) =>
      one_.kind === 'answer' &&
      one_.subject.startsWith('quarantined|') &&
      one_.args.choice === 'drop' &&
      (choice === undefined || one_.id === choice),
  );
}
