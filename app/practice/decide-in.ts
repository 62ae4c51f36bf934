import type { Tx } from '../db/client.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { choose, type PracticeAnswer, type PracticeWish } from './choose.ts';
import { changePractice } from './keep.ts';
import { play } from './play.ts';

/** What became of a person's decision, without the order. */
type Decided = Omit<Extract<PracticeAnswer, { ok: true }>, 'order'> | Refused;

/** Takes a person's decision on the invented order `id` at `now` (ms UTC, real); with `preview` it is only told what it does. */
export async function decideIn(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  id: string,
  wish: PracticeWish,
  preview: boolean,
): Promise<Decided> {
  return changePractice<Decided>(tx, shop, now, (practice) => {
    const one = practice.orders.find(({ amazon }) => amazon.id === id);
    if (!one) return { practice, said: refuse('not_found', { id }) };
    const answer = choose(one, wish, practice.playedTo);
    if (!answer.ok) return { practice, said: { ...answer, params: { ...answer.params, id } } };
    const { order, ...said } = answer;
    if (preview) return { practice, said };
    const orders = practice.orders.map((each) => (each === one ? order : each));
    return { practice: play({ ...practice, orders }, practice.playedTo), said };
  });
}
