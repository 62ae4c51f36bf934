import type { Frame } from 'playwright-core';
import { lines, marketplaces } from '../../app/sandbox/story/catalogue.ts';
import { makeOrder } from '../../app/sandbox/story/make-order.ts';
import type { AdminPage } from './admin-page.ts';
import { askRoute } from './admin-page.ts';
import { settlementFile } from '../samples/settlement.ts';
import { extensionPages } from './extension-pages.ts';

/** Where a tour is made; addresses have no trailing slash. */
export interface TourPlace {
  readonly admin: string;
  readonly app: string;
  readonly control: string;
  readonly shop: string;
}

/** A page or dialog of the app, as a merchant sees it. */
export interface Stop {
  readonly name: string;
  /** Leads there from anywhere. */
  readonly go: (admin: AdminPage, place: TourPlace) => Promise<void>;
}

const { us, de, jp } = marketplaces;
const hour = 3_600_000;
const order = {
  asked: '111-7391026-4482001',
  refused: '111-5520913-9174602',
  partly: '303-2284175-0093703',
  shipped: '111-6647201-3318904',
  undoing: '250-1180437-5529805',
  dropped: '111-9027364-7745606',
} as const;
const placed = [
  [order.asked, us, [lines.blueMug, lines.redMug], 30],
  [order.refused, us, [lines.teapot], 52],
  [order.partly, de, [lines.redMug, lines.teapot], 20],
  [order.shipped, us, [lines.twoBlueMugs], 70],
  [order.undoing, jp, [lines.teapotForYen], 12],
  [order.dropped, us, [lines.gift], 16],
] as const;

async function call({ control }: TourPlace, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(control + path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${text.slice(0, 300)}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function approve(place: TourPlace, id: string): Promise<void> {
  const wish = {
    ...{ intent: 'cancel', preview: false, amount: 'full', reason: null },
    ...{ restock: null, free: false, version: null },
  };
  const answer = await askRoute(place, 'app.orders.$order.decide', `/app/orders/${id}/decide`, {
    body: JSON.stringify(wish),
  });
  const said = await answer.text();
  if (!said.includes('"ok":true')) throw new Error(`${id} was not approved: ${said.slice(0, 300)}`);
}

/**
 * Lets some of everything happen in a sandbox that shows its story: requests of both kinds, a cancel that Amazon refused, one
 * that rests for its undo time, a parcel, a refund made on Amazon, and a cancel that is kept back.
 */
export async function furnish(place: TourPlace): Promise<void> {
  const settle = (untilIdle = false) => call(place, '/settle', { untilIdle, timeoutMs: 120_000 });
  const now = Number((await call(place, '/clock', undefined))['now']);
  await call(
    place,
    '/amazon/orders',
    placed.map(([id, marketplace, ordered, age]) =>
      makeOrder({ id, marketplace, lines: ordered, status: 'UNSHIPPED', placedAt: now - age * hour }),
    ),
  );
  await settle();
  await call(place, `/amazon/orders/${order.shipped}/ship`, {
    carrier: 'UPS',
    trackingNumber: '1Z999AA10123456784',
  });
  await call(place, `/amazon/orders/${order.refused}/request-cancel`, {
    reason: 'Found it cheaper elsewhere',
  });
  await settle();
  await call(place, '/faults', { service: 'amazon', match: {}, kind: 'reject-message', times: 1 });
  await approve(place, order.refused);
  await settle(true);
  await call(place, `/amazon/orders/${order.asked}/request-cancel`, { reason: 'Ordered by mistake 😀 <b>' });
  await call(place, `/amazon/orders/${order.partly}/request-cancel`, { reason: 'Lieferung dauert zu lange' });
  await call(place, `/amazon/orders/${order.undoing}/request-cancel`, { reason: '間違えて注文しました' });
  await settle();
  await approve(place, order.undoing);
  const practise = (body: object) =>
    askRoute(place, 'app.practice._index', '/app/practice?index', { body: JSON.stringify(body) });
  await practise({ deed: 'place', order: null });
  await practise({ deed: 'ask', order: '000-0000000-0000001' });
}

/** The document in which the app runs. */
export function frameOf({ page }: AdminPage, { app }: TourPlace): Frame {
  const found = page.frames().find((each) => each.url().startsWith(app));
  if (!found) throw new Error('The app is not framed.');
  return found;
}

/** The app's own router, as Remix leaves it to a page's script. */
interface WithRouter {
  readonly __remixRouter?: {
    readonly navigate: (to: string) => Promise<void>;
    readonly state: { readonly initialized: boolean; readonly navigation: { readonly state: string } };
  };
}

/** Leads the app to a page of its own, as its links do. */
export async function lead(frame: Frame, path: string): Promise<void> {
  await settled(frame);
  await frame.evaluate((to) => (globalThis as WithRouter).__remixRouter?.navigate(to), path);
}

/** Waits until the app's page is the browser's own and on its way nowhere. */
export const settled = (frame: Frame) =>
  frame.waitForFunction(() => {
    const state = (globalThis as WithRouter).__remixRouter?.state;
    return state?.initialized === true && state.navigation.state === 'idle';
  });

/** Leads to a page of the app by its address, as a link does, and waits for its heading. */
const at =
  (path: string, heading: string) =>
  async (admin: AdminPage, place: TourPlace): Promise<void> => {
    await lead(frameOf(admin, place), path);
    await admin.app.getByRole('heading', { name: heading }).first().waitFor();
    await admin.page.waitForLoadState('networkidle');
  };

const pageOf = (id: string) => `/app/orders/${id}`;

const sku = 'MUG-BLUE';
const settlement = settlementFile('46.03', [
  { type: 'Order', order: order.shipped, kind: 'ItemPrice', what: 'Principal', amount: '29.90', sku },
  { type: 'Order', order: order.shipped, kind: 'ItemPrice', what: 'Tax', amount: '2.62', sku },
  { type: 'Order', order: order.shipped, kind: 'ItemFees', what: 'Commission', amount: '-4.49', sku },
  { type: 'Order', order: '701-0000009-0000009', kind: 'ItemPrice', what: 'Principal', amount: '19.00', sku },
  { type: 'other-transaction', kind: 'other-transaction', what: 'Shipping label', amount: '-1.00' },
]);

/** Takes a settlement in by hand; the same one twice changes nothing. */
async function takeSettlement(admin: AdminPage, place: TourPlace): Promise<void> {
  await at('/app/reports/files', 'Reports')(admin, place);
  const file = { name: 'settlement.txt', mimeType: 'text/plain', buffer: Buffer.from(settlement) };
  await frameOf(admin, place).setInputFiles('input[type=file]', file);
  const { app } = admin;
  await app.getByText('rows new or changed').or(app.getByText('Nothing was doubled')).first().waitFor();
}

/** Every page and the dialogs on which something is decided, in the order in which a merchant meets them. */
export const stops: readonly Stop[] = [
  { name: 'home', go: at('/app', 'Concord') },
  { name: 'requests', go: at('/app/requests', 'Requests') },
  {
    name: 'approve',
    go: async (admin, place) => {
      await at('/app/requests', 'Requests')(admin, place);
      await admin.app.getByRole('button', { name: `Approve the cancellation of ${order.asked}` }).click();
      await admin.app
        .getByText(/^On Amazon: /)
        .first()
        .waitFor();
    },
  },
  { name: 'message', go: at('/app/requests/new', 'Record a message request') },
  { name: 'orders', go: at('/app/orders', 'Orders') },
  { name: 'order', go: at(pageOf(order.asked), order.asked) },
  { name: 'evidence', go: at(`${pageOf(order.shipped)}/evidence`, 'Evidence') },
  { name: 'problems', go: at('/app/problems', 'Problems') },
  {
    name: 'settle',
    go: async (admin, place) => {
      await at('/app/problems', 'Problems')(admin, place);
      await admin.app
        .getByRole('button', { name: /^Settle: / })
        .first()
        .click();
      await admin.app.getByText('What should happen?').waitFor();
    },
  },
  { name: 'quarantine', go: at('/app/quarantine', 'Quarantine') },
  { name: 'report-consistency', go: at('/app/reports/consistency', 'Reports') },
  { name: 'report-ledger', go: at('/app/reports/ledger', 'Reports') },
  { name: 'report-files', go: takeSettlement },
  { name: 'report-settlements', go: at('/app/reports/settlements', 'Reports') },
  {
    name: 'report-rate',
    go: at('/app/reports/cancellation-rate', 'Cancelled orders made in this time'),
  },
  { name: 'report-reasons', go: at('/app/reports/reasons', 'Why buyers ask to cancel') },
  { name: 'settings', go: at('/app/settings', 'Settings') },
  { name: 'settings-cancelling', go: at('/app/settings?section=cancelling', 'Cancelling') },
  { name: 'settings-automation', go: at('/app/settings?section=automation', 'Automation') },
  { name: 'settings-notices', go: at('/app/settings?section=notices', 'Notices') },
  { name: 'products', go: at('/app/settings/products', 'Products') },
  { name: 'upload', go: at('/app/settings/products/upload', 'SKU') },
  { name: 'accounts', go: at('/app/accounts', 'Amazon accounts') },
  { name: 'connect', go: at('/app/connect', 'Connect') },
  { name: 'older', go: at('/app/backfill', 'Older orders') },
  { name: 'practice', go: at('/app/practice', 'Practice') },
  { name: 'practice-order', go: at('/app/practice/000-0000000-0000001', '000-0000000-0000001') },
];

/** A place on Shopify's own pages where the app stands. */
export interface ShopifyStop {
  readonly name: string;
  /** Leads there from anywhere; gives the document that is the app's. */
  readonly go: (admin: AdminPage) => Promise<Frame>;
}

/** The frame in which an extension runs. */
export function extensionFrame({ page }: AdminPage, handle: string): Frame {
  const found = page.frames().find((each) => each.url().includes(`/extension-frame?handle=${handle}&`));
  if (!found) throw new Error(`${handle} is not framed.`);
  return found;
}

/** Closes what is open, and shows the list with an order on it whose buyer asked to cancel. */
async function askedRow(admin: AdminPage) {
  await admin.page.evaluate(() => {
    document.querySelector<HTMLDialogElement>('#extension-window')?.close();
  });
  await extensionPages(admin).openOrders();
  const row = admin.page.locator('#shopify-page tr', { hasText: 'amazon-cancel-requested' }).first();
  await row.waitFor();
  return row;
}

async function showBlock(admin: AdminPage): Promise<Frame> {
  await (await askedRow(admin)).locator('button.link').click();
  await extensionPages(admin)
    .block.getByRole('button', { name: /^Look again at / })
    .waitFor();
  return extensionFrame(admin, 'amazon-order-block');
}

/** Every place where the app stands on Shopify's pages. */
export const shopifyStops: readonly ShopifyStop[] = [
  { name: 'block', go: showBlock },
  {
    name: 'action',
    go: async (admin) => {
      await showBlock(admin);
      const { press, action } = extensionPages(admin);
      await press('Concord…');
      await action.getByText(/^On Amazon: /).waitFor();
      return extensionFrame(admin, 'amazon-order-action');
    },
  },
  {
    name: 'selection',
    go: async (admin) => {
      await (await askedRow(admin)).getByRole('checkbox').check();
      const { press, action } = extensionPages(admin);
      await press('Concord…');
      await action.getByRole('button', { name: 'See what happens' }).click();
      await action.getByRole('button', { name: /^Approve \d+$/ }).waitFor();
      return extensionFrame(admin, 'amazon-orders-selection');
    },
  },
  {
    name: 'sheet',
    go: async (admin) => {
      await (await askedRow(admin)).getByRole('checkbox').check();
      const { press, sheet } = extensionPages(admin);
      await press('Print with Concord…');
      await sheet.locator('section').first().waitFor();
      const [page] = extensionFrame(admin, 'amazon-pack-sheets').childFrames();
      if (!page) throw new Error('There is no sheet.');
      return page;
    },
  },
];
