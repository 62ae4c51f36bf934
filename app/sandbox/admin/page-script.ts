// What the pretend admin's page does in the browser.
import { appSignsScript, type AppMenu, type AppToast } from './app-signs.ts';
import { askingScript, type AmazonRequest } from './asking-script.ts';
import { extensionFramesScript } from './extension-frames.ts';
import { orderScript, type StaffRequest } from './order-script.ts';
import { scriptOf } from './script-of.ts';

/** What the page is told about its world. */
export interface PageFacts {
  readonly shop: string;
  readonly appOrigin: string;
  /** The page of the app that is opened first, with its query. */
  readonly at: string;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no #${id} on the page.`);
  return found;
}

/** Asks the sandbox; a failure is shown to the person in the words of the answer. */
async function call(path: string, facts: PageFacts, body: unknown): Promise<boolean> {
  const response = await fetch(`/control${path}?shop=${encodeURIComponent(facts.shop)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return true;
  const answer = (await response.json()) as { error?: string; open?: { what: string }[] };
  const open = answer.open?.map(({ what }) => what).join(', ');
  say(answer.error ?? `Still open: ${open ?? 'something'}`);
  return false;
}

function say(text: string): void {
  byId('said').textContent = text;
}

/** Does something in the world, lets it settle and shows what came of it. */
async function act(facts: PageFacts, what: string, work: () => Promise<boolean>): Promise<void> {
  say(`${what} …`);
  document.body.classList.add('busy');
  const done = (await work()) && (await call('/settle', facts, {}));
  document.body.classList.remove('busy');
  if (done) say(`${what}: done, and settled.`);
  (byId('app') as HTMLIFrameElement).contentWindow?.postMessage({ concord: 'look' }, facts.appOrigin);
  await refresh(facts);
}

/** Shows a newer state of a part of the page, in which the same orders stay chosen. */
function showAnew(place: HTMLElement, text: string): void {
  const boxes = () => [...place.querySelectorAll<HTMLInputElement>('[data-choose]')];
  const chosen = boxes().flatMap(({ checked, value }) => (checked ? [value] : []));
  place.innerHTML = text;
  for (const box of boxes()) box.checked = chosen.includes(box.value);
}

async function fill(id: string, path: string): Promise<void> {
  const place = byId(id);
  const response = await fetch(path);
  const text = response.ok ? await response.text() : '';
  if (text === '' || place.dataset['text'] === text) return;
  place.dataset['text'] = text;
  showAnew(place, text);
}

/** Shows the newest state of both sides. */
async function refresh({ shop }: PageFacts): Promise<void> {
  const query = `shop=${encodeURIComponent(shop)}`;
  const [view = 'orders', id = ''] = (byId('shopify').dataset['view'] ?? '').split('|');
  const left =
    view === 'app' ? null : fill('shopify-page', `/part/${view}?${query}&id=${encodeURIComponent(id)}`);
  await Promise.all([
    left,
    fill('seller', `/part/seller-central?${query}`),
    fill('strip', `/part/strip?${query}`),
  ]);
}

async function show(facts: PageFacts, view: string): Promise<void> {
  byId('shopify').dataset['view'] = view;
  for (const link of document.querySelectorAll<HTMLElement>('#shopify nav [data-view]')) {
    const current =
      view === link.dataset['view'] || (link.dataset['view'] === 'orders' && view.startsWith('order|'));
    link.toggleAttribute('data-current', current);
  }
  byId('app-window').hidden = view !== 'app';
  byId('shopify-page').hidden = view === 'app';
  document.dispatchEvent(new CustomEvent('view-shown', { detail: view }));
  await refresh(facts);
}

async function sessionToken({ shop }: PageFacts): Promise<string> {
  const response = await fetch(`/session-token?shop=${encodeURIComponent(shop)}`);
  return ((await response.json()) as { token: string }).token;
}

/** Frames the app as Shopify does. */
async function frameApp(facts: PageFacts, at = '/app'): Promise<void> {
  const store = facts.shop.replace('.myshopify.com', '');
  const address = new URL(at, facts.appOrigin);
  const query = {
    embedded: '1',
    shop: facts.shop,
    host: btoa(`admin.shopify.com/store/${store}`).replace(/=+$/, ''),
    locale: new URLSearchParams(location.search).get('locale') ?? 'en',
    id_token: await sessionToken(facts),
  };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  (byId('app') as HTMLIFrameElement).src = address.href;
}

interface FromApp extends AppMenu, AppToast {
  readonly concord: string;
  readonly id?: number;
  readonly on?: boolean;
}

/** Answers what the stand-in of App Bridge in the frame asks for. */
function serveApp(facts: PageFacts): void {
  const frame = byId('app') as HTMLIFrameElement;
  addEventListener('message', (event: MessageEvent<FromApp>) => {
    if (event.origin !== facts.appOrigin || event.source !== frame.contentWindow) return;
    const said = event.data;
    if (said.concord === 'token') {
      void sessionToken(facts).then((answer) =>
        frame.contentWindow?.postMessage({ concord: 'answer', id: said.id, answer }, facts.appOrigin),
      );
    }
    if (said.concord === 'menu' || said.concord === 'toast')
      document.dispatchEvent(new CustomEvent(`app-${said.concord}`, { detail: said }));
    if (said.concord === 'loading') byId('app-window').classList.toggle('loading', said.on === true);
  });
  document.addEventListener('toast-action', () => {
    frame.contentWindow?.postMessage({ concord: 'toast-action' }, facts.appOrigin);
  });
}

/** What the buttons of Seller Central do with an order. */
function actOnOrder(facts: PageFacts, button: HTMLElement): void {
  const { act: name, order = '', lines = '[]', body = '{}' } = button.dataset;
  const post = (call_: string, body: unknown, what: string) =>
    void act(facts, what, () => call(`/amazon/orders/${encodeURIComponent(order)}/${call_}`, facts, body));
  if (name === 'ask' || name === 'withdraw')
    document.dispatchEvent(
      new CustomEvent('open-asking', { detail: { name, order, lines: JSON.parse(lines) as unknown } }),
    );
  if (name === 'refund') post('refund', JSON.parse(body), 'Refunded in Seller Central');
  if (name === 'claim') post('claim', JSON.parse(body), 'The buyer claimed the money back');
  if (name === 'cancel') post('cancel', { by: 'MERCHANT' }, 'Cancelled in Seller Central');
  if (name === 'ship') {
    const trackingNumber = `1Z${String(Math.floor(Math.random() * 1e12)).padStart(12, '0')}`;
    post('ship', { carrier: 'UPS', trackingNumber }, 'Shipped in Seller Central');
  }
}

interface FromShopify {
  readonly data?: {
    readonly done?: { readonly userErrors?: readonly { readonly message: string }[] } | null;
  } | null;
  readonly errors?: unknown;
}

/** Asks the pretend Shopify as the shop's staff; a refusal is shown in Shopify's own words. */
async function askShopify(facts: PageFacts, body: unknown): Promise<boolean> {
  const response = await fetch(`/shopify-admin?shop=${encodeURIComponent(facts.shop)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as FromShopify;
  const refused = data?.done?.userErrors?.map(({ message }) => message).join(' ');
  if (data?.done && refused === '') return true;
  say(`Shopify: ${refused ?? JSON.stringify(errors)}`);
  return false;
}

/** What the buttons on a fulfilment order do. */
function actAsStaff(facts: PageFacts, button: HTMLElement): void {
  const body: unknown = JSON.parse(button.dataset['body'] ?? '{}');
  void act(facts, button.textContent.trim(), () => askShopify(facts, body));
}

/** What the dialogs of an order ask for: one call after the other, until one is refused. */
function askInTurn(facts: PageFacts, { what, calls }: StaffRequest): void {
  void act(facts, what, async () => {
    for (const body of calls) if (!(await askShopify(facts, body))) return false;
    return true;
  });
}

async function placePreset(facts: PageFacts, name: string): Promise<boolean> {
  const order: unknown = await (await fetch(`/preset/${name}`)).json();
  return call('/amazon/orders', facts, [order]);
}

function onClick(facts: PageFacts, target: HTMLElement): void {
  const button = target.closest<HTMLElement>(
    '[data-view], [data-go], [data-act], [data-place], [data-staff], #time',
  );
  if (!button) return;
  const { view, go, place } = button.dataset;
  if (view !== undefined) void show(facts, view);
  else if (go !== undefined) {
    const frame = (byId('app') as HTMLIFrameElement).contentWindow;
    if (go === '/app') void frameApp(facts);
    else frame?.postMessage({ concord: 'go', path: go }, facts.appOrigin);
  } else if (place !== undefined) void act(facts, 'Order placed', () => placePreset(facts, place));
  else if (button.id === 'time')
    void act(facts, 'Time passes', () => call('/settle', facts, { untilIdle: true }));
  else if (button.dataset['staff'] !== undefined) actAsStaff(facts, button);
  else actOnOrder(facts, button);
}

function startPage(facts: PageFacts): void {
  serveApp(facts);
  document.addEventListener('click', (event) => {
    if (event.target instanceof HTMLElement) onClick(facts, event.target);
  });
  document.addEventListener('ask-shopify', (event) =>
    askInTurn(facts, (event as CustomEvent<StaffRequest>).detail),
  );
  document.addEventListener('ask-amazon', (event) => {
    const { what, path, body } = (event as CustomEvent<AmazonRequest>).detail;
    void act(facts, what, () => call(path, facts, body));
  });
  void frameApp(facts, facts.at);
  void show(facts, 'app');
  setInterval(() => {
    if (!document.hidden && !document.body.classList.contains('busy')) void refresh(facts);
  }, 2000);
}

const pieces = [
  byId,
  call,
  say,
  act,
  showAnew,
  fill,
  refresh,
  show,
  sessionToken,
  frameApp,
  serveApp,
  actOnOrder,
  askShopify,
  actAsStaff,
  askInTurn,
  placePreset,
  onClick,
];

/** The page's script with the facts it works on. */
export function pageScript(facts: PageFacts): string {
  return (
    extensionFramesScript(facts.shop) +
    appSignsScript() +
    scriptOf(pieces, startPage, facts) +
    orderScript() +
    askingScript()
  );
}
