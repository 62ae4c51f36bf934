import { connection, type Connection, type PageArgs, type Position } from './connection.ts';
import type { Source } from './execute.ts';
import { idOf } from './ids.ts';
import { ownerOfValue } from './metafields.ts';
import { notDone } from './not-done.ts';
import { orderFields } from './order-fields.ts';
import { keyOf, metafieldField, type IndexedOrder } from './order-index.ts';
import { maySee, visibleOrder } from './order-visible.ts';
import { searchOrders } from './search-orders.ts';
import { parseSearch } from './search-syntax.ts';
import { fullNamespace, type Call } from './world.ts';

const sorts: Readonly<Record<string, (entry: IndexedOrder) => Position[0]>> = {
  ID: () => null,
  RELEVANCE: () => null,
  ORDER_NUMBER: (entry) => entry.createdAt,
  CREATED_AT: (entry) => entry.createdAt,
  UPDATED_AT: (entry) => entry.updatedAt,
  PROCESSED_AT: (entry) => entry.processedAt,
};

/** `orders`: what the search index knows, with the order's fields as they are now. */
export function orders(
  args: PageArgs & { readonly query?: string | null; readonly sortKey?: string | null },
  call: Call,
): Connection {
  const sort = sorts[args.sortKey ?? 'PROCESSED_AT'];
  if (!sort) throw notDone(`the sort key ${args.sortKey ?? ''}`);
  const freeText =
    call.world.parts.behaviour.get('shopify.free-text-search') === 'narrow' ? 'narrow' : 'broad';
  const found = searchOrders(call.shop.index, parseSearch(args.query), {
    namespace: fullNamespace,
    freeText,
  });
  const visible = found.filter((entry) => visibleOrder(call, entry.id) !== null);
  return connection(
    visible,
    args,
    (entry) => [sort(entry), entry.id],
    (entry) => {
      const order = call.shop.orders.get(entry.id);
      if (!order) throw new Error(`Order ${String(entry.id)} vanished within one request`);
      return orderFields(order, call);
    },
  );
}

/** `order(id)`. */
export function orderById(args: { readonly id: string }, call: Call): Source | null {
  const order = visibleOrder(call, idOf('Order', args.id));
  return order ? orderFields(order, call) : null;
}

function idByCustomId(
  custom: { readonly namespace?: string | null; readonly key: string; readonly value: string },
  call: Call,
): bigint | undefined {
  const namespace = fullNamespace(custom.namespace);
  if (call.world.parts.behaviour.get('shopify.identifier-lookup') !== 'lags-like-search')
    return ownerOfValue(call.shop, namespace, custom.key, custom.value);
  for (const entry of call.shop.index.under(keyOf(metafieldField(namespace, custom.key), custom.value)))
    if (ownerOfValue(call.shop, namespace, custom.key, custom.value) === entry.id) return entry.id;
  return undefined;
}

/** `orderByIdentifier`: by id, or by the value of a unique metafield. */
export function orderByIdentifier(
  args: {
    readonly identifier: {
      readonly id?: string | null;
      readonly customId?: {
        readonly namespace?: string | null;
        readonly key: string;
        readonly value: string;
      } | null;
    };
  },
  call: Call,
): Source | null {
  const { id, customId } = args.identifier;
  const found = customId == null ? idOf('Order', id ?? '') : idByCustomId(customId, call);
  const order = visibleOrder(call, found);
  return order && maySee(call, order.createdAt) ? orderFields(order, call) : null;
}
