import { choicesOf, takeBackChoice } from '../db/choices.ts';
import { commandsOf } from '../db/commands.ts';
import type { LeasedOrder } from '../db/leases.ts';
import { closeByStaff } from '../db/problems.ts';
import { storedOrder } from '../db/stored-order.ts';
import { answerSubject, choicesOfKind } from '../domain/choice.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { amazonOrderId } from '../domain/ids.ts';
import type { Solution } from '../domain/problem-choices.ts';
import { now } from '../lib/clock.ts';
import { undoTime, writeChoice, type Chosen } from './chosen.ts';
import { knock } from './knock.ts';
import { lookAtOrder } from './look-at-order.ts';
import { taken, type Step } from './solve-step.ts';
import { readStoredValue, readValue } from './solve-value.ts';

/** What an answer is kept with. `undoUntil` (ms UTC): it rests until then; null: nothing is sent because of it. */
interface Ready {
  readonly ok: true;
  readonly stored: LeasedOrder;
  readonly value: string | null;
  readonly undoUntil: number | null;
}

/** Choices that are judged by both sides as they are now. The others do without: the order may not stand in Shopify at all. */
const lookedAt = new Set<Solution['needs']>(['split', 'components', 'idle']);
const byLooking = ({ sends, needs }: Solution): boolean => sends === true || lookedAt.has(needs);

async function look(
  { services, shop, found }: Step,
  solution: Solution,
  value: string | null,
): Promise<Ready | Refused> {
  const read = await lookAtOrder(services, shop, amazonOrderId(found.order));
  if (!read.ok) return read;
  if (solution.sends && read.one.situation.settings.dryRun) return refuse('sending_off');
  const kept = readValue(read, { subject: found.subject, needs: solution.needs }, value);
  if (!kept.ok) return kept;
  return {
    ok: true,
    stored: read.stored,
    value: kept.value,
    undoUntil: solution.sends ? undoTime(read) : null,
  };
}

/** Answers by what is kept of the order: nothing is asked of either side. */
function takeStored(
  { services, shop, found }: Step,
  solution: Solution,
  value: string | null,
): Promise<Ready | Refused> {
  const id = amazonOrderId(found.order);
  return services.db.forShop(shop, async (tx) => {
    const stored = await storedOrder(tx, shop, id);
    if (!stored) return refuse('not_found');
    const commands = solution.needs === 'part' ? await commandsOf(tx, shop, [id]) : null;
    const about = { needs: solution.needs, orders: found.orders };
    const kept = readStoredValue(about, commands?.get(id) ?? [], value);
    return kept.ok ? { ok: true, stored, value: kept.value, undoUntil: null } : kept;
  });
}

/** Writes an answer down; with `sends` it rests for the undo time first. */
export async function answer(
  step: Step,
  solution: Solution,
  value: string | null,
  choice: string,
): Promise<Chosen> {
  const { services, shop, found, wanted } = step;
  const params = { id: found.order };
  const ready = await (byLooking(solution) ? look : takeStored)(step, solution, value);
  if (!ready.ok) return { ...ready, params: { ...ready.params, ...params } };
  const subject = answerSubject(found.kind, found.subject);
  const args = { choice, value: ready.value };
  const made = await writeChoice(
    services,
    shop,
    ready,
    { kind: 'answer', subject, args, by: wanted.by },
    ready.undoUntil ?? now(),
    choice === 'leave' ? (tx, at) => closeByStaff(tx, shop, at, found.id) : undefined,
  );
  return taken(made.id, ready.undoUntil, params);
}

/** Somebody wants what they left as it was to be a problem again. */
export async function reopen({ services, shop, found, wanted }: Step): Promise<Chosen> {
  const id = amazonOrderId(found.order);
  const subject = answerSubject(found.kind, found.subject);
  return services.db.forShop(shop, async (tx) => {
    const stored = await storedOrder(tx, shop, id);
    const choices = (await choicesOf(tx, shop, [id])).get(id) ?? [];
    const left = choicesOfKind(choices, 'answer').findLast(
      (one) => one.state === 'open' && one.subject === subject && one.args.choice === 'leave',
    );
    const by = { by: wanted.by, commandKeys: [] };
    if (!stored || !left || !(await takeBackChoice(tx, shop, now(), { id: left.id, ...by })))
      return refuse('nothing_to_undo', { id });
    await knock(tx, shop, stored.sellerId, [id], { wanted: true });
    return { ok: true, outcome: 'taken_back', id: left.id, undoUntil: null, effects: [], params: { id } };
  });
}
