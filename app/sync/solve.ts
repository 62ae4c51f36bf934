import { closeByStaff } from '../db/problems.ts';
import { changeSettings } from '../db/shops.ts';
import { knownSkus } from '../db/sku-links.ts';
import { amazonCancelReasons, type AmazonCancelReason } from '../domain/cancel-reason.ts';
import { choicesOfKind, messageReasons } from '../domain/choice.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { amazonOrderId, sellerId, variantIn, type ShopDomain } from '../domain/ids.ts';
import { choicesFor, type Solution } from '../domain/problem-choices.ts';
import { reasonsIn } from '../domain/reason-map.ts';
import { now } from '../lib/clock.ts';
import { chooseCancel } from './choose-cancel.ts';
import { chooseDecline } from './choose-decline.ts';
import { chooseLines } from './choose-lines.ts';
import type { Chosen } from './chosen.ts';
import type { Tx } from '../db/client.ts';
import { findProblem } from './find-problem.ts';
import { knockOwn } from './knock.ts';
import { linkSkus } from './link-skus.ts';
import { lookAtOrder } from './look-at-order.ts';
import { knownOrder, recordInformal } from './record-informal.ts';
import type { OrderCase } from './order-case.ts';
import { refundAgain } from './refund-again.ts';
import type { Services } from './services.ts';
import { answer, reopen } from './solve-answer.ts';
import { taken, type Solved, type Step } from './solve-step.ts';

const longestNote = 500;

async function close({ services, shop, found }: Step): Promise<Chosen> {
  await services.db.forShop(shop, (tx) => closeByStaff(tx, shop, now(), found.id));
  return taken(null, null, { id: found.order });
}

/** A reason that a person picked, as far as the order's marketplace takes it (CAN-6). */
function reasonIn({ one }: OrderCase, value: string | null): AmazonCancelReason | Refused {
  const reason = amazonCancelReasons.find((known) => known.toLowerCase() === value?.toLowerCase());
  if (reason === 'BuyerCanceled') return refuse('reason_needs_request', { id: one.order.id });
  const takes = reasonsIn(one.order.marketplaceId).filter((known) => known !== 'BuyerCanceled');
  if (reason && takes.includes(reason)) return reason;
  return refuse('value_missing', { id: one.order.id, what: takes.join(', ') });
}

async function withReason(step: Step, solution: Solution): Promise<Chosen> {
  const { services, shop, found, wanted } = step;
  const read = await lookAtOrder(services, shop, amazonOrderId(found.order));
  if (!read.ok) return read;
  const reason = reasonIn(read, wanted.value);
  if (typeof reason !== 'string') return reason;
  const { cancelReasons } = read.one.situation.settings;
  const own = found.shopifyReason ?? '';
  if (solution.does === 'always_reason' && own in cancelReasons)
    await services.db.forShop(shop, (tx) =>
      changeSettings(
        tx,
        shop,
        { cancelReasons: { ...cancelReasons, [own]: reason } },
        { by: wanted.by, at: now() },
      ),
    );
  return answer(step, solution, reason, 'reason');
}

/** Cancels for the reason that was given, or the one of the cancel before; an approved refund that got too old is refunded. */
async function cancel(step: Step): Promise<Chosen> {
  const { services, shop, found, wanted } = step;
  const id = amazonOrderId(found.order);
  const given = amazonCancelReasons.find((one) => one.toLowerCase() === wanted.value?.toLowerCase());
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const { choices } = read.one.situation;
  const stale = choicesOfKind(choices, 'refund').find((one) => one.id === found.subject);
  if (found.kind === 'approval_stale' && stale) return refundAgain(step, read, stale);
  const last = choicesOfKind(choices, 'cancel').at(-1)?.args ?? null;
  // That the buyer cancelled follows from the request alone.
  const before = last?.reason === 'BuyerCanceled' ? null : (last?.reason ?? null);
  return chooseCancel(services, shop, id, {
    amount: 'full',
    reason: given ?? before,
    restock: last?.restock ?? null,
    free: last !== null && last.amount === null,
    by: wanted.by,
  });
}

async function mapIt({ services, shop, found, wanted }: Step): Promise<Chosen> {
  const variant = variantIn(wanted.value ?? '');
  if (variant === null) return refuse('value_missing', { what: 'a variant id' });
  await linkSkus(services, shop, [{ sku: found.subject, variant }], wanted.by);
  return taken(null, null, { id: found.order, sku: found.subject });
}

/** A line without an SKU has none that could be left out of the map: it is left as it is. */
async function neverMapIt(step: Step): Promise<Chosen> {
  const { services, shop, found, wanted } = step;
  const sku = found.subject;
  const known = await services.db.forShop(shop, (tx) => knownSkus(tx, shop, [sku]));
  if (!known.has(sku)) return leave(step);
  await linkSkus(services, shop, [{ sku, variant: 'never' }], wanted.by);
  return taken(null, null, { id: found.order, sku });
}

async function knockOrder(tx: Tx, shop: ShopDomain, id: string): Promise<void> {
  const row = await tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } });
  if (!row) return;
  await knockOwn(tx, shop, [{ id: amazonOrderId(id), seller: sellerId(row.sellerId) }], { wanted: true });
}

async function acceptCurrency({ services, shop, found, wanted }: Step): Promise<Chosen> {
  const { currency } = found;
  if (currency === null) return refuse('value_missing', { what: 'a currency' });
  await services.db.forShop(shop, async (tx) => {
    const changing = { by: wanted.by, at: now() };
    const { acceptedCurrencies: before } = await changeSettings(tx, shop, {}, changing);
    await changeSettings(tx, shop, { acceptedCurrencies: [...new Set([...before, currency])] }, changing);
    await knockOrder(tx, shop, found.order);
  });
  return taken(null, null, { id: found.order, currency });
}

/** What a mail or the like claims of the order is treated as the buyer's message: it waits for the account (REQ-10). */
async function asMessage({ services, shop, found, wanted }: Step): Promise<Chosen> {
  const why = messageReasons.find((one) => one === wanted.value);
  if (!why) return refuse('value_missing', { id: found.order, what: messageReasons.join(', ') });
  const id = amazonOrderId(found.order);
  const known = await services.db.forShop(shop, (tx) => knownOrder(tx, services, shop, id));
  const open = known?.request?.lines.filter(({ ended }) => ended === null) ?? [];
  const lines = open.map(({ orderItemId }) => orderItemId);
  return recordInformal(services, shop, id, { lines, why, hold: true, by: wanted.by });
}

async function leave(step: Step): Promise<Chosen> {
  const { wanted, found } = step;
  const note = wanted.note?.trim() ?? '';
  // What was chosen by its own word needs no other; leaving as it is does.
  if (wanted.choice === 'leave' && note === '') return refuse('note_missing', { id: found.order });
  return answer(step, { does: 'answer' }, note.slice(0, longestNote), 'leave');
}

async function carryOut(step: Step, solution: Solution): Promise<Chosen> {
  const { services, shop, found, wanted } = step;
  const id = amazonOrderId(found.order);
  if (wanted.choice === 'reopen') return reopen(step);
  switch (solution.does) {
    case 'answer':
      return solution.needs === 'reason'
        ? withReason(step, solution)
        : answer(step, solution, wanted.value, wanted.choice);
    case 'always_reason':
      return withReason(step, solution);
    case 'cancel':
      return cancel(step);
    case 'cancel_lines':
      return chooseLines(services, shop, id, wanted.by);
    case 'decline':
      return chooseDecline(services, shop, id, { by: wanted.by, preview: false });
    case 'informal':
      return asMessage(step);
    case 'look':
      await services.db.forShop(shop, (tx) => knockOrder(tx, shop, id));
      return taken(null, null, { id });
    case 'map_sku':
      return mapIt(step);
    case 'never_map_sku':
      return neverMapIt(step);
    case 'accept_currency':
      return acceptCurrency(step);
    case 'leave':
      return leave(step);
    case 'close':
      return close(step);
  }
}

/**
 * A person settles a problem by one of the choices its kind has (`domain/problem-choices.ts`). Nothing is sent from here: what
 * was chosen is written down, and the loop does it by the same guards as ever.
 */
export async function solveProblem(services: Services, shop: ShopDomain, wanted: Solved): Promise<Chosen> {
  const found = await findProblem(services, shop, wanted.problem, wanted.choice === 'reopen');
  if (!found) return refuse('problem_unknown');
  const choices = choicesFor(found.kind);
  const solution = choices[wanted.choice];
  // A problem of an account ends by itself once its reason does.
  const fits =
    solution && (found.order !== '' || solution.does === 'close') && Object.hasOwn(choices, wanted.choice);
  if (!fits) return refuse('choice_unknown', { what: Object.keys(choices).join(', ') });
  if (solution.needs === 'checked' && !wanted.checked)
    return refuse(found.kind === 'quarantined' ? 'not_checked' : 'refund_not_checked');
  if (solution.needs === 'carrier' && !wanted.value?.trim())
    return refuse('value_missing', { what: 'a carrier' });
  return carryOut({ services, shop, found, wanted }, solution);
}
