import { existsSync } from 'node:fs';
import { chromium, type FrameLocator, type Page } from 'playwright-core';

const browserPath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run'.split(
    ' ',
  );

/** What a browser of today says it is: the app answers robots otherwise. */
export const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** Whether there is a browser to test with; `apt-get install chromium` brings one. */
export const hasBrowser = existsSync(browserPath);

/** The pretend admin in a browser, the app framed in it, and what went wrong on the page. */
export interface AdminPage {
  readonly page: Page;
  readonly app: FrameLocator;
  readonly troubles: readonly string[];
  /** Goes to an entry of the app's menu. */
  readonly goTo: (entry: string) => Promise<void>;
  /** Opens a section of the settings. */
  readonly section: (name: string) => Promise<void>;
  /** Lets the app show the newest state, as when a person comes back to it. */
  readonly look: () => Promise<void>;
}

/** Waits until React answers the framed page: before, a click on what the server sent is lost. */
async function answering(page: Page): Promise<void> {
  const frame = await (await page.waitForSelector('#app')).contentFrame();
  await frame?.waitForFunction(() =>
    Object.keys(document.body).some((key) => key.startsWith('__reactProps$')),
  );
}

/** Opens the pretend admin at `address` in a browser of its own, for as long as `work` takes. */
export async function withAdmin(
  address: string,
  work: (admin: AdminPage) => Promise<void>,
  viewport = { width: 1600, height: 900 },
): Promise<void> {
  const browser = await chromium.launch({ executablePath: browserPath, args: flags });
  try {
    const page = await browser.newPage({ userAgent: agent, viewport });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    // A page that has to ask for a route may lose it (vite.config.ts).
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/__manifest') troubles.push(`${request.url()} was asked for`);
    });
    page.on('dialog', (dialog) => {
      troubles.push(dialog.message());
      void dialog.dismiss(); // Nothing waits for it: that there was one is the trouble.
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await answering(page);
    const app = page.frameLocator('#app');
    await work({
      page,
      app,
      troubles,
      goTo: async (entry) => {
        await page.locator('#app-menu button', { hasText: entry }).click();
        await page.locator('#app-menu button[data-current]', { hasText: entry }).waitFor();
        await answering(page);
      },
      section: async (name) => {
        const sections = app.getByRole('navigation', { name: 'Sections' });
        await sections.getByRole('link', { name }).click();
        await app.getByRole('heading', { name, exact: true }).waitFor();
      },
      look: () =>
        page.evaluate(() => {
          for (const frame of document.querySelectorAll<HTMLIFrameElement>('#app'))
            frame.contentWindow?.postMessage({ concord: 'look' }, '*');
        }),
    });
  } finally {
    await browser.close();
  }
}

/** Lets no answer to a decision or its preview come until what is handed back is called. */
export async function heldDecisions(page: Page): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<undefined>();
  const isDecision = (url: URL) => url.pathname.endsWith('/decide');
  await page.route(isDecision, async (route) => {
    await held.promise;
    await route.continue();
  });
  return async () => {
    held.resolve(undefined);
    await page.unroute(isDecision);
  };
}

/**
 * Asks a route of the app (by its file's name) as the app's own script does, with a session token of the pretend admin or another
 * one; with a body it is a POST.
 */
export async function askRoute(
  sandbox: { readonly admin: string; readonly app: string; readonly shop: string },
  route: string,
  path: string,
  { body, token }: { readonly body?: string | undefined; readonly token?: string | undefined } = {},
): Promise<Response> {
  const answer = await fetch(`${sandbox.admin}/session-token?shop=${sandbox.shop}`);
  const own = ((await answer.json()) as { token: string }).token;
  const url = new URL(path, sandbox.app);
  url.searchParams.set('_data', `routes/${route}`);
  return fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'user-agent': agent,
      'content-type': 'application/json',
      authorization: `Bearer ${token ?? own}`,
    },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
}
