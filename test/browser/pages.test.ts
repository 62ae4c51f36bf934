import type { Frame } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Texts } from '../../app/locales/completed.ts';
import { textsIn } from '../../app/ui/all-texts.server.ts';
import { languages, type Language } from '../../app/ui/languages.ts';
import { sectionUrl, settingsSections } from '../../app/ui/settings-sections.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin, type AdminPage } from './admin-page.ts';
import { extensionPages } from './extension-pages.ts';
import { extensionFrame, lead } from './tour.ts';

const world = runningWorld({ web: true });
const { concord, variants } = dealings(world);
const id = '143-0000000-0000001';
const asked = '143-0000000-0000002';

/** What a reader sees of the page in the frame, how far it is wider than the frame, and controls without a name. */
interface Seen {
  readonly language: string;
  readonly text: string;
  readonly over: number;
  readonly unnamed: readonly string[];
}

const plain = (texts: Texts): string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : plain(text)));
const spoken = (language: Language): string[] =>
  plain(textsIn(language).getResourceBundle(language, 'translation') as Texts);

/** English texts, too long to be part of others (single words may be the same in several languages), that are said otherwise in the language. */
function foreignTo(language: Language): string[] {
  const own = new Set(spoken(language));
  return spoken('en').filter(
    (text) => text.length >= 12 && text.includes(' ') && !text.includes('{') && !own.has(text),
  );
}

/** A page of the app and the text in its heading. */
const pages = [
  ['/app', 'app.name'],
  ['/app/requests', 'requests.title'],
  ['/app/orders', 'orders.title'],
  ['/app/problems', 'problems.title'],
  ['/app/reports', 'reports.title'],
  ['/app/settings', 'settings.title'],
] as const;

/** Pages that the menu does not name. */
const others = [
  ['/app/accounts', 'accounts.title'],
  ['/app/backfill', 'older.title'],
  ['/app/practice', 'practice.title'],
  ['/app/reports/cancellation-rate', 'reports.rate.cancels'],
  ['/app/reports/reasons', 'reports.reasons.whyTitle'],
  ['/app/orders', 'orders.title'],
] as const;

/** What Shopify's admin calls a language. */
const localeOf = (language: Language) => (language === 'zh-Hant' ? 'zh-TW' : language);

function walkIn(admin: AdminPage, language: Language) {
  const { page, app } = admin;
  const { t } = textsIn(language);
  const foreign = foreignTo(language);
  const frame = () => {
    const found = page.frames().find((each) => each.url().startsWith(world.sandbox.app));
    if (!found) throw new Error('The app is not framed.');
    return found;
  };
  const see = (of: Frame = frame()): Promise<Seen> =>
    of.evaluate(() => {
      const root = document.documentElement;
      const named = (one: Element) =>
        (one.getAttribute('aria-label') ?? one.textContent).trim() !== '' ||
        one.hasAttribute('aria-labelledby');
      const controls = [...document.querySelectorAll('button, a[href]')];
      const fields = [...document.querySelectorAll<HTMLInputElement>('input, select, textarea')];
      return {
        language: root.lang,
        text: document.body.innerText,
        over: root.scrollWidth - root.clientWidth,
        unnamed: [
          ...controls.filter((one) => !named(one)),
          ...fields.filter(
            (one) => one.labels?.length === 0 && !one.hasAttribute('aria-label') && one.type !== 'hidden',
          ),
        ].map((one) => one.outerHTML.slice(0, 200)),
      };
    });
  const check = (seen: Seen, name: string, locale: string) => {
    const { text } = seen;
    expect(seen.language, name).toBe(locale);
    expect(seen.over, name).toBeLessThanOrEqual(0);
    expect(seen.unnamed, name).toEqual([]);
    // A key that has no text, or a parameter that was not filled in.
    expect(
      text.match(/\b(?!amazon\.)(?:[a-z]+[A-Za-z]*\.){2,}[a-z]+[A-Za-z]*\b|\{[a-z]+[^}]*\}/g) ?? [],
      name,
    ).toEqual([]);
    expect(
      foreign.filter((each) => text.includes(each)),
      name,
    ).toEqual([]);
  };
  const heading = (name: string) => app.getByRole('heading', { name, exact: true }).first();
  /** A page that is just loading anew, or whose script has not come yet, does not hear of it the first time. */
  const reach = async (key: string, follow: () => Promise<void>) => {
    await follow();
    await heading(t(key))
      .waitFor({ timeout: 1_500 })
      .catch(async () => {
        await follow();
        await heading(t(key)).waitFor();
      });
  };
  return {
    t,
    frame,
    heading,
    button: (name: string) => app.getByRole('button', { name }).first(),
    /** Opens the admin of a staff member who speaks the language, on a phone. */
    open: async () => {
      await page.goto(`${world.sandbox.admin}/?locale=${localeOf(language)}`);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll<HTMLIFrameElement>('#app')) each.style.width = '360px';
      });
      await heading(t('app.name')).waitFor();
    },
    /** Follows an entry of the app's menu. */
    goTo: async (path: string, key: string) => {
      await reach(key, () =>
        page.evaluate((to) => {
          for (const each of document.querySelectorAll<HTMLIFrameElement>('#app'))
            each.contentWindow?.postMessage({ concord: 'go', path: to }, '*');
        }, path),
      );
    },
    /** Follows a link of the app's own. */
    follow: (path: string, key: string) => reach(key, () => lead(frame(), path)),
    fits: async (place: string) => {
      // The frame may just be loading anew, as the admin does with a fresh token.
      const seen = await see().catch(async () => {
        await app.getByRole('heading').first().waitFor();
        return see();
      });
      check(seen, `${place} in ${language}`, language);
    },
    /** What stands on Shopify's page of an order, and the window that opens there. */
    fitsOnShopify: async (name: string) => {
      const { openOrder, block, action, press } = extensionPages(admin);
      const fits = async (handle: string) => {
        const of = extensionFrame(admin, handle);
        await (
          await of.frameElement()
        ).evaluate((one) => {
          if (one instanceof HTMLElement) one.style.width = '360px';
        });
        check(await see(of), `${handle} in ${language}`, localeOf(language));
      };
      await openOrder(name);
      await block.getByText(t('extension.more')).waitFor();
      await fits('amazon-order-block');
      await press('Concord…');
      await action.getByLabel(t('dialog.cancel.amount')).waitFor();
      await fits('amazon-order-action');
    },
  };
}

it.skipIf(!hasBrowser)(
  'PRO-4: every page fits a phone of 360 px in every language, says all in its words, and names every control',
  async () => {
    await variants();
    // The cancellation rate counts the orders of a week.
    const createdTime = `${new Date(world.sandbox.world.clock.now()).toISOString().slice(0, 19)}Z`;
    for (const each of [id, asked]) await world.place(amazonOrder(each, { createdTime }));
    await world.settle();
    for (const order of [id, asked])
      await world.control('POST', `/amazon/orders/${order}/request-cancel`, {
        reason: `Too late ${'verylongword'.repeat(30)} <b>bold</b>`,
      });
    await world.settle();
    await world.control('POST', '/faults', {
      service: 'amazon',
      match: {},
      kind: 'reject-message',
      times: 1,
    });
    await concord('approve', id);
    await world.settle(true);
    // As after an order report without its cancellation column.
    await world.database.owner(
      `insert into problem (shop, kind, subject, tone, since, open_key) select shop, 'column_off', seller_id, 'attention', now(), 'column' from seller`,
    );
    // As in a shop that is still being set up.
    await world.database.owner("update shop set guide = '{}'");
    const name = (await world.order(asked))?.name ?? '';
    await withAdmin(world.sandbox.admin, async (admin) => {
      const { app, page, troubles } = admin;
      for (const language of languages) {
        const { t, frame, heading, button, open, goTo, follow, fits, fitsOnShopify } = walkIn(
          admin,
          language,
        );
        await open();
        await app.getByRole('img', { name: /amazon\.com.* 2[.,]5\s%$/ }).waitFor();
        for (const [path, key] of pages) {
          await goTo(path, key);
          await fits(path);
        }
        for (const section of settingsSections) {
          await follow(sectionUrl(section), `settings.section.${section}.title`);
          await fits(`settings of ${section}`);
        }
        await goTo('/app/problems', 'problems.title');
        await button(t('settle.openFor', { title: '' }).trim()).click();
        await app.getByText(t('settle.what')).waitFor();
        await fits('settling');
        await page.keyboard.press('Escape');
        await app.getByRole('tab', { name: t('problems.tab.solved') }).click();
        await app.getByText(t('problems.solvedEmpty.title')).waitFor();
        await fits('solved');
        await app.getByRole('tab', { name: t('problems.tab.quarantine') }).click();
        await heading(t('quarantine.title')).waitFor();
        await fits('quarantine');
        await goTo('/app/orders', 'orders.title');
        await app.getByRole('link', { name: id }).click();
        await heading(t('order.packages')).waitFor();
        await fits('order');
        // Documents that are asked for without the admin's own words in their address.
        for (const [path, key] of others) {
          await frame().evaluate((to) => {
            location.href = to;
          }, path);
          await heading(t(key)).waitFor();
          await fits(`${path} loaded anew`);
        }
        // What the server wrote and what the browser made of it differ: that is told once the page's script has come.
        await goTo('/app/settings', 'settings.title');
        await fitsOnShopify(name);
        expect(troubles, language).toEqual([]);
      }
    });
  },
  // Eight languages on ten pages each take their time beside other work.
  180_000,
);
