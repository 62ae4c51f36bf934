// What the dialogs on an order's page do in the browser; they ask the page to call Shopify.
import { scriptOf } from './script-of.ts';
import type { StaffCall } from './staff-call.ts';

/** What the page is asked to do as the shop's staff: `calls` one after the other. */
export interface StaffRequest {
  readonly what: string;
  readonly calls: readonly StaffCall[];
}

/** What the dialogs know of the order. */
export interface DialogOrder {
  readonly id: string;
  readonly currency: string;
  readonly gateway: string | null;
  /** What can still be paid back, a decimal. */
  readonly refundable: string;
  readonly lines: readonly {
    readonly id: string;
    readonly title: string;
    readonly left: number;
    readonly unsent: number;
  }[];
}

/** What somebody chose in the dialog "Cancel order". */
export interface CancelChoice {
  readonly refund: string;
  readonly amount: string;
  readonly reason: string;
  readonly restock: boolean;
  readonly notify: boolean;
  readonly note: string;
}

/** What somebody chose in the dialog "Refund"; no line: an amount alone. */
export interface RefundChoice {
  readonly line: string;
  readonly quantity: number;
  readonly restock: boolean;
  readonly shipping: string;
  readonly amount: string;
  readonly notify: boolean;
  readonly note: string;
}

/** The call that pays back; `key` makes one refund of it however often it is sent. */
export function refundCall(order: DialogOrder, choice: RefundChoice, key: string): StaffCall {
  const line = order.lines.find((one) => one.id === choice.line);
  const back = line && choice.quantity > line.unsent ? 'RETURN' : 'CANCEL';
  const restockType = choice.restock ? back : 'NO_RESTOCK';
  const { id: orderId, currency, gateway } = order;
  const paysBack = choice.amount !== '' && Number(choice.amount) !== 0;
  const payment = { orderId, kind: 'REFUND', gateway: gateway ?? 'manual', amount: choice.amount };
  const input = {
    orderId,
    currency,
    notify: choice.notify,
    ...(choice.note === '' ? {} : { note: choice.note }),
    ...(line ? { refundLineItems: [{ lineItemId: line.id, quantity: choice.quantity, restockType }] } : {}),
    ...(choice.shipping === '' ? {} : { shipping: { amount: choice.shipping } }),
    ...(paysBack ? { transactions: [payment] } : {}),
  };
  return {
    query:
      'mutation($input: RefundInput!, $key: String!) { done: refundCreate(input: $input) @idempotent(key: $key) { userErrors { message } } }',
    variables: { input, key },
  };
}

/** The calls that cancel; Shopify's own takes all or nothing, so an amount is paid back before it. */
export function cancelCalls(order: DialogOrder, choice: CancelChoice, key: string): StaffCall[] {
  const { refund, reason, restock, notify, note } = choice;
  const method =
    refund === 'store-credit'
      ? { storeCreditRefund: {} }
      : { originalPaymentMethodsRefund: refund === 'original' };
  const cancel = {
    query:
      'mutation($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $method: OrderCancelRefundMethodInput, $notify: Boolean, $note: String) { done: orderCancel(orderId: $id, reason: $reason, restock: $restock, refundMethod: $method, notifyCustomer: $notify, staffNote: $note) { userErrors { message } } }',
    variables: { id: order.id, reason, restock, method, notify, note: note === '' ? null : note },
  };
  if (refund !== 'amount') return [cancel];
  const part = { line: '', quantity: 0, restock: false, shipping: '', notify: false, note: '' };
  return [refundCall(order, { ...part, amount: choice.amount }, key), cancel];
}

/** A field of a dialog by its name. */
function fieldOf(dialog: HTMLDialogElement, name: string): HTMLInputElement {
  const found = dialog.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!found) throw new Error(`The dialog has no ${name}.`);
  return found;
}

function openDialog(dialog: HTMLDialogElement, order: DialogOrder): void {
  dialog.dataset['order'] = JSON.stringify(order);
  dialog.dataset['key'] = crypto.randomUUID();
  fieldOf(dialog, 'amount').value = order.refundable;
  for (const unit of dialog.querySelectorAll('.currency')) unit.textContent = order.currency;
  const lines = dialog.querySelector<HTMLSelectElement>('[name="line"]');
  lines?.replaceChildren(
    new Option('An amount alone', ''),
    ...order.lines.map(({ id, title, left }) => new Option(`${title} (${String(left)} left)`, id)),
  );
  dialog.showModal();
}

/** What the dialog's button asks for. */
function requestOf(dialog: HTMLDialogElement): StaffRequest {
  const order = JSON.parse(dialog.dataset['order'] ?? '{}') as DialogOrder;
  const { key = '' } = dialog.dataset;
  const text = (name: string) => fieldOf(dialog, name).value.trim();
  const box = (name: string) => fieldOf(dialog, name).checked;
  const both = {
    amount: text('amount'),
    restock: box('restock'),
    notify: box('notify'),
    note: text('note'),
  };
  if (dialog.id === 'cancel-order')
    return {
      what: 'Cancelled in Shopify',
      calls: cancelCalls(order, { ...both, refund: text('refund'), reason: text('reason') }, key),
    };
  const quantity = Number(text('quantity'));
  const choice = { ...both, quantity, line: text('line'), shipping: text('shipping') };
  return { what: 'Refunded in Shopify', calls: [refundCall(order, choice, key)] };
}

function startOrderDialogs(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    const opener = event.target.closest<HTMLElement>('[data-dialog]');
    const sender = event.target.closest<HTMLElement>('[data-send]');
    const dialog = document.getElementById(opener?.dataset['dialog'] ?? sender?.dataset['send'] ?? '');
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (opener) openDialog(dialog, JSON.parse(opener.dataset['order'] ?? '{}') as DialogOrder);
    else document.dispatchEvent(new CustomEvent('ask-shopify', { detail: requestOf(dialog) }));
  });
}

/** The script of the dialogs. */
export function orderScript(): string {
  return scriptOf([refundCall, cancelCalls, fieldOf, openDialog, requestOf], startOrderDialogs);
}
