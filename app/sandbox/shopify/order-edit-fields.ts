import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import { keptUnits } from './line-units.ts';
import { lessBag, moneyBag, timesBag, zeroBag } from './money-bag.ts';
import type { EditedLine, EditSession } from './order-edit-session.ts';
import { orderFields } from './order-fields.ts';
import { received } from './order-money.ts';
import { orderTotals, withUnits } from './order-totals.ts';
import { variantFields } from './variant-fields.ts';
import type { Call } from './world.ts';

/** A line of an edit as GraphQL shows it. */
function editedLineFields({ line, added, quantity, restock }: EditedLine, call: Call): Source {
  const variant = line.variantId === null ? undefined : call.shop.variants.get(line.variantId);
  const price = moneyBag(line.price);
  return {
    __typename: 'CalculatedLineItem',
    id: gid('CalculatedLineItem', line.id),
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    quantity,
    editableQuantity: quantity - keptUnits(line),
    editableQuantityBeforeChanges: added ? 0 : line.currentQuantity - keptUnits(line),
    editableSubtotalSet: moneyBag(timesBag(line.price, quantity - keptUnits(line))),
    uneditableSubtotalSet: moneyBag(timesBag(line.price, keptUnits(line))),
    originalUnitPriceSet: price,
    discountedUnitPriceSet: price,
    calculatedDiscountAllocations: [],
    discountAllocations: [],
    hasStagedLineItemDiscount: false,
    restockable: line.claimed > 0,
    restocking: restock,
    customAttributes: line.properties.map(({ key, value }) => ({ key, value })),
    variant: variant ? () => variantFields(variant) : null,
    image: null,
  };
}

function lines(of: readonly EditedLine[], call: Call): (args: PageArgs) => Connection {
  return (args) =>
    connection(
      of,
      args,
      (one) => [null, one.line.id],
      (one) => editedLineFields(one, call),
    );
}

/** The order as the edit would leave it. */
function calculatedOrderFields(session: EditSession, call: Call): Source {
  const { order } = session;
  const totals = orderTotals({
    currency: order.currency,
    presentment: order.presentmentCurrency,
    taxesIncluded: order.taxesIncluded,
    shippingLines: order.shippingLines,
    lines: session.lines.map(({ line, quantity }) => withUnits(line, quantity)),
  });
  return {
    __typename: 'CalculatedOrder',
    id: gid('CalculatedOrder', session.id),
    committed: session.committed,
    originalOrder: () => orderFields(order, call),
    lineItems: lines(session.lines, call),
    addedLineItems: lines(
      session.lines.filter((one) => one.added),
      call,
    ),
    subtotalLineItemsQuantity: session.lines.reduce((sum, one) => sum + one.quantity, 0),
    subtotalPriceSet: moneyBag(totals.subtotal),
    totalPriceSet: moneyBag(totals.total),
    totalOutstandingSet: moneyBag(lessBag(totals.total, received(order))),
    cartDiscountAmountSet: moneyBag(zeroBag(order.currency, order.presentmentCurrency)),
    notificationPreviewTitle: `Order ${order.name} was edited`,
    notificationPreviewHtml: null,
  };
}

/** What the mutations that stage a change answer. */
export function editFields(session: EditSession, call: Call, line?: EditedLine): Source {
  return {
    calculatedOrder: () => calculatedOrderFields(session, call),
    orderEditSession: { __typename: 'OrderEditSession', id: gid('OrderEditSession', session.id) },
    calculatedLineItem: line ? () => editedLineFields(line, call) : null,
    userErrors: [],
  };
}
