import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { shopDomain } from '../domain/ids.ts';
import { isSku } from '../domain/sku-name.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { checkSkuRows, type CheckedRow } from '../sync/check-sku-rows.ts';

const row = z.strictObject({
  sku: z.string().refine(isSku),
  variant: z
    .string()
    .max(255)
    .refine((text) => text.isWellFormed() && !text.includes('\0')),
});
const asked = z.strictObject({ rows: z.array(row).min(1).max(100) });

export type CheckAnswer =
  | { readonly ok: true; readonly rows: readonly CheckedRow[] }
  | { readonly ok: false; readonly sentence: string };

/** What some rows of a file would do; nothing is written. */
export const action = async ({ request }: ActionFunctionArgs): Promise<CheckAnswer> => {
  const { session } = await authenticateAdmin(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const checked = await checkSkuRows(services, shopDomain(session.shop), body.data.rows);
  return checked.ok ? { ok: true, rows: checked.value } : { ok: false, sentence: checked.failure.sentence };
};
