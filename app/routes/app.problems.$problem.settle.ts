import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { refuse } from '../domain/explain-refusal.ts';
import { shopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import type { Chosen } from '../sync/chosen.ts';
import { problemForm } from '../sync/problem-form.ts';
import { solveProblem } from '../sync/solve.ts';

const uuid = z.uuid();
const asked = z.object({
  choice: z.string().min(1).max(40),
  value: z.string().max(20_000).nullable(),
  note: z.string().max(5_000).nullable(),
  checked: z.boolean(),
});
export type Settling = z.infer<typeof asked>;

function problemIn(params: LoaderFunctionArgs['params']): string {
  const id = uuid.safeParse(params['problem']);
  if (!id.success) throw new Response(null, { status: 404 });
  return id.data;
}

/** What can be done about an open problem, with what it needs. */
export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  return problemForm(services, shopDomain(session.shop), problemIn(params));
};

/** Settles a problem as a person chose: the same guards and words as at the command line. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<Chosen> => {
  const { shop, by, refused } = await authenticateStaff(request);
  const problem = { id: problemIn(params) };
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return refused;
  const wanted = { problem, ...body.data, by };
  return solveProblem(services, shop, wanted).catch((error: unknown) => {
    services.log.error({ shop, error: String(error) }, 'a problem could not be settled');
    return refuse('not_certain');
  });
};
