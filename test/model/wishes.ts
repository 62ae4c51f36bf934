import { addClaims } from '../../app/db/claims.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { knock } from '../../app/sync/knock.ts';
import { reasons, type RequestStep, type Whose } from './request-steps.ts';
import { seller, shop, type ModelWorld } from './world.ts';

type Do<What extends RequestStep['do']> = Extract<RequestStep, { do: What }>;

const isId = (id: unknown): id is string => typeof id === 'string' && id !== '';

function itemsOf({ amazon }: ModelWorld, id: string): string[] {
  const items = amazon.show(seller, id)?.order['orderItems'];
  return Array.isArray(items)
    ? items.map((item: { orderItemId?: unknown }) => item.orderItemId).filter(isId)
    : [];
}

function chosen(items: readonly string[], whose: Whose): readonly string[] {
  if (whose === 'all') return items;
  return whose === 'first' ? items.slice(0, 1) : items.slice(-1);
}

const orderAt = ({ run }: ModelWorld, which: number): string | undefined =>
  run.placed[which % run.placed.length]?.id;

/** The buyer asks, or takes it back. What Amazon refuses does not happen. */
export function askOrTakeBack(world: ModelWorld, { how, which, lines, reason }: Do<'buyer'>): void {
  const id = orderAt(world, which);
  if (id === undefined) return;
  const orderItemIds = lines === 'all' ? {} : { orderItemIds: [...chosen(itemsOf(world, id), lines)] };
  const words = reason === null ? {} : { reason: reasons[reason] ?? '' };
  if (how === 'asks') world.amazon.requestCancel(seller, id, { ...orderItemIds, ...words });
  else world.amazon.withdrawRequest(seller, id, orderItemIds);
}

/** A source says that a buyer asked: taken in as every source takes it in. */
export async function claim(world: ModelWorld, step: Do<'claim'>): Promise<void> {
  const { clock, run, services } = world;
  const { db, vault } = services[0];
  const placed = orderAt(world, step.which);
  const id = step.about === 'odd-order' ? '399-0000000-0000001' : placed;
  if (id === undefined) return;
  const items = itemsOf(world, id);
  const whose = step.about === 'odd-line' || step.about === 'odd-order' ? 'all' : step.about;
  const meant = chosen(items, whose);
  const named = step.about === 'odd-line' ? ['00000000000000'] : meant;
  const made = {
    amazonOrderId: amazonOrderId(id),
    source: step.source,
    key: `${step.source}:${id}:${step.key}`,
    orderItemIds: whose === 'all' && step.about !== 'odd-line' ? [] : named,
    saidAt: step.ago === null ? null : clock.now() - step.ago,
    reason: reasons[step.key] ?? null,
  };
  await db.forShop(shop, async (tx) => {
    const ids = await addClaims(tx, vault, shop, clock.now(), [made]);
    await knock(tx, shop, seller, ids);
    if (ids.length > 0) run.claimed.set(id, new Set([...(run.claimed.get(id) ?? []), ...meant]));
  });
}
