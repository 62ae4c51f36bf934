import type { PretendShopify } from '../shopify/pretend-shopify.ts';
import { html, type Html } from './html.ts';
import type { DialogOrder } from './order-script.ts';

type Order = ReturnType<PretendShopify['listOrders']>[number];

/** The buttons on an order's page that open the dialogs. */
export function orderButtons(order: Order): Html {
  const { id, presentmentCurrency: currency, gateway, refundable, lines } = order;
  const facts: DialogOrder = {
    id,
    currency,
    gateway,
    refundable,
    lines: lines
      .filter((line) => line.currentQuantity > 0)
      .map(({ id: line, title, currentQuantity, unsent }) => ({
        id: line,
        title,
        left: currentQuantity,
        unsent,
      })),
  };
  const button = (dialog: string, label: string) =>
    html`<button data-dialog="${dialog}" data-order="${JSON.stringify(facts)}">${label}</button> `;
  return html`<div class="buttons">
    ${order.cancelledAt === null && button('cancel-order', 'Cancel order…')}
    ${button('refund-order', 'Refund…')}
    <button data-extension="amazon-order-action" data-ids="${id}">Concord…</button>
    <button data-extension="amazon-pack-sheet" data-ids="${id}">Print with Concord…</button>
  </div>`;
}

const options = (all: readonly (readonly [string, string])[]) =>
  all.map(([value, label]) => html`<option value="${value}">${label}</option>`);

const check = (name: string, label: string, checked: boolean) =>
  html`<label class="inline"
    >${
      checked
        ? html`<input type="checkbox" name="${name}" checked />`
        : html`<input type="checkbox" name="${name}" />`
    }
    ${label}</label
  >`;

const amount = html`<label
  >Amount (<span class="currency"></span>) <input name="amount" inputmode="decimal"
/></label>`;

const send = (dialog: string, label: string) =>
  html`<div class="buttons">
    <button>Back</button><button class="primary" data-send="${dialog}">${label}</button>
  </div>`;

const cancelDialog = html`<dialog id="cancel-order" aria-labelledby="cancel-order-title">
  <form method="dialog">
    <h2 id="cancel-order-title">Cancel order</h2>
    <label
      >Refund payments
      <select name="refund">
        ${options([
          ['original', 'Original payment, all of it'],
          ['amount', 'Original payment, the amount below'],
          ['store-credit', 'Store credit'],
          ['later', 'Later'],
        ])}
      </select></label
    >
    ${amount}
    <label
      >Reason
      <select name="reason">
        ${options([
          ['CUSTOMER', 'Customer changed or cancelled order'],
          ['INVENTORY', 'Items unavailable'],
          ['FRAUD', 'Fraudulent order'],
          ['DECLINED', 'Payment declined'],
          ['STAFF', 'Staff error'],
          ['OTHER', 'Other'],
        ])}
      </select></label
    >
    <label>Staff note <input name="note" maxlength="255" /></label>
    ${check('restock', 'Restock inventory', true)} ${check('notify', 'Notify the customer', false)}
    ${send('cancel-order', 'Cancel order')}
  </form>
</dialog>`;

const refundDialog = html`<dialog id="refund-order" aria-labelledby="refund-order-title">
  <form method="dialog">
    <h2 id="refund-order-title">Refund</h2>
    <label
      >What
      <select name="line"></select
    ></label>
    <label>Quantity <input name="quantity" type="number" min="1" value="1" /></label>
    ${check('restock', 'Restock items', true)}
    <label>Shipping <input name="shipping" inputmode="decimal" /></label>
    ${amount}
    <label>Reason for refund <input name="note" maxlength="255" /></label>
    ${check('notify', 'Notify the customer', false)} ${send('refund-order', 'Refund')}
  </form>
</dialog>`;

/** The dialogs in which staff cancel or refund an order, with the choices of Shopify's own. */
export const orderDialogs = html`${cancelDialog} ${refundDialog}`;
