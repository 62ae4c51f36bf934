import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** What is kept of the shop's practice, as it was saved; null where there is none. */
export async function keptPractice(tx: Tx, shop: ShopDomain): Promise<unknown> {
  const row = await tx.practiceShop.findUnique({ where: { shop } });
  return row?.practice ?? null;
}

/** The same, for whoever changes it: two at once change it one after the other. */
export async function lockPractice(tx: Tx, shop: ShopDomain): Promise<unknown> {
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  return keptPractice(tx, shop);
}

/** Keeps a practice, which is plain JSON; `at` in ms UTC. */
export async function savePractice(tx: Tx, shop: ShopDomain, practice: object, at: number): Promise<void> {
  const row = { practice: practice as Prisma.InputJsonObject, savedAt: new Date(at) };
  await tx.practiceShop.upsert({ where: { shop }, create: { shop, ...row }, update: row });
}

/** Forgets the shop's practice. */
export async function dropPractice(tx: Tx, shop: ShopDomain): Promise<void> {
  await tx.practiceShop.deleteMany({ where: { shop } });
}
