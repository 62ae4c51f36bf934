import type { Prisma } from '@prisma/client';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { problemTones, type ProblemDraft, type ProblemKind } from '../domain/problem.ts';
import type { Tx } from './client.ts';
import { flowInUse } from './flow-targets.ts';
import { addNotices } from './notices.ts';

/** The problems an order has now; what else was open on it is over, unless only a part of them could be told. */
export interface OrderProblems {
  readonly order: AmazonOrderId;
  readonly problems: readonly ProblemDraft[];
  readonly partial: boolean;
}

/** An open problem, for lists. `since` in ms UTC; `amazonOrderId` is empty where it is about an account. */
export interface OpenProblem {
  readonly id: string;
  readonly kind: string;
  readonly tone: string;
  readonly amazonOrderId: string;
  readonly subject: string;
  readonly params: Prisma.JsonValue;
  readonly since: number;
}

/** Staff hear of what cannot wait, and workflows of all that is about an order, once each time it opens (REQ-11, REQ-12). */
async function tellOfOpened(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  opened: readonly { readonly id: string; readonly kind: string; readonly order: string }[],
): Promise<void> {
  const urgent = opened.filter(({ kind }) => problemTones[kind as ProblemKind] === 'critical');
  await addNotices(
    tx,
    shop,
    now,
    urgent.map(({ id, kind, order }) => ({
      kind: kind === 'blind' ? 'blind' : 'problem_critical',
      key: `problem:${id}`,
      amazonOrderId: order,
      params: { problem: kind },
    })),
  );
  // Workflows hear of the others too, where there are any.
  const others = opened.filter(({ kind, order }) => {
    const tone = problemTones[kind as ProblemKind];
    return tone !== 'critical' && tone !== 'success' && order !== '';
  });
  if (others.length === 0 || !(await flowInUse(tx, shop))) return;
  await addNotices(
    tx,
    shop,
    now,
    others.map(({ id, kind, order }) => ({
      ...{ kind: 'problem_opened', key: `problem:${id}`, amazonOrderId: order, params: { problem: kind } },
    })),
  );
}

const openKey = (kind: string, order: string, subject: string) => JSON.stringify([kind, order, subject]);

/**
 * Brings the open problems of these orders in line with what was decided: new ones open, those that are gone close "by
 * itself", the others stay with their age. Nothing is deleted.
 */
export async function keepProblems(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  all: readonly OrderProblems[],
): Promise<void> {
  const rows = all.flatMap(({ order, problems }) =>
    problems.map((p) => ({
      key: openKey(p.kind, order, p.subject),
      kind: p.kind,
      order,
      subject: p.subject,
      tone: problemTones[p.kind],
      params: p.params,
    })),
  );
  const keys = rows.map((row) => row.key);
  const orders = all.filter((one) => !one.partial).map((one) => one.order);
  // Of a row that was there already xmax is set: only those that are new are told.
  const written = await tx.$queryRaw<{ id: string; kind: string; order: string; opened: boolean }[]>`
    with gone as (
      update problem set closed_at = ${new Date(now)}, closed_by = 'by itself', open_key = null
      where shop = ${shop} and amazon_order_id = any(${orders}::text[]) and closed_at is null and not (open_key = any(${keys}::text[])))
    insert into problem as p (shop, kind, amazon_order_id, subject, tone, params, since, open_key)
    select distinct on (x.key) ${shop}, x.kind, x."order", x.subject, x.tone, x.params, ${new Date(now)}, x.key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(key text, kind text, "order" text, subject text, tone text, params jsonb)
    order by x.key
    on conflict (shop, open_key) do update set params = excluded.params where p.params is distinct from excluded.params
    returning p.id::text, p.kind, p.amazon_order_id as "order", p.xmax = 0 as opened`;
  await tellOfOpened(
    tx,
    shop,
    now,
    written.filter(({ opened }) => opened),
  );
}

/** Opens a problem that is about an account or the shop, once. */
export async function openAccountProblem(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  problem: ProblemDraft,
): Promise<void> {
  const { kind, subject } = problem;
  const key = openKey(kind, '', subject);
  const params = { ...problem.params };
  const opened = await tx.problem.createManyAndReturn({
    data: [{ shop, kind, subject, tone: problemTones[kind], params, since: new Date(now), openKey: key }],
    select: { id: true },
    skipDuplicates: true,
  });
  if (opened.length === 0) await tx.problem.updateMany({ where: { shop, openKey: key }, data: { params } });
  await tellOfOpened(
    tx,
    shop,
    now,
    opened.map(({ id }) => ({ id, kind, order: '' })),
  );
}

/** Closes an account's problem where it is open, and answers whether it was; with `before` (ms UTC) only one opened earlier. */
export async function closeAccountProblem(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  kind: ProblemDraft['kind'],
  subject: string,
  before?: number,
): Promise<boolean> {
  const closed = await tx.problem.updateMany({
    where: {
      shop,
      openKey: openKey(kind, '', subject),
      ...(before === undefined ? {} : { since: { lt: new Date(before) } }),
    },
    data: { closedAt: new Date(now), closedBy: 'by itself', openKey: null },
  });
  return closed.count > 0;
}

/** Open problems of the shop, the worst kinds and the oldest first, at most `limit`. */
export async function openProblems(tx: Tx, shop: ShopDomain, limit = 500): Promise<OpenProblem[]> {
  // By the key that only open ones have: its index passes all that were ever closed.
  const rows = await tx.$queryRaw<(Omit<OpenProblem, 'since'> & { readonly since: Date })[]>`
    select id::text, kind, tone, amazon_order_id as "amazonOrderId", subject, params, since from problem
    where shop = ${shop} and open_key is not null
    order by array_position(array['critical', 'warning', 'attention'], tone), since, id limit ${limit}`;
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}

function toOpen(row: Prisma.ProblemGetPayload<object>): OpenProblem {
  const { id, kind, tone, amazonOrderId, subject, params, since } = row;
  return { id, kind, tone, amazonOrderId, subject, params, since: since.getTime() };
}

/** Open problems of these kinds, the oldest first, at most 50. */
export async function openOfKinds(
  tx: Tx,
  shop: ShopDomain,
  kinds: readonly ProblemDraft['kind'][],
): Promise<OpenProblem[]> {
  const rows = await tx.problem.findMany({
    where: { shop, openKey: { not: null }, kind: { in: [...kinds] } },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
    take: 50,
  });
  return rows.map(toOpen);
}

/** Open problems of these orders. */
export async function openProblemsOfOrders(
  tx: Tx,
  shop: ShopDomain,
  orders: readonly string[],
): Promise<OpenProblem[]> {
  const rows = await tx.problem.findMany({
    where: { shop, amazonOrderId: { in: [...orders] }, openKey: { not: null } },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toOpen);
}

/** Open problems of one order, the oldest first. */
export async function openProblemsOf(tx: Tx, shop: ShopDomain, order: AmazonOrderId): Promise<OpenProblem[]> {
  const rows = await tx.problem.findMany({
    where: { shop, amazonOrderId: order, openKey: { not: null } },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toOpen);
}

/** Staff have read good news (REQ-12); it is not said again. */
export async function dismissRecovered(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  await tx.problem.updateMany({
    where: { shop, openKey: { not: null }, kind: 'recovered' },
    data: { closedAt: new Date(now), closedBy: 'staff', openKey: null },
  });
}

/** How many problems wait for a person; good news is none of them. */
export function countOpenProblems(tx: Tx, shop: ShopDomain): Promise<number> {
  return tx.problem.count({ where: { shop, openKey: { not: null }, tone: { not: 'success' } } });
}

/** A problem as a person names it: by its id, or by its kind and order. Open ones first, the newest of those that are over. */
export async function findProblems(
  tx: Tx,
  shop: ShopDomain,
  named: { readonly id: string } | { readonly kind: string; readonly order: string },
): Promise<readonly (OpenProblem & { readonly open: boolean })[]> {
  const which = 'id' in named ? { id: named.id } : { kind: named.kind, amazonOrderId: named.order };
  const rows = await tx.problem.findMany({ where: { shop, ...which }, orderBy: { since: 'desc' }, take: 50 });
  return rows
    .map((row) => ({ ...toOpen(row), open: row.closedAt === null }))
    .sort((a, b) => Number(b.open) - Number(a.open));
}

/** A person is done with a problem, at `now` (ms UTC). */
export async function closeByStaff(tx: Tx, shop: ShopDomain, now: number, id: string): Promise<void> {
  await tx.problem.updateMany({
    where: { shop, id, closedAt: null },
    data: { closedAt: new Date(now), closedBy: 'staff', openKey: null },
  });
}
