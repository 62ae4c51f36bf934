import type { ActionFunctionArgs } from '@remix-run/node';
import { sellersOf } from '../db/sellers.ts';
import { bodyChunks } from '../lib/read-body.ts';
import { services } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import { takeUploaded } from '../sync/take-uploaded.ts';

/** Whether an upload was read; what came of it stands in the list of files. */
export interface UploadAnswer {
  readonly ok: boolean;
  readonly why: 'not_allowed' | 'no_account' | null;
}

const answer = (why: UploadAnswer['why']): UploadAnswer => ({ ok: why === null, why });

/** Takes a report file in while it arrives; the account is named in the address where there are several. */
export const action = async ({ request }: ActionFunctionArgs): Promise<UploadAnswer> => {
  const { shop, refused } = await authenticateStaff(request);
  if (refused) return answer('not_allowed');
  const given = new URL(request.url).searchParams;
  const sellers = await services.db.forShop(shop, (tx) => sellersOf(tx, shop));
  const seller = sellers.find(({ sellerId }) => sellerId === given.get('seller')) ?? sellers[0];
  if (!seller) return answer('no_account');
  const size = Number(request.headers.get('content-length') ?? Number.NaN);
  await takeUploaded(services, shop, seller, {
    name: given.get('name') ?? '',
    size: Number.isNaN(size) ? null : size,
    bytes: bodyChunks(request),
  });
  return answer(null);
};
