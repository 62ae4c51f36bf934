import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { refuse } from '../domain/explain-refusal.ts';
import { shopDomain } from '../domain/ids.ts';
import { reasonsIn } from '../domain/reason-map.ts';
import { now } from '../lib/clock.ts';
import { waysOut } from '../practice/choose.ts';
import { decideIn } from '../practice/decide-in.ts';
import { practiceOf } from '../practice/keep.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import type { Chosen } from '../sync/chosen.ts';
import type { ProblemForm } from '../sync/problem-form.ts';

const asked = z.object({
  choice: z.string().min(1).max(40),
  note: z.string().max(5_000).nullable(),
});

/** The kind and subject of the problem that the address names. */
function problemIn(request: Request): { readonly kind: string; readonly subject: string } {
  const [kind = '', ...rest] = (new URL(request.url).searchParams.get('problem') ?? '').split('|');
  return { kind, subject: rest.join('|') };
}

/** What can be done about a problem of an invented order. */
export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const practice = await db.forShop(shop, (tx) => practiceOf(tx, shop, now()));
  const order = practice.orders.find(({ amazon }) => amazon.id === params['order']);
  const { kind, subject } = problemIn(request);
  const problem = order?.problems.find((one) => one.kind === kind && one.subject === subject);
  if (!order || !problem) return refuse('problem_unknown');
  const form: ProblemForm = {
    kind,
    order: order.amazon.id,
    reasons: reasonsIn(order.amazon.marketplaceId).filter((reason) => reason !== 'BuyerCanceled'),
    total: order.shopify?.linked.total ?? null,
    buyer: null,
    ways: waysOut(problem.kind).map(({ choice, opens, note }) => ({
      choice,
      opens,
      field: note ? { is: 'note' } : null,
    })),
  };
  return { ok: true as const, form };
};

/** Settles a problem of an invented order as a person chose. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<Chosen> => {
  const { shop, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return refused;
  const id = params['order'] ?? '';
  const wish = { intent: 'answer', ...problemIn(request), ...body.data } as const;
  const answer = await db.forShop(shop, (tx) => decideIn(tx, shop, now(), id, wish, false));
  return answer.ok ? { ...answer, id: null, params: { id } } : answer;
};
