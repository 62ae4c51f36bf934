import { extensionFrames } from './extension-frames.ts';
import { html, type Html } from './html.ts';
import { orderDialogs } from './order-dialogs.ts';
import { presets } from './presets.ts';

function shopifyWindow(shop: string): Html {
  return html`<section class="window" id="shopify" data-view="app">
    <header><b>Shopify admin</b><span>${shop}</span></header>
    <div class="split">
      <nav aria-label="Shopify admin">
        <button data-view="orders">Orders</button>
        <button data-view="products">Products</button>
        <small>Apps</small>
        <button data-view="app">Concord</button>
      </nav>
      <main>
        <div id="shopify-page" hidden></div>
        ${extensionFrames}
        <div id="app-window">
          <div id="app-menu" role="navigation" aria-label="Concord"></div>
          <iframe id="app" title="Concord"></iframe>
        </div>
        <div id="toast" role="status" hidden></div>
      </main>
    </div>
  </section>`;
}

function sellerWindow(amazon: string): Html {
  return html`<section class="window" id="seller-central">
    <header>
      <b>Seller Central</b><span>pretend Amazon · <a href="${amazon}/apps/store">Appstore</a></span>
    </header>
    <div class="place">
      <span>Place an order:</span>
      ${Object.entries(presets).map(([name, { label }]) => html`<button data-place="${name}">${label}</button>`)}
    </div>
    <div id="seller"></div>
  </section>`;
}

const askDialog = html`<dialog id="ask" aria-labelledby="ask-title">
  <form method="dialog">
    <h2 id="ask-title"></h2>
    <label
      >What
      <select id="ask-lines"></select
    ></label>
    <label class="asking"
      >Reason <input id="ask-reason" maxlength="500" value="Ordered by mistake 😀 <b>"
    /></label>
    <label class="inline asking"
      ><input type="checkbox" id="ask-informal" /> Only by a message, not by Amazon's form</label
    >
    <div class="buttons"><button>Back</button><button id="ask-send" class="primary"></button></div>
  </form>
</dialog>`;

/** The page with the two windows, the app open at a path. It loads nothing from other hosts but the app's frame. */
export function adminPage(shop: string, appPath: string, amazon: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Concord sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/admin.css" />
      </head>
      <body>
        <div id="windows">${shopifyWindow(shop)} ${sellerWindow(amazon)}</div>
        <footer>
          <span id="strip"></span>
          <span id="said" role="status"></span>
          <button id="time" title="The clock jumps until nothing is left to happen">Let time pass</button>
        </footer>
        ${askDialog} ${orderDialogs}
        <script src="/page.js?${new URLSearchParams({ shop, at: appPath }).toString()}"></script>
      </body>
    </html>`;
}
