import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { mostSkuBytes } from '../domain/sku-file.ts';
import { readBody } from '../lib/read-body.ts';
import { readSkuFile, type SkuFile } from '../reports/sku-file.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { skuMapFile } from '../sync/sku-map-file.ts';

/** The SKU map as a file. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const text = await skuMapFile(services, shopDomain(session.shop));
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="skus.csv"',
      'cache-control': 'no-store',
    },
  });
};

/** Reads a file of the SKU map, the body as it is; nothing is written. */
export const action = async ({ request }: ActionFunctionArgs): Promise<SkuFile> => {
  await authenticateAdmin(request);
  const bytes = await readBody(request, mostSkuBytes);
  return bytes === null ? { ok: false, wrong: 'too_large' } : readSkuFile(bytes);
};
