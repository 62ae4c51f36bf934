import type { ShopDomain } from '../domain/ids.ts';
import { afterChange, guideShape, type Guide, type GuideChange } from '../domain/guide.ts';
import type { Tx } from './client.ts';

/** How far the shop is with the setup guide. */
export async function guideOf(tx: Tx, shop: ShopDomain): Promise<Guide> {
  const row = await tx.shop.findUnique({ where: { shop }, select: { guide: true } });
  return guideShape.catch(guideShape.parse({})).parse(row?.guide ?? {});
}

/** Notes what a person did with the guide; two at once lose nothing. */
export async function changeGuide(tx: Tx, shop: ShopDomain, change: GuideChange): Promise<void> {
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  const guide = afterChange(await guideOf(tx, shop), change);
  await tx.shop.updateMany({ where: { shop }, data: { guide } });
}
