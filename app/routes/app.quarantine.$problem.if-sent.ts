import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { shopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { ifSentNow } from '../sync/quarantine.ts';

const uuid = z.uuid();

/** What would happen on Amazon if something in quarantine were sent now. */
export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const problem = uuid.safeParse(params['problem']);
  if (!problem.success) throw new Response(null, { status: 404 });
  return { ifSent: await ifSentNow(services, shopDomain(session.shop), problem.data) };
};
