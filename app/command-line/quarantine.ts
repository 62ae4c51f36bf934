import { amazonOrderId, type AmazonOrderId } from '../domain/ids.ts';
import type { Chosen } from '../sync/chosen.ts';
import { bringBack, quarantined, settleKept } from '../sync/quarantine.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator as by, saidOf, sentence } from './said.ts';

/** What was done in Shopify while nothing could be sent, and what would happen if it were sent now. */
export async function listQuarantine({ services, shop }: Session): Promise<Said> {
  const kept = await quarantined(services, shop);
  const data = kept.map(({ order, fact, problem, amazon, ifSent }) => ({
    order,
    problem,
    fact: fact.key,
    happenedAt: new Date(fact.happenedAt).toISOString(),
    why: fact.quarantine,
    amazon,
    ifSent: ifSent.key,
    ...ifSent.params,
    sentence: sentence(`ifSent.${ifSent.key}`, ifSent.params),
  }));
  const lines = data.map(
    (one) => `${one.happenedAt}  ${one.order}  ${one.fact}  (${one.why})  ${one.sentence}`,
  );
  return { ok: true, data, lines: lines.length > 0 ? lines : ['Nothing in quarantine.'] };
}

async function forEach(
  orders: readonly string[],
  done: string,
  settle: (order: AmazonOrderId) => Promise<Chosen>,
): Promise<Said> {
  if (orders.length === 0) throw new UsageError('Name at least one order.');
  const all: Said[] = [];
  for (const order of orders) all.push(saidOf(await settle(amazonOrderId(order)), `${order}: ${done}`));
  return {
    ok: all.every(({ ok }) => ok),
    data: all.map(({ data }) => data),
    lines: all.flatMap(({ lines }) => lines),
  };
}

/** Sends what is kept back of these orders, by the same guards as anything new. */
export function approveQuarantine(
  { services, shop }: Session,
  orders: readonly string[],
  { checked = false }: Options,
): Promise<Said> {
  return forEach(orders, 'rests, then it goes to Amazon.', (order) =>
    settleKept(services, shop, order, { choice: 'send', checked, by }),
  );
}

/** Leaves Amazon as it is. */
export function dropQuarantine({ services, shop }: Session, orders: readonly string[]): Promise<Said> {
  return forEach(orders, 'left as it is. Amazon is not told.', (order) =>
    settleKept(services, shop, order, { choice: 'drop', checked: true, by }),
  );
}

/** Brings back what was dropped. */
export function bringBackQuarantine({ services, shop }: Session, orders: readonly string[]): Promise<Said> {
  return forEach(orders, 'waits in quarantine again.', (order) => bringBack(services, shop, order, by));
}
