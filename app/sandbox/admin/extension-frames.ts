// How the pretend admin's page frames the app's extensions on an order's page.
import { html } from './html.ts';
import { scriptOf } from './script-of.ts';

/** Where the block stands under an order, and the window in which actions open. */
export const extensionFrames = html`<div id="order-block"></div>
  <dialog id="extension-window" aria-label="Concord"></dialog>`;

/** The address of a frame in which an extension runs for an order (its global id), or for several. */
function frameAddress(handle: string, ids: string, shop: string): string {
  const locale = new URLSearchParams(location.search).get('locale') ?? 'en';
  return `/extension-frame?${new URLSearchParams({ handle, ids, shop, locale }).toString()}`;
}

/** Frames an extension at this place, in which another address begins it anew. Without an address the place is empty. */
function frameIn(place: HTMLElement, address: string | null): void {
  if (place.dataset['address'] === (address ?? '')) return;
  place.dataset['address'] = address ?? '';
  const frame = document.createElement('iframe');
  if (address !== null) frame.src = address;
  place.replaceChildren(...(address === null ? [] : [frame]));
}

/** Shows the block under an order's page, and under no other one. */
function showBlock(view: string, shop: string): void {
  const [name, id = ''] = view.split('|');
  const place = document.getElementById('order-block');
  if (place) frameIn(place, name === 'order' ? frameAddress('amazon-order-block', id, shop) : null);
}

/** Opens an action for the order that is shown, or for those that are selected. */
function openAction(handle: string, ids: string, shop: string): void {
  const dialog = document.getElementById('extension-window') as HTMLDialogElement;
  frameIn(dialog, frameAddress(handle, ids, shop));
  dialog.showModal();
}

interface FromExtension {
  readonly concord: string;
  readonly handle?: string;
  readonly height?: number;
}

/** Does what extensions ask of the page around them. */
function serveExtensions(shop: string): void {
  document.addEventListener('view-shown', (event) => {
    showBlock((event as CustomEvent<string>).detail, shop);
  });
  addEventListener('message', ({ origin, source, data }: MessageEvent<FromExtension>) => {
    if (origin !== location.origin) return;
    const dialog = document.getElementById('extension-window') as HTMLDialogElement;
    const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentWindow === source);
    const id = document.getElementById('shopify')?.dataset['view']?.split('|')[1] ?? '';
    if (data.concord === 'extension-open' && data.handle) openAction(data.handle, id, shop);
    if (data.concord === 'extension-close') dialog.close();
    if (data.concord === 'extension-height' && frame && data.height)
      frame.style.height = `${data.height + 2}px`;
  });
  // A closed window holds nothing that goes on.
  document.getElementById('extension-window')?.addEventListener('close', ({ target }) => {
    if (target instanceof HTMLElement) frameIn(target, null);
  });
  document.addEventListener('click', ({ target }) => {
    const opener = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-extension]') : null;
    if (!opener) return;
    const chosen = [...document.querySelectorAll<HTMLInputElement>('[data-choose]:checked')].map(
      (one) => one.value,
    );
    openAction(opener.dataset['extension'] ?? '', opener.dataset['ids'] ?? chosen.join(','), shop);
  });
}

/** The script of the frames: what it is made of stands in this file, and hears of the page by events. */
export function extensionFramesScript(shop: string): string {
  return scriptOf([frameAddress, frameIn, showBlock, openAction], serveExtensions, shop);
}
