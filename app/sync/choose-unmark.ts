import { endChoices } from '../db/choices.ts';
import { settleClaims, openClaims } from '../db/claims.ts';
import { choicesOfKind } from '../domain/choice.ts';
import { unmarkEffects } from '../domain/decision-effects.ts';
import { refuse } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { writeChoice, type Chosen } from './chosen.ts';
import { knownOrder } from './record-informal.ts';
import type { Services } from './services.ts';

/**
 * A person takes mark and hold away again that only a message, a mail or the like asked for. What Amazon's own order shows
 * cannot be taken away: that is declined. Nothing goes to Amazon.
 */
export async function chooseUnmark(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  by: string,
): Promise<Chosen> {
  const { db, vault } = services;
  const params = { id };
  const known = await db.forShop(shop, (tx) => knownOrder(tx, services, shop, id));
  if (!known) return refuse('not_found', params);
  const messages = choicesOfKind(known.choices, 'informal').filter(({ state }) => state === 'open');
  const request = known.request?.closedAt === null ? known.request : null;
  const open = request?.lines.filter(({ ended }) => ended === null) ?? [];
  if (open.some(({ confirmed }) => confirmed)) return refuse('already_asked', params);
  if (open.length === 0 && messages.length === 0) return refuse('no_request', params);
  const made = await writeChoice(
    services,
    shop,
    { stored: { amazonOrderId: id, sellerId: known.seller } },
    { kind: 'unmark', subject: '', args: { n: request?.n ?? 0 }, by },
    now(),
    async (tx, at) => {
      await endChoices(
        tx,
        shop,
        at,
        messages.map((one) => ({ id: one.id, state: 'withdrawn', outcome: null })),
      );
      // Of a message that the loop has not worked in yet.
      const claims = (await openClaims(tx, vault, shop, [id])).get(id) ?? [];
      const own = claims.filter(({ source }) => source === 'message');
      await settleClaims(
        tx,
        shop,
        at,
        own.map((one) => one.id),
      );
    },
  );
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil: null, effects: unmarkEffects(), params };
}
