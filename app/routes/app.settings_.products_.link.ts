import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { variantIn } from '../domain/ids.ts';
import { isSku } from '../domain/sku-name.ts';
import { services } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import { linkSkus, lookUpSkus } from '../sync/link-skus.ts';

const sku = z.string().refine(isSku);
const variant = z.string().transform((text, context) => {
  const id = variantIn(text);
  if (id !== null) return id;
  context.addIssue('no variant id');
  return z.NEVER;
});
const link = z.strictObject({ sku, variant });
const links = z
  .array(link)
  .min(1)
  .max(200)
  .refine((all) => new Set(all.map((one) => one.sku)).size === all.length);
const asked = z.union([
  z.strictObject({ links }),
  z.strictObject({ never: sku }),
  z.strictObject({ lookUp: z.array(sku).min(1).max(50) }),
]);

/** What came of it: links that became another, or what was found for how many of the SKUs that were looked up. */
export type LinkAnswer =
  | { readonly ok: true; readonly changed: number }
  | { readonly ok: true; readonly linked: number; readonly of: number }
  | { readonly ok: false; readonly sentence: string };

/** A person links SKUs to variants or one never, or lets them be looked up again. */
export const action = async ({ request }: ActionFunctionArgs): Promise<LinkAnswer> => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) throw new Response(null, { status: 403 });
  if ('links' in body.data) return { ok: true, changed: await linkSkus(services, shop, body.data.links, by) };
  if ('never' in body.data) {
    const wishes = [{ sku: body.data.never, variant: 'never' }] as const;
    return { ok: true, changed: await linkSkus(services, shop, wishes, by) };
  }
  const { lookUp } = body.data;
  const found = await lookUpSkus(services, shop, lookUp, by);
  if (!found.ok) return { ok: false, sentence: found.failure.sentence };
  const linked = lookUp.filter((one) => found.value.get(one)?.variantId != null);
  return { ok: true, linked: linked.length, of: lookUp.length };
};
