import { expect, it } from 'vitest';
import { shopDomain } from '../app/domain/ids.ts';
import { freshDatabase } from './database.ts';

const database = await freshDatabase();

it('SEC-1: a shop sees its own rows and no others', async () => {
  const [one, two] = [shopDomain('one.myshopify.com'), shopDomain('two.myshopify.com')];
  for (const shop of [one, two]) {
    await database.db.forShop(shop, (tx) => tx.shop.create({ data: { shop, installedAt: new Date(0) } }));
  }
  const seen = await database.db.forShop(one, (tx) => tx.shop.findMany());
  expect(seen.map((row) => row.shop)).toEqual([one]);
});
