import { readAddress, type AddressInput } from './address-fields.ts';
import type { Source } from './execute.ts';
import { gid, idOf } from './ids.ts';
import { checkMetafield, forgetMetafields, writeMetafields, type MetafieldInput } from './metafields.ts';
import { notDone } from './not-done.ts';
import { orderChanged, orderGone } from './order-events.ts';
import { orderFields } from './order-fields.ts';
import { visibleOrder } from './order-visible.ts';
import type { AttributeRecord, OrderRecord } from './records.ts';
import { cleanTags, tagProblem } from './tags.ts';
import type { Call } from './world.ts';

interface UpdateInput {
  readonly id: string;
  readonly tags?: readonly string[] | null;
  readonly note?: string | null;
  readonly poNumber?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly customAttributes?: readonly AttributeRecord[] | null;
  readonly shippingAddress?: AddressInput | null;
  readonly metafields?: readonly MetafieldInput[] | null;
}

const missing: Source = { order: null, userErrors: [{ field: ['id'], message: 'Order does not exist' }] };

/** Marks an order as changed now and tells the search index and the webhooks. */
export function touch(call: Call, order: OrderRecord, operation: string): void {
  order.updatedAt = call.world.parts.clock.now();
  orderChanged(call.world, call.shop, order, { operation, topic: 'orders/updated' });
}

function apply(order: OrderRecord, input: UpdateInput, call: Call): void {
  if (input.tags !== undefined) order.tags = cleanTags(input.tags ?? []);
  if (input.note !== undefined) order.note = input.note;
  if (input.poNumber !== undefined) order.poNumber = input.poNumber;
  if (input.email !== undefined) order.email = input.email;
  if (input.phone !== undefined) order.phone = input.phone;
  if (input.customAttributes !== undefined) order.customAttributes = input.customAttributes ?? [];
  if (input.shippingAddress !== undefined)
    order.shippingAddress = readAddress(input.shippingAddress, call.world.newId);
}

/** `orderUpdate`: what is given is replaced as a whole, the rest stays. */
export function orderUpdate({ input }: { readonly input: UpdateInput }, call: Call): Source {
  if ('localizedFields' in input || 'localizationExtensions' in input)
    throw notDone('OrderInput.localizedFields');
  const order = visibleOrder(call, idOf('Order', input.id));
  if (!order) return missing;
  const tags = tagProblem(cleanTags(input.tags ?? []));
  if (tags !== null) return { order: null, userErrors: [{ field: ['tags'], message: tags }] };
  const checked = (input.metafields ?? []).map((one) => checkMetafield(call.world, call.shop, one, order.id));
  const wrong = checked.findIndex((one) => !('unique' in one));
  const problem = checked[wrong];
  if (problem && !('unique' in problem))
    return {
      order: null,
      userErrors: [{ field: ['metafields', String(wrong), problem.field], message: problem.message }],
    };
  apply(order, input, call);
  writeMetafields(
    call.world,
    call.shop,
    order,
    checked.flatMap((one) => ('unique' in one ? [one] : [])),
  );
  touch(call, order, 'orderUpdate');
  return { order: orderFields(order, call), userErrors: [] };
}

/** `orderDelete`: gone for good; its unique metafield values are free again. */
export function orderDelete({ orderId }: { readonly orderId: string }, call: Call): Source {
  const order = visibleOrder(call, idOf('Order', orderId));
  if (!order)
    return {
      deletedId: null,
      userErrors: [{ field: ['orderId'], message: 'Order does not exist', code: 'NOT_FOUND' }],
    };
  call.shop.orders.delete(order.id);
  for (const { id } of order.fulfillmentOrders) call.shop.fulfillmentOrders.delete(id);
  forgetMetafields(call.shop, order);
  orderGone(call.world, call.shop, order);
  return { deletedId: gid('Order', order.id), userErrors: [] };
}

function setClosed(closedAt: (now: number) => number | null, operation: string) {
  return ({ input }: { readonly input: { readonly id: string } }, call: Call): Source => {
    const order = visibleOrder(call, idOf('Order', input.id));
    if (!order) return missing;
    order.closedAt = closedAt(call.world.parts.clock.now());
    touch(call, order, operation);
    return { order: orderFields(order, call), userErrors: [] };
  };
}

/** `orderClose`. */
export const orderClose = setClosed((now) => now, 'orderClose');
/** `orderOpen`. */
export const orderOpen = setClosed(() => null, 'orderOpen');

function changeTags(
  change: (own: readonly string[], tags: readonly string[]) => string[],
  operation: string,
) {
  return (args: { readonly id: string; readonly tags: readonly string[] }, call: Call): Source => {
    const order = visibleOrder(call, idOf('Order', args.id));
    const failed = (message: string): Source => ({ node: null, userErrors: [{ field: ['id'], message }] });
    if (!order) return failed('Order does not exist');
    const tags = cleanTags(change(order.tags, cleanTags(args.tags)));
    const problem = tagProblem(tags);
    if (problem !== null) return failed(problem);
    if (tags.join(',') !== order.tags.join(',')) {
      order.tags = tags;
      touch(call, order, operation);
    }
    return { node: orderFields(order, call), userErrors: [] };
  };
}

/** `tagsAdd`, for orders. */
export const tagsAdd = changeTags((own, tags) => [...own, ...tags], 'tagsAdd');
/** `tagsRemove`, for orders. */
export const tagsRemove = changeTags((own, tags) => {
  const gone = new Set(tags.map((tag) => tag.toLowerCase()));
  return own.filter((tag) => !gone.has(tag.toLowerCase()));
}, 'tagsRemove');
