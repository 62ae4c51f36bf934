import type { Source } from './execute.ts';
import { idOf, parseGid } from './ids.ts';
import { keptUnits } from './line-units.ts';
import { readBag, type Bag } from './money-bag.ts';
import { editFields } from './order-edit-fields.ts';
import { findEdit, type EditedLine, type EditSession } from './order-edit-session.ts';
import { visibleOrder } from './order-visible.ts';
import type { LineRecord, VariantRecord } from './records.ts';
import type { Call } from './world.ts';

/** An edit goes no further: the answer says why. */
function refused(field: string, message: string): Source {
  return {
    calculatedOrder: null,
    calculatedLineItem: null,
    orderEditSession: null,
    userErrors: [{ field: [field], message }],
  };
}

const gone = refused('id', 'The calculated order does not exist.');

/** `orderEditBegin`: from here on changes are staged; the order itself stays as it is until they are committed. */
export function orderEditBegin({ id }: { readonly id: string }, call: Call): Source {
  const order = visibleOrder(call, idOf('Order', id));
  if (!order) return refused('id', 'The order does not exist.');
  if (order.cancelledAt !== null) return refused('id', 'The order cannot be edited.');
  const session: EditSession = {
    id: call.world.newId('CalculatedOrder'),
    order,
    createdAt: call.world.parts.clock.now(),
    lines: order.lines.map((line) => ({
      line,
      added: false,
      quantity: line.currentQuantity,
      restock: false,
      locationId: null,
    })),
    committed: false,
  };
  call.shop.edits.set(session.id, session);
  return editFields(session, call);
}

/** `orderEditSetQuantity`: 0 takes the line out. What was sent stays in the order. */
export function orderEditSetQuantity(
  args: {
    readonly id: string;
    readonly lineItemId: string;
    readonly quantity: number;
    readonly restock?: boolean | null;
  },
  call: Call,
): Source {
  const session = findEdit(call, args.id);
  if (!session) return gone;
  const { type, id } = parseGid(args.lineItemId);
  const known = type === 'CalculatedLineItem' || type === 'LineItem';
  const line = session.lines.find((one) => known && one.line.id === id);
  if (!line) return refused('lineItemId', 'The line item does not exist.');
  if (args.quantity < 0) return refused('quantity', 'Quantity must be greater than or equal to 0');
  if (args.quantity < keptUnits(line.line))
    return refused('quantity', 'Quantity cannot be less than the fulfilled quantity');
  line.quantity = args.quantity;
  line.restock = args.restock ?? false;
  return editFields(session, call, line);
}

function add(
  call: Call,
  session: EditSession,
  made: Pick<LineRecord, 'title' | 'price' | 'quantity' | 'requiresShipping' | 'taxable'> & {
    readonly variant?: VariantRecord;
    readonly locationId?: string | null | undefined;
  },
): Source {
  const { variant, locationId, ...line } = made;
  const added: EditedLine = {
    line: {
      id: call.world.newId('LineItem'),
      variantId: variant?.id ?? null,
      productId: variant?.productId ?? null,
      sku: variant?.sku ?? null,
      variantTitle: null,
      vendor: null,
      currentQuantity: line.quantity,
      fulfilledQuantity: 0,
      refundedSent: 0,
      claimed: 0,
      taxLines: [],
      giftCard: false,
      properties: [],
      ...line,
    },
    added: true,
    quantity: line.quantity,
    restock: false,
    locationId: locationId == null ? (variant?.locationId ?? null) : idOf('Location', locationId),
  };
  session.lines.push(added);
  return editFields(session, call, added);
}

/** A price in the currency that the buyer sees; the shop's is the same where they are one. */
function priceOf(
  session: EditSession,
  price: { readonly amount: string | number; readonly currencyCode: string },
): Bag | string {
  const { currency, presentmentCurrency } = session.order;
  return readBag({ shopMoney: price }, currency, presentmentCurrency);
}

/** `orderEditAddCustomItem`: a line without a product. */
export function orderEditAddCustomItem(
  args: {
    readonly id: string;
    readonly title: string;
    readonly price: { readonly amount: string | number; readonly currencyCode: string };
    readonly quantity: number;
    readonly requiresShipping?: boolean | null;
    readonly taxable?: boolean | null;
    readonly locationId?: string | null;
  },
  call: Call,
): Source {
  const session = findEdit(call, args.id);
  if (!session) return gone;
  if (args.quantity < 1) return refused('quantity', 'Quantity must be greater than 0');
  if (args.title.trim() === '') return refused('title', "Title can't be blank");
  const price = priceOf(session, args.price);
  if (typeof price === 'string') return refused('price', price);
  return add(call, session, {
    title: args.title,
    price,
    quantity: args.quantity,
    requiresShipping: args.requiresShipping ?? true,
    taxable: args.taxable ?? true,
    locationId: args.locationId,
  });
}

/** `orderEditAddVariant`: a line of a product, at its own price. */
export function orderEditAddVariant(
  args: {
    readonly id: string;
    readonly variantId: string;
    readonly quantity: number;
    readonly allowDuplicates?: boolean | null;
    readonly locationId?: string | null;
  },
  call: Call,
): Source {
  const session = findEdit(call, args.id);
  if (!session) return gone;
  const variantId = idOf('ProductVariant', args.variantId);
  const variant = variantId === null ? undefined : call.shop.variants.get(variantId);
  if (!variant) return refused('variantId', 'The variant does not exist.');
  if (args.quantity < 1) return refused('quantity', 'Quantity must be greater than 0');
  if (args.allowDuplicates !== true && session.lines.some((one) => one.line.variantId === variant.id))
    return refused('variantId', 'The variant is already in the order.');
  const price = priceOf(session, { amount: variant.price, currencyCode: call.shop.currency });
  if (typeof price === 'string') return refused('variantId', price);
  const { quantity, locationId } = args;
  const { title } = variant;
  return add(call, session, {
    title,
    price,
    quantity,
    requiresShipping: true,
    taxable: true,
    variant,
    locationId,
  });
}
