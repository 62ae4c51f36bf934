import { keptPractice, lockPractice, savePractice } from '../db/practice.ts';
import type { Tx } from '../db/client.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { play } from './play.ts';
import { practiceFrom, type PracticeShop } from './practice-shop.ts';

/** The shop's practice played up to `now` (ms UTC, real). Nothing is written: the same is played again next time. */
export async function practiceOf(tx: Tx, shop: ShopDomain, now: number): Promise<PracticeShop> {
  const kept = practiceFrom(await keptPractice(tx, shop), now);
  return play(kept, now + kept.ahead);
}

/** Changes the shop's practice as it stands at `now` (ms UTC, real) and keeps it. Answers what `change` answers. */
export async function changePractice<Said>(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  change: (practice: PracticeShop) => { readonly practice: PracticeShop; readonly said: Said },
): Promise<Said> {
  const kept = practiceFrom(await lockPractice(tx, shop), now);
  const { practice, said } = change(play(kept, now + kept.ahead));
  await savePractice(tx, shop, practice, now);
  return said;
}
