import type { PretendShopify } from '../shopify/pretend-shopify.ts';
import { fulfillmentCards } from './fulfillment-cards.ts';
import { html, type Html } from './html.ts';
import { moment } from './moment.ts';
import { orderButtons } from './order-dialogs.ts';
import { requestMark } from './request-mark.ts';

type Order = ReturnType<PretendShopify['listOrders']>[number];

/** `PARTIALLY_FULFILLED` as people write it. */
const plain = (value: string) => value.toLowerCase().replaceAll('_', ' ');

function statusOf(order: Order): Html {
  const words = [
    order.cancelledAt === null ? null : 'cancelled',
    order.financialStatus,
    order.fulfillmentStatus,
  ];
  return html`${words.map((word) => word !== null && html`<span class="badge">${plain(word)}</span> `)}`;
}

/** The shop's orders, newest first. */
export function ordersPage(shopify: PretendShopify, shop: string): Html {
  const orders = shopify.listOrders(shop, { limit: 100 });
  if (orders.length === 0)
    return html`<h1>Orders</h1>
      <p class="empty">No orders yet.</p>`;
  return html`<h1>Orders</h1>
    <div class="buttons" id="for-chosen">
      <button data-extension="amazon-orders-selection">Concord…</button>
      <button data-extension="amazon-pack-sheets">Print with Concord…</button>
    </div>
    <table>
      <thead>
        <tr>
          <th aria-label="Chosen"></th>
          <th>Order</th>
          <th>Date</th>
          <th class="number">Total</th>
          <th>Status</th>
          <th>Tags</th>
        </tr>
      </thead>
      <tbody>
        ${orders.map(
          (order) =>
            html`<tr>
              <td>
                <input type="checkbox" data-choose value="${order.id}" aria-label="Choose ${order.name}" />
              </td>
              <td><button class="link" data-view="order|${order.id}">${order.name}</button></td>
              <td>${moment(order.createdAt)}</td>
              <td class="number">${order.total} ${order.currency}</td>
              <td>${statusOf(order)}</td>
              <td>${order.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function pairs(rows: readonly (readonly [string, string])[]): Html {
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function linesTable(order: Order): Html {
  const money = (amount: string) => html`<td class="number">${amount} ${order.currency}</td>`;
  return html`<table>
    <thead>
      <tr>
        <th>Line</th>
        <th>SKU</th>
        <th class="number">Quantity</th>
        <th class="number">Price</th>
      </tr>
    </thead>
    <tbody>
      ${order.lines.map(
        (line) =>
          html`<tr>
            <td>
              ${line.title}${line.variantId === null && html` <span class="badge">no product</span>`}
              ${line.properties.map(({ key, value }) => html`<br /><small>${key}: ${value}</small>`)}
            </td>
            <td>${line.sku}</td>
            <td class="number">${line.currentQuantity} of ${line.quantity}</td>
            ${money(line.unitPrice)}
          </tr>`,
      )}
      ${order.shippingLines.map(
        (line) =>
          html`<tr>
            <td colspan="3">${line.title}</td>
            ${money(line.price)}
          </tr>`,
      )}
      <tr>
        <td colspan="3">Tax</td>
        ${money(order.tax)}
      </tr>
      <tr class="total">
        <td colspan="3">Total</td>
        ${money(order.total)}
      </tr>
    </tbody>
  </table>`;
}

/** What was cancelled and paid back. */
function endsOf(order: Order): Html {
  const { cancelReason, refunds, presentmentCurrency } = order;
  return html`${cancelReason !== null && html`<p class="message">Cancelled: ${plain(cancelReason)}</p>`}
  ${refunds.map(
    ({ amount, note, gateways }) =>
      html`<p class="message">
        Refunded ${amount} ${presentmentCurrency}${gateways.length > 0 && ` (${gateways.join(', ')})`}
        ${note !== null && html`<small>${note}</small>`}
      </p>`,
  )}`;
}

/** One order of the shop, as its page shows it. */
export function orderPage(shopify: PretendShopify, shop: string, id: string): Html {
  const order = shopify.listOrders(shop, { limit: 10_000 }).find((one) => one.id === id);
  if (!order)
    return html`<h1>Order</h1>
      <p class="empty">There is no such order.</p>`;
  return html`<p><button class="link" data-view="orders">← Orders</button></p>
    <h1>${order.name} ${statusOf(order)}</h1>
    <p>
      ${moment(order.createdAt)} · from ${order.sourceName}
      ${order.tags.map((tag) => html`<span class="tag">${tag}</span> `)}
    </p>
    ${orderButtons(order)} ${endsOf(order)} ${requestMark(order.metafields)}
    ${fulfillmentCards(order.fulfillmentOrders)} ${linesTable(order)}
    <div class="cards">
      <div class="card">
        <h2>Additional details</h2>
        ${pairs(order.customAttributes.map(({ key, value }) => [key, value] as const))}
        ${order.note !== null && html`<p>${order.note}</p>`}
      </div>
      <div class="card">
        <h2>Ship to</h2>
        <p>${order.shippingAddress.map((line) => html`${line}<br />`)}</p>
      </div>
      <div class="card">
        <h2>Metafields</h2>
        ${pairs(order.metafields.map(({ namespace, key, value }) => [`${namespace}.${key}`, value] as const))}
      </div>
    </div>`;
}

/** The shop's products with their stock. */
export function productsPage(shopify: PretendShopify, shop: string): Html {
  const variants = shopify.listVariants(shop);
  if (variants.length === 0)
    return html`<h1>Products</h1>
      <p class="empty">No products yet.</p>`;
  return html`<h1>Products</h1>
    <table>
      <thead>
        <tr>
          <th>Product</th>
          <th>SKU</th>
          <th class="number">Price</th>
          <th class="number">In stock</th>
        </tr>
      </thead>
      <tbody>
        ${variants.map(
          (one) =>
            html`<tr>
              <td>${one.title}</td>
              <td>${one.sku}</td>
              <td class="number">${one.price}</td>
              <td class="number">${one.tracked ? one.inventory : 'not tracked'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
