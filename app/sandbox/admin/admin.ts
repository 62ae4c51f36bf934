import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { appCredentials, type Origins } from '../app-environment.ts';
import type { Control } from '../control/control.ts';
import { Refusal } from '../control/refusal.ts';
import { pretendVersion } from '../shopify/schema.ts';
import { signSessionToken } from '../shopify/session-token.ts';
import { amazonOf, shopifyOf, type ShopOfWorld, shopOf, type World } from '../world.ts';
import { appBridgeScript } from './app-bridge.ts';
import { extensionBundle, extensionFrame, extensionHostScript, extensionStyle } from './extension-host.ts';
import { Html } from './html.ts';
import { adminPage } from './page.ts';
import { pageScript } from './page-script.ts';
import { orderOfPreset } from './presets.ts';
import { sellerCentral } from './seller-central.ts';
import { orderPage, ordersPage, productsPage } from './shopify-pages.ts';
import { strip } from './strip.ts';

const staffUser = '9021001';
const style = readFileSync(path.join(import.meta.dirname, 'admin.css'), 'utf8');

interface Answer {
  readonly type: string;
  readonly text: string;
}

const asHtml = ({ text }: Html): Answer => ({ type: 'text/html', text });
const asScript = (text: string): Answer => ({ type: 'text/javascript', text });
const asJson = (value: unknown): Answer => ({ type: 'application/json', text: JSON.stringify(value) });

/** A part of the page by its name; null where there is none. */
function partOf(world: World, name: string, { domain, sellerId }: ShopOfWorld, id: string): Html | null {
  switch (name) {
    case 'orders':
      return ordersPage(shopifyOf(world), domain);
    case 'order':
      return orderPage(shopifyOf(world), domain, id);
    case 'products':
      return productsPage(shopifyOf(world), domain);
    case 'seller-central':
      return sellerCentral(amazonOf(world), sellerId);
    case 'strip':
      return strip(world);
    default:
      return null;
  }
}

const appHome = '/app';
const storePath = /^\/store\/([a-z0-9-]+)\/apps\/[\w-]+(\/.*)?$/;

/** The page of the app that an address of the admin means, as Shopify's own does: `/store/{store}/apps/{app}/{path}`. */
function appPathOf(url: URL): string {
  const path = storePath.exec(url.pathname)?.[2];
  return path === undefined ? appHome : path + url.search;
}

/** The shop that an address of the admin is about. */
function shopAt(world: World, url: URL): ShopOfWorld {
  const store = storePath.exec(url.pathname)?.[1];
  const query =
    store === undefined ? url.searchParams : new URLSearchParams({ shop: `${store}.myshopify.com` });
  return shopOf(world, query);
}

/** Where somebody goes who has not said which store: to its page in the only one, or the first, as whoever is signed in. */
function redirectOf(world: World, url: URL): string | null {
  const path = url.searchParams.get('redirect');
  if (url.pathname !== '/' || path === null || !/^\/[\w-]/.test(path)) return null;
  return `/store/${shopAt(world, url).domain.replace('.myshopify.com', '')}${path}`;
}

function answerOf(world: World, origins: Origins, url: URL): Answer | null {
  const shop = shopAt(world, url);
  const [, first = '', second = ''] = url.pathname.split('/');
  switch (first) {
    case '':
    case 'store':
      return asHtml(adminPage(shop.domain, appPathOf(url), origins.amazon));
    case 'admin.css':
      return { type: 'text/css', text: style };
    case 'page.js':
      return asScript(
        pageScript({
          shop: shop.domain,
          appOrigin: origins.app,
          at: url.searchParams.get('at') ?? appHome,
        }),
      );
    case 'app-bridge.js':
      return asScript(appBridgeScript);
    case 'extension-frame':
      return asHtml(extensionFrame(url.searchParams));
    case 'extension.css':
      return { type: 'text/css', text: extensionStyle };
    case 'extension-host.js': {
      const script = extensionHostScript(url.searchParams, shop.domain, origins.app);
      return script === null ? null : asScript(script);
    }
    case 'extension-bundle': {
      const script = extensionBundle(second);
      return script === null ? null : asScript(script);
    }
    case 'session-token':
      return asJson({
        token: signSessionToken(shop.domain, appCredentials.shopify, staffUser, world.clock.now()),
      });
    case 'part': {
      const part = partOf(world, second, shop, url.searchParams.get('id') ?? '');
      return part && asHtml(part);
    }
    case 'preset': {
      const order = orderOfPreset(second, world.clock.now());
      return order && asJson(order);
    }
    default:
      return null;
  }
}

/** Everything comes from here but the app in its frame, and what extensions ask of it; nobody else may frame or read it. */
function headersOf(origins: Origins, type: string): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'self'; img-src 'self' data:; connect-src 'self' ${origins.app}; style-src 'self' 'unsafe-inline'; frame-src 'self' ${origins.app}; frame-ancestors 'self'`,
  };
}

/**
 * The pretend Shopify admin with the pretend Seller Central beside it. What its buttons do goes through the control
 * interface, which it passes on under `/control` for its own page only.
 */
export function createAdmin(
  world: World,
  origins: Origins,
  control: Control,
): { handle(request: IncomingMessage, response: ServerResponse): void } {
  // As the shop's own staff, who may do everything.
  const askShopify = (request: IncomingMessage, response: ServerResponse, url: URL) => {
    request.url = `/admin/api/${pretendVersion}/graphql.json`;
    request.headers['x-shopify-access-token'] = 'staff';
    request.headers['x-shopify-shop-domain'] = shopOf(world, url.searchParams).domain;
    shopifyOf(world).handle(request, response);
  };
  const passOn = (request: IncomingMessage, response: ServerResponse) => {
    request.url = (request.url ?? '').slice('/control'.length);
    control.handle(request, response);
  };
  return {
    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://admin');
      // Another site's page can send neither JSON nor this header's value without asking first.
      const own = request.headers['content-type']?.startsWith('application/json') === true;
      if (url.pathname.startsWith('/control/') && request.method === 'POST' && own) {
        passOn(request, response);
        return;
      }
      try {
        if (url.pathname === '/shopify-admin' && request.method === 'POST' && own) {
          askShopify(request, response, url);
          return;
        }
        const elsewhere = redirectOf(world, url);
        if (elsewhere !== null) {
          response.writeHead(302, { location: elsewhere });
          response.end();
          return;
        }
        const answer = request.method === 'GET' ? answerOf(world, origins, url) : null;
        response.writeHead(answer ? 200 : 404, headersOf(origins, answer?.type ?? 'text/plain'));
        response.end(answer?.text ?? 'There is no such page.');
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        response.writeHead(error.status, headersOf(origins, 'text/html'));
        response.end(new Html('').text);
      }
    },
  };
}
