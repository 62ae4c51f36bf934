import { randomBytes } from 'node:crypto';
import { amazonOf, shopifyOf, type ShopOfWorld, type World } from '../world.ts';
import { Refusal } from './refusal.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A shop with a seller account of its own that is in neither service yet. */
function newShop(domain: string): ShopOfWorld {
  const tail = [...randomBytes(13)].map((byte) => letters[byte % letters.length]).join('');
  return { domain, sellerId: `A${tail}`, refreshToken: `Atzr|${randomBytes(32).toString('base64url')}` };
}

/** Adds a shop with its seller to both services, the app installed and never opened. Refuses one that exists with 409. */
export function addNewShop(world: World, domain: string): ShopOfWorld {
  if (world.shops.some((shop) => shop.domain === domain)) {
    throw new Refusal(409, `There is a shop ${domain} already.`);
  }
  const shop = newShop(domain);
  const { sellerId, refreshToken } = shop;
  const amazon = amazonOf(world);
  shopifyOf(world).addShop({ domain });
  amazon.addSeller({ sellerId, refreshToken });
  world.shops.push(shop);
  return shop;
}

/** The same, and opens the app in it, its seller connected. */
export async function addShop(world: World, domain: string): Promise<ShopOfWorld> {
  const shop = addNewShop(world, domain);
  await world.app.open(shop);
  return shop;
}
