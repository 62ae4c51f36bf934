import { z } from 'zod';
import type { RefundedItem } from '../amazon/money/refund.ts';
import type { PretendAmazon } from '../amazon/pretend-amazon.ts';
import { html, type Html } from './html.ts';
import { moment } from './moment.ts';

// Orders are placed as they are, so that anything may be missing here.
const money = z.object({ amount: z.string(), currencyCode: z.string() }).optional().catch(undefined);
const block = z.object({}).loose().optional().catch(undefined);
const line = z.object({
  orderItemId: z.string().catch(''),
  quantityOrdered: z.number().optional().catch(undefined),
  product: z
    .object({ title: z.string().optional(), sellerSku: z.string().optional() })
    .optional()
    .catch(undefined),
  cancellation: z
    .object({
      cancellationRequest: z.object({ cancelReason: z.string().optional() }).optional().catch(undefined),
      cancellationExecution: block,
    })
    .optional()
    .catch(undefined),
});
const order = z.object({
  orderId: z.string(),
  createdTime: z.string().optional().catch(undefined),
  salesChannel: z.object({ marketplaceName: z.string() }).optional().catch(undefined),
  proceeds: z.object({ grandTotal: money }).optional().catch(undefined),
  fulfillment: z.object({ fulfillmentStatus: z.string() }).optional().catch(undefined),
  orderItems: z.array(line).catch([]),
});
type Line = z.infer<typeof line>;

function lineItem({ product, quantityOrdered, cancellation }: Line): Html {
  const request = cancellation?.cancellationRequest;
  return html`<li>
    ${quantityOrdered ?? '?'} × ${product?.title ?? 'no title'}
    <small>${product?.sellerSku ?? 'no SKU'}</small>
    ${cancellation?.cancellationExecution && html`<span class="badge">cancelled</span>`}
    ${request && html`<span class="badge warn">asked to cancel${request.cancelReason && `: ${request.cancelReason}`}</span>`}
  </li>`;
}

/** What is left of the order as the calls of the control interface take it; null where nothing is. */
function giveBack(left: readonly RefundedItem[]): { refund: object; claim: object } | null {
  if (left.length === 0) return null;
  const items = left.map(({ orderItemId, components }) => ({
    orderItemId,
    principal: components['Principal'] ?? '0',
    ...(components['Tax'] === undefined ? {} : { tax: components['Tax'] }),
    ...(components['Shipping'] === undefined ? {} : { shipping: components['Shipping'] }),
  }));
  const amounts = left.flatMap(({ components }) => Object.values(components));
  const sum = amounts.reduce((total, amount) => total + Number(amount), 0);
  const digits = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  return { refund: { items }, claim: { kind: 'a-to-z', amount: sum.toFixed(digits) } };
}

function buttons(id: string, lines: readonly Line[], left: readonly RefundedItem[]): Html {
  const named = (some: readonly Line[]) =>
    some.map(({ orderItemId, product }) => ({ id: orderItemId, title: product?.title ?? orderItemId }));
  const asked = lines.filter(({ cancellation }) => cancellation?.cancellationRequest);
  const back = giveBack(left);
  const button = (act: string, label: string, more: Html | null = null) =>
    html`<button data-act="${act}" data-order="${id}" ${more}>${label}</button>`;
  return html`<div class="buttons">
    ${button('ask', 'Buyer asks to cancel…', html`data-lines="${JSON.stringify(named(lines))}"`)}
    ${asked.length > 0 && button('withdraw', 'Buyer takes it back…', html`data-lines="${JSON.stringify(named(asked))}"`)}
    ${button('cancel', 'Cancel')} ${button('ship', 'Ship')}
    ${back && button('refund', 'Refund', html`data-body="${JSON.stringify(back.refund)}"`)}
    ${back && button('claim', 'A-to-z claim', html`data-body="${JSON.stringify(back.claim)}"`)}
  </div>`;
}

/** The seller's orders with what buyers and sellers can do to them. */
export function sellerCentral(amazon: PretendAmazon, sellerId: string): Html {
  const listed = amazon.list(sellerId, 60);
  if (listed.length === 0) return html`<p class="empty">No orders yet.</p>`;
  return html`<ul class="orders">
    ${listed.map(({ order: raw, messages, refunds, left }) => {
      const { orderId, createdTime, salesChannel, proceeds, fulfillment, orderItems } = order.parse(raw);
      const total = proceeds?.grandTotal;
      const placed = Date.parse(createdTime ?? '');
      return html`<li>
        <div class="head">
          <b>${orderId}</b>
          <span class="badge"
            >${(fulfillment?.fulfillmentStatus ?? 'no status').toLowerCase().replaceAll('_', ' ')}</span
          >
          <span class="right">${total ? `${total.amount} ${total.currencyCode}` : 'no amount yet'}</span>
        </div>
        <small>${Number.isNaN(placed) ? '' : moment(placed)} · ${salesChannel?.marketplaceName}</small>
        <ul>
          ${orderItems.map(lineItem)}
        </ul>
        ${messages.map(({ text }) => html`<p class="message">Message of the buyer: ${text}</p>`)}
        ${refunds.map(
          ({ by, total: given }) =>
            html`<p class="message">Given back (${by}): ${given.amount} ${given.currencyCode}</p>`,
        )}
        ${buttons(orderId, orderItems, left)}
      </li>`;
    })}
  </ul>`;
}
