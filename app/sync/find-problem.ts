import { z } from 'zod';
import { findProblems } from '../db/problems.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { problemTones, type ProblemKind } from '../domain/problem.ts';
import type { Services } from './services.ts';
import type { Found, Solved } from './solve-step.ts';

const text = z.string().nullish();
const paramsShape = z.object({ currency: text, reason: text, orders: text }).catch({});

const isKind = (kind: string): kind is ProblemKind => kind in problemTones;

/**
 * The one problem that is meant, open or (`over`) closed; null where there is none. Several open ones of a kind on one order
 * have to be named by their ids.
 */
export async function findProblem(
  services: Services,
  shop: ShopDomain,
  named: Solved['problem'],
  over: boolean,
): Promise<Found | null> {
  const rows = await services.db.forShop(shop, (tx) => findProblems(tx, shop, named));
  const [row, ...more] = rows.filter(({ open }) => open !== over);
  if (!row || (more.length > 0 && !over) || !isKind(row.kind)) return null;
  const { currency, reason, orders } = paramsShape.parse(row.params);
  return {
    id: row.id,
    kind: row.kind,
    order: row.amazonOrderId,
    subject: row.subject,
    currency: currency ?? null,
    shopifyReason: reason ?? null,
    orders: orders ?? null,
  };
}
