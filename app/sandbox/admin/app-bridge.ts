// The stand-in of Shopify's App Bridge: it runs in the embedded app and talks with the pretend admin that frames it.
import { scriptOf } from './script-of.ts';

interface Said {
  readonly concord: string;
  readonly [more: string]: unknown;
}

/** The line to the framing page: `say` sends, `ask` sends and waits for the answer. */
function openLine(admin: string) {
  let asked = 0;
  const waiting = new Map<number, (answer: unknown) => void>();
  const listeners = new Map<string, (said: Said) => void>();
  addEventListener('message', (event: MessageEvent<Said>) => {
    if (event.origin !== admin || event.source !== parent) return;
    const { concord, id, answer } = event.data;
    if (concord === 'answer' && typeof id === 'number') {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    } else listeners.get(concord)?.(event.data);
  });
  const say = (concord: string, more: object = {}) => {
    parent.postMessage({ concord, ...more }, admin);
  };
  return {
    say,
    ask: (concord: string) =>
      new Promise<unknown>((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        say(concord, { id: asked });
      }),
    on: (concord: string, listener: (said: Said) => void) => void listeners.set(concord, listener),
  };
}

/** Gives same-origin requests the session token, and a second try with a fresh one where the app asks for it. */
function sendTokens(idToken: () => Promise<string>) {
  const plain = window.fetch.bind(window);
  const send = async (request: Request) => {
    const headers = new Headers(request.headers);
    if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${await idToken()}`);
    headers.set('X-Requested-With', 'XMLHttpRequest');
    return plain(new Request(request, { headers }));
  };
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin) return plain(request);
    const again = request.clone();
    const first = await send(request);
    const retry = first.status === 401 && first.headers.has('X-Shopify-Retry-Invalid-Session-Request');
    const answer = retry ? await send(again) : first;
    const elsewhere = answer.headers.get('X-Shopify-API-Request-Failure-Reauthorize-Url');
    if (elsewhere !== null) location.assign(new URL(elsewhere, location.href));
    return answer;
  };
}

/** On the bounce page: goes where it asks for, with a fresh token. */
async function bounce(idToken: () => Promise<string>) {
  const wanted = new URLSearchParams(location.search).get('shopify-reload');
  if (wanted === null) return;
  const target = new URL(wanted, location.href);
  if (target.origin !== location.origin) return;
  target.searchParams.set('id_token', await idToken());
  location.replace(target);
}

/** Lets the framing page show the app's menu and lead through it, and know where the app stands. */
function shareMenu(line: ReturnType<typeof openLine>) {
  const links = () => [...document.querySelectorAll<HTMLAnchorElement>('ui-nav-menu a')];
  const pathOf = (link: HTMLAnchorElement) => new URL(link.href, location.href).pathname;
  const tell = () => {
    const entries = links()
      .filter((link) => link.rel !== 'home')
      .map((link) => ({ path: pathOf(link), label: link.textContent }));
    line.say('menu', { entries, path: location.pathname });
  };
  // As if the person came back to the page: what shows the newest state then, shows it now.
  line.on('look', () => document.dispatchEvent(new Event('visibilitychange')));
  line.on('go', ({ path }) => {
    const link = links().find((one) => pathOf(one) === path);
    link?.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true, cancelable: true }));
  });
  let told = '';
  const look = () => {
    const now = `${location.pathname}\n${links()
      .map((link) => `${link.href} ${link.textContent}`)
      .join('\n')}`;
    if (now === told) return;
    told = now;
    tell();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  addEventListener('popstate', look);
  look();
}

/** The elements the app may use: a menu and a title bar that the admin shows, a save bar above the page and a dialog over it. */
function defineElements() {
  class Hidden extends HTMLElement {
    connectedCallback() {
      this.style.display = 'none';
    }
  }
  class SaveBar extends HTMLElement {
    connectedCallback() {
      this.style.cssText =
        'position:fixed;inset:0 0 auto;z-index:550;padding:.5rem 1rem;background:#303030;text-align:right';
      this.hidden = true;
    }
    show() {
      this.hidden = false;
      this.dispatchEvent(new Event('show'));
      return Promise.resolve();
    }
    hide() {
      this.hidden = true;
      this.dispatchEvent(new Event('hide'));
      return Promise.resolve();
    }
    toggle() {
      return this.hidden ? this.show() : this.hide();
    }
  }
  // What is inside goes into `content`, which stands in a window over the page while it is shown.
  class Dialog extends HTMLElement {
    readonly content = document.createElement('div');
    readonly #frame = document.createElement('div');
    #opener: Element | null = null;
    readonly #onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') void this.hide();
    };
    connectedCallback() {
      this.style.display = 'none';
    }
    disconnectedCallback() {
      document.removeEventListener('keydown', this.#onKey);
      this.#frame.remove();
    }
    show() {
      if (this.#frame.isConnected) return Promise.resolve();
      const title = this.querySelector('ui-title-bar')?.getAttribute('title') ?? '';
      const heading = Object.assign(document.createElement('h2'), { textContent: title, tabIndex: -1 });
      const close = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' });
      const [bar, box] = [document.createElement('div'), document.createElement('div')];
      heading.style.cssText = 'font-size:1rem;font-weight:600;outline:none';
      close.style.cssText = 'border:0;background:none;font-size:1.25rem;cursor:pointer';
      close.setAttribute('aria-label', 'Close');
      close.addEventListener('click', () => void this.hide());
      bar.style.cssText =
        'display:flex;justify-content:space-between;gap:1rem;padding:.75rem 1rem;background:#f3f3f3';
      box.style.cssText =
        'background:#fff;border-radius:.75rem;overflow:auto;width:min(38rem,100%);max-height:100%;box-shadow:0 8px 32px #0006';
      this.#frame.style.cssText =
        'position:fixed;inset:0;z-index:600;background:#0008;display:grid;place-items:center;padding:min(2rem,4vw)';
      box.setAttribute('role', 'dialog');
      box.setAttribute('aria-modal', 'true');
      box.setAttribute('aria-label', title);
      bar.append(heading, close);
      box.append(bar, this.content);
      this.#frame.replaceChildren(box);
      document.addEventListener('keydown', this.#onKey);
      this.#opener = document.activeElement;
      document.body.append(this.#frame);
      heading.focus();
      this.dispatchEvent(new Event('show'));
      return Promise.resolve();
    }
    hide() {
      if (!this.#frame.isConnected) return Promise.resolve();
      document.removeEventListener('keydown', this.#onKey);
      this.#frame.remove();
      if (this.#opener instanceof HTMLElement) this.#opener.focus();
      this.dispatchEvent(new Event('hide'));
      return Promise.resolve();
    }
    toggle() {
      return this.#frame.isConnected ? this.hide() : this.show();
    }
  }
  customElements.define('ui-nav-menu', class extends Hidden {});
  customElements.define('ui-title-bar', class extends Hidden {});
  customElements.define('ui-save-bar', SaveBar);
  customElements.define('ui-modal', Dialog);
}

/** Starts the stand-in: everything the app finds in `window.shopify`. */
function startBridge() {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || parent === window) return;
  const line = openLine(new URL(script.src).origin);
  const query = new URLSearchParams(location.search);
  const idToken = async () => String(await line.ask('token'));
  const element = (id: string) =>
    document.getElementById(id) as
      (HTMLElement & Record<'show' | 'hide' | 'toggle', () => Promise<void>>) | null;
  const act = (what: 'show' | 'hide' | 'toggle') => (id: string) =>
    element(id)?.[what]() ?? Promise.resolve();
  const shown = { show: act('show'), hide: act('hide'), toggle: act('toggle') };
  let toasts = 0;
  let onAction: (() => void) | undefined;
  line.on('toast-action', () => {
    onAction?.();
  });
  Object.assign(window, {
    shopify: {
      config: {
        apiKey: script.dataset['apiKey'] ?? '',
        host: query.get('host') ?? '',
        shop: query.get('shop') ?? '',
        locale: query.get('locale') ?? 'en',
      },
      environment: { embedded: true, mobile: false, pos: false },
      ready: Promise.resolve(),
      idToken,
      loading: (on = true) => {
        line.say('loading', { on });
      },
      toast: {
        show: (text: string, options: { isError?: boolean; action?: string; onAction?: () => void } = {}) => {
          toasts += 1;
          ({ onAction } = options);
          line.say('toast', { text, isError: options.isError === true, action: options.action });
          return String(toasts);
        },
        hide: () => {
          line.say('toast', { text: '' });
        },
      },
      saveBar: { ...shown, leaveConfirmation: () => Promise.resolve() },
      modal: shown,
      resourcePicker: () => Promise.reject(new Error('The stand-in has no resource picker.')),
    },
  });
  defineElements();
  sendTokens(idToken);
  void bounce(idToken);
  shareMenu(line);
}

/** The script that stands in for Shopify's App Bridge. */
export const appBridgeScript = scriptOf(
  [openLine, sendTokens, bounce, shareMenu, defineElements],
  startBridge,
);
