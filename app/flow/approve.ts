import { choicesOf } from '../db/choices.ts';
import { orderOfShopify } from '../db/shopify-orders.ts';
import { shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { chooseCancel } from '../sync/choose-cancel.ts';
import type { Services } from '../sync/services.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { sayRefusal } from '../ui/say-refusal.ts';

/** What a workflow learns of an approval. `undoUntil`: ISO 8601, empty where nothing rests. */
export interface FlowOutcome {
  readonly result: 'done' | 'refused' | 'dry run';
  readonly sentence: string;
  readonly dryRun: boolean;
  readonly undoUntil: string;
}

const iso = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

/**
 * Approves a buyer's request as a step of a merchant's workflow: by the same guards and with the same undo time as a click, and
 * only where the buyer asked for all that is open. Who chose says which run it was, so that Flow may send it as often as it
 * likes, also after a person took it back.
 */
export async function approveByFlow(
  services: Services,
  shop: ShopDomain,
  { run, order, amount }: { readonly run: string; readonly order: string; readonly amount: string },
): Promise<FlowOutcome> {
  const by = `flow ${run}`;
  const known = await services.db.forShop(shop, async (tx) => {
    const id = await orderOfShopify(tx, shop, order);
    const row = await shopRow(tx, shop);
    const before = id && (await choicesOf(tx, shop, [id])).get(id)?.find((choice) => choice.by === by);
    return {
      id,
      before,
      language: row?.settings.notices.language ?? 'en',
      timeZone: row?.facts?.timeZone ?? 'UTC',
    };
  });
  const { t } = textsIn(known.language);
  const style = { language: known.language, timeZone: known.timeZone, now: now() };
  const refused = (sentence: string): FlowOutcome => ({
    result: 'refused',
    sentence,
    dryRun: false,
    undoUntil: '',
  });
  const done = (undoUntil: number | null): FlowOutcome => ({
    ...{ result: 'done', sentence: t('extension.flow.approved'), dryRun: false, undoUntil: iso(undoUntil) },
  });
  if (known.id === null) return refused(t('extension.notAmazon'));
  if (known.before) return done(known.before.undoUntil);
  const wanted = { amount: amount === '' ? 'full' : amount, reason: null, restock: null, free: false, by };
  const chosen = await chooseCancel(services, shop, known.id, wanted);
  if (chosen.ok) return done(chosen.undoUntil);
  if (chosen.guard === 'sending_off')
    return { result: 'dry run', sentence: t('extension.flow.dryRun'), dryRun: true, undoUntil: '' };
  // A workflow has no reason of its own to choose.
  if (chosen.guard === 'reason_missing') return refused(t('extension.flow.noRequest'));
  return refused(sayRefusal(chosen, t, style));
}
