// What the dialog does in which the buyer asks to cancel, or takes it back; it asks the page to call the pretend Amazon.
import { scriptOf } from './script-of.ts';

/** What the page is asked to do on the pretend Amazon. */
export interface AmazonRequest {
  readonly what: string;
  readonly path: string;
  readonly body: unknown;
}

/** What the dialog is opened for. */
interface Asking {
  readonly name: string;
  readonly order: string;
  readonly lines: readonly { readonly id: string; readonly title: string }[];
}

function partOf(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no #${id} on the page.`);
  return found;
}

function openAsking({ name, order, lines }: Asking): void {
  const dialog = partOf('ask') as HTMLDialogElement;
  const asks = name === 'ask';
  dialog.dataset['order'] = order;
  dialog.dataset['name'] = name;
  partOf('ask-title').textContent = asks ? 'The buyer asks to cancel' : 'The buyer takes the request back';
  partOf('ask-send').textContent = asks ? 'Ask' : 'Take back';
  for (const label of dialog.querySelectorAll<HTMLElement>('.asking')) label.hidden = !asks;
  const select = partOf('ask-lines') as HTMLSelectElement;
  select.replaceChildren(
    new Option('The whole order', ''),
    ...lines.map(({ id, title }) => new Option(`Only: ${title}`, id)),
  );
  dialog.showModal();
}

function askingRequest(): AmazonRequest {
  const { order = '', name = '' } = partOf('ask').dataset;
  const line = (partOf('ask-lines') as HTMLSelectElement).value;
  const reason = (partOf('ask-reason') as HTMLInputElement).value;
  const informal = (partOf('ask-informal') as HTMLInputElement).checked;
  const lines = line === '' ? {} : { orderItemIds: [line] };
  const words = { ...(reason === '' ? {} : { reason }), ...(informal ? { informal } : {}) };
  const path = `/amazon/orders/${encodeURIComponent(order)}/`;
  return name === 'ask'
    ? { what: 'The buyer asks to cancel', path: `${path}request-cancel`, body: { ...lines, ...words } }
    : { what: 'The buyer takes it back', path: `${path}withdraw-request`, body: lines };
}

function startAsking(): void {
  document.addEventListener('open-asking', (event) => {
    openAsking((event as CustomEvent<Asking>).detail);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.closest('#ask-send')) return;
    document.dispatchEvent(new CustomEvent('ask-amazon', { detail: askingRequest() }));
  });
}

/** The script of the dialog. */
export function askingScript(): string {
  return scriptOf([partOf, openAsking, askingRequest], startAsking);
}
