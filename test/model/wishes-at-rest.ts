import { z } from 'zod';
import { requestTag } from '../../app/domain/request-mark.ts';
import { copiesOf } from './shopify-side.ts';
import { releaseMark } from './watch.ts';
import { isOwn, itemOf, openWorkOf } from './work-in-shopify.ts';
import { seller, shop, type ModelWorld } from './world.ts';

interface RequestLine {
  readonly orderItemId: string;
  readonly confirmed: boolean;
  readonly ended: string | null;
}

interface Wish {
  readonly n: number;
  readonly state: string;
  readonly closed: boolean;
  readonly lines: readonly RequestLine[];
  readonly sources: readonly { readonly source: string }[];
}

/** A line as it truly is on Amazon. */
interface TrueLine {
  readonly id: string;
  readonly sku: string;
  readonly asked: boolean;
  readonly reason: string | null;
  readonly open: boolean;
  readonly shipped: boolean;
  readonly cancelled: boolean;
}

const rawLine = z.object({
  orderItemId: z.string(),
  quantityOrdered: z.number(),
  product: z.object({ sellerSku: z.string() }),
  fulfillment: z.object({ quantityFulfilled: z.number(), quantityUnfulfilled: z.number() }),
  cancellation: z
    .object({
      cancellationRequest: z.object({ cancelReason: z.string().optional() }).optional(),
      cancellationExecution: z.object({}).optional(),
    })
    .optional(),
});

const markShape = z.object({
  lines: z.array(z.object({ amazonOrderItemId: z.string(), quantity: z.number() })),
  reason: z.string(),
  sources: z.array(z.string()),
  state: z.string(),
});

function trueLines(order: Readonly<Record<string, unknown>>): TrueLine[] {
  return z
    .array(rawLine)
    .parse(order['orderItems'])
    .map((line) => ({
      id: line.orderItemId,
      sku: line.product.sellerSku,
      asked: line.cancellation?.cancellationRequest !== undefined,
      reason: line.cancellation?.cancellationRequest?.cancelReason ?? null,
      cancelled: line.cancellation?.cancellationExecution !== undefined,
      open:
        line.cancellation?.cancellationExecution === undefined && line.fulfillment.quantityUnfulfilled > 0,
      shipped: line.quantityOrdered > 0 && line.fulfillment.quantityFulfilled >= line.quantityOrdered,
    }));
}

/** All that is known of one order at rest. */
interface Case {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly TrueLine[];
  readonly wishes: readonly Wish[];
  readonly last: Wish | undefined;
  /** The linked order in Shopify. */
  readonly copy: ReturnType<typeof copiesOf>[number] | undefined;
  readonly problems: readonly string[];
}

type Check = (world: ModelWorld, one: Case) => string | null;

/** The mark of many words is cut. */
const mostWords = 1_900;
const openOnAmazon = new Set(['UNSHIPPED', 'PARTIALLY_SHIPPED']);
const shown = new Set(['open', 'approved', 'declined']);
const stillOpen = (wish: Wish | undefined) => wish?.lines.filter(({ ended }) => ended === null) ?? [];

/** The record says what Amazon says (REQ-2, REQ-7, REQ-8). */
const record: Check = (_, { status, lines, wishes, last }) => {
  const asked = lines.filter((line) => line.asked && line.open);
  if (openOnAmazon.has(status) && asked.length > 0) {
    if (!last || last.closed) return 'is asked for and has no open request';
    const missing = asked.find(({ id }) => !stillOpen(last).some(({ orderItemId }) => orderItemId === id));
    if (missing) return `is asked for, and line ${missing.id} is not in its request`;
    if (!last.sources.some(({ source }) => source.startsWith('order')))
      return 'is asked for on Amazon, and its request does not say so';
  }
  const ids = new Set(asked.map(({ id }) => id));
  const named = new Set(lines.map(({ id }) => id));
  const over = stillOpen(last).find(
    ({ confirmed, orderItemId: id }) => confirmed && named.has(id) && !ids.has(id),
  );
  if (over && openOnAmazon.has(status))
    return `is not asked for any more, and line ${over.orderItemId} still is`;
  if (['SHIPPED', 'CANCELLED'].includes(status) && last && !last.closed)
    return 'is over and its request is open';
  const late = lines.some((line) => line.asked && line.shipped && !line.cancelled);
  const known = wishes.some(({ state }) => state === 'too_late' || state === 'cancelled');
  return status === 'SHIPPED' && late && !known ? 'was asked for too late, and nothing says so' : null;
};

/** Sources beside Amazon's order are in the record, and where Amazon does not agree somebody is told (REQ-6, REQ-13). */
const claims =
  (said: readonly Said[]): Check =>
  (_, { status, lines, wishes, last, problems }) => {
    const unconfirmed = last?.state === 'open' && stillOpen(last).some(({ confirmed }) => !confirmed);
    // What a person wrote down waits for the buyer until a day before its ship-by, which nobody waits for here.
    const waits = last?.sources.some(({ source }) => source === 'message');
    if (unconfirmed && !waits && !problems.includes('sources_differ'))
      return 'is claimed only, and nobody is told';
    if (!openOnAmazon.has(status) || wishes.some(({ closed }) => closed)) return null;
    // What was said of cancelled lines only is nobody's wish any more; of lines that nobody knows it is said of all.
    const known = new Set(lines.map(({ id }) => id));
    const cancelled = new Set(lines.flatMap((line) => (line.cancelled ? [line.id] : [])));
    const lost = said
      .filter(({ items }) => !items.some((id) => known.has(id)) || !items.every((id) => cancelled.has(id)))
      .find(({ source }) => !last?.sources.some((one) => one.source === source))?.source;
    return lost === undefined ? null : `was claimed by a ${lost}, and no request says so`;
  };

/** What is still to be sent and is asked for is held, or a person released it, or a person is told (REQ-3, REQ-4). */
const holds: Check = (world, { id, lines, wishes, last, copy, problems }) => {
  if (!copy || copy.cancelledAt !== null || !last) return null;
  // Declined, it ships all the same (CAN-17).
  const wanted = last.state === 'declined' ? [] : stillOpen(last);
  const open = new Set(wanted.map(({ orderItemId }) => orderItemId));
  // What Amazon cancelled must not leave: it stays held.
  const kept = new Set([...open, ...lines.flatMap((line) => (line.cancelled ? [line.id] : []))]);
  for (const wish of wishes)
    for (const line of wish.lines) if (line.ended === 'cancelled') kept.add(line.orderItemId);
  for (const work of openWorkOf(world, copy.id)) {
    const own = work.holds.some(isOwn);
    const left = work.lines.filter(({ remaining }) => remaining > 0);
    if (own && !problems.includes('hold_not_released') && !left.some((line) => kept.has(itemOf(line))))
      return `is held in ${work.id} for nothing`;
    const loose = left.filter((line) => open.has(itemOf(line)));
    const free = loose.find(({ lineItemId }) => !world.run.released.has(releaseMark(id, last.n, lineItemId)));
    if (free && !own && !problems.includes('not_stopped'))
      return `is asked for, and ${itemOf(free)} in ${work.id} (${work.status}, ${work.requestStatus}) is not held`;
  }
  const none = world.shopify.listWork(shop).every(({ orderId }) => orderId !== copy.id);
  return none && last.state === 'open' && !problems.includes('not_stopped')
    ? 'is asked for, has no work to hold, and nobody is told'
    : null;
};

/** The tag and the metafield say what the record says. */
const mark: Check = (_, { lines, last, copy, problems }) => {
  if (!copy || problems.includes('mark_refused')) return null;
  const tagged = copy.tags.includes(requestTag);
  if (tagged !== (last !== undefined && shown.has(last.state)))
    return tagged ? 'carries the tag' : 'does not carry the tag';
  const text = copy.metafields.find(({ key }) => key === 'cancel_request')?.value;
  if (!last) return text === undefined ? null : 'carries a mark without a request';
  if (text === undefined) return 'carries no mark';
  const told = markShape.parse(JSON.parse(text));
  if (told.state !== last.state) return `is marked ${told.state}`;
  if (told.sources.join() !== last.sources.map(({ source }) => source).join())
    return `is marked with ${told.sources.join()}`;
  const open = stillOpen(last).map(({ orderItemId }) => orderItemId);
  if (open.length > 0 && told.lines.map((line) => line.amazonOrderItemId).join() !== open.join())
    return `is marked with the lines ${told.lines.map((line) => line.amazonOrderItemId).join()}`;
  const words = lines.find(({ id, asked, reason }) => asked && reason !== null && open.includes(id))?.reason;
  return words != null && told.reason.length < mostWords && !told.reason.includes(words)
    ? 'is marked without its reason'
    : null;
};

async function wishesOf({ database }: ModelWorld): Promise<Map<string, Wish[]>> {
  const rows = await database.owner<Omit<Wish, 'closed'> & { id: string; closed_at: Date | null }>(
    'select amazon_order_id as id, n, state, lines, sources, closed_at from request order by n',
  );
  const all = rows.map(({ closed_at: closedAt, ...row }) => ({ ...row, closed: closedAt !== null }));
  return Map.groupBy(all, ({ id }) => id);
}

/** What a source said of an order: of which lines, or (none) of all. */
interface Said {
  readonly id: string;
  readonly source: string;
  readonly items: readonly string[];
}

async function claimsOf({ database }: ModelWorld): Promise<Map<string, Said[]>> {
  const rows = await database.owner<Said>(
    // A message whose mark was removed before it was worked in never was a request.
    `select amazon_order_id as id, source, order_item_ids as items from claim c where not exists (
      select from choice m where m.kind = 'informal' and m.state = 'withdrawn' and c.source = 'message'
        and m.amazon_order_id = c.amazon_order_id)`,
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** Orders whose lines cannot be told apart, or that nobody can read, are not judged. */
function canBeJudged(order: Readonly<Record<string, unknown>>): boolean {
  const items = order['orderItems'] as { orderItemId?: string }[];
  const ids = items.map(({ orderItemId }) => orderItemId ?? '');
  const { fulfillmentStatus } = order['fulfillment'] as Record<string, string>;
  return (
    ids.length > 0 &&
    !ids.includes('') &&
    new Set(ids).size === ids.length &&
    fulfillmentStatus !== 'ON_THE_MOON'
  );
}

/** What does not hold of buyers' wishes once nothing is due any more, as sentences. */
export async function wrongAtRest(
  world: ModelWorld,
  linked: ReadonlyMap<string, string | null>,
  problems: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  const wishes = await wishesOf(world);
  const said = await claimsOf(world);
  return world.run.placed.flatMap(({ id }) => {
    const order = world.amazon.show(seller, id)?.order;
    if (!order || !canBeJudged(order)) return [];
    const { fulfillmentStatus: status = '', fulfilledBy } = order['fulfillment'] as Record<string, string>;
    const own = wishes.get(id) ?? [];
    const copy = copiesOf(world.shopify, id).find((one) => one.id === linked.get(id));
    const one: Case = {
      ...{ id, status, copy, wishes: own, last: own.at(-1), lines: trueLines(order) },
      problems: problems.get(id) ?? [],
    };
    if (fulfilledBy === 'AMAZON') return copy ? [`${id} is Amazon's to send and stands in Shopify`] : [];
    const checks = [record, claims(said.get(id) ?? []), holds, mark];
    return checks.flatMap((check) => {
      const wrong = check(world, one);
      const more = `(${status}; ${JSON.stringify(one.lines)}; ${JSON.stringify(one.last)}; problems ${one.problems.join() || 'none'})`;
      return wrong === null ? [] : [`${id} ${wrong} ${more}`];
    });
  });
}
