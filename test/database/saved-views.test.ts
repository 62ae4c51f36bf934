import { expect, it } from 'vitest';
import { deleteView, savedViews, saveView } from '../../app/db/saved-views.ts';
import { freshDatabase } from '../database.ts';
import { newShop, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;

it('SEC-1: a shop keeps views by name, has its own only, and as many as can be found among the tabs', async () => {
  const [shop, other] = [await newShop(database), await newShop(database)];
  const save = (name: string, query: string) =>
    db.forShop(shop, (tx) => saveView(tx, shop, { name, query }, start));
  const views = (of = shop) => db.forShop(of, (tx) => savedViews(tx, of));
  expect(await save('b', 'view=held')).toBe(true);
  expect(await save('a', 'sort=total')).toBe(true);
  expect(await save('b', 'view=fba')).toBe(true);
  expect(await views()).toEqual([
    { name: 'a', query: 'sort=total' },
    { name: 'b', query: 'view=fba' },
  ]);
  expect(await views(other)).toEqual([]);
  for (let n = 0; n < 18; n++) expect(await save(`c${n}`, 'view=held')).toBe(true);
  expect(await save('one too many', 'view=held')).toBe(false);
  // What is there already can still be changed.
  expect(await save('a', 'sort=state')).toBe(true);
  await db.forShop(other, (tx) => deleteView(tx, other, 'a'));
  expect(await views()).toHaveLength(20);
  await db.forShop(shop, (tx) => deleteView(tx, shop, 'a'));
  expect((await views()).map(({ name }) => name)).not.toContain('a');
});
