import type { ActionFunctionArgs } from '@remix-run/node';
import { autoAcceptRules } from '../domain/auto-accept-rules.ts';
import { shopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { previewRules } from '../sync/preview-rules.ts';

/** What rules would have approved in the past 90 days; nothing is changed. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const rules = autoAcceptRules.safeParse(await request.json().catch(() => null));
  if (!rules.success) return { ok: false as const };
  return { ok: true as const, preview: await previewRules(services, shopDomain(session.shop), rules.data) };
};
