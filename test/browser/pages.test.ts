import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { concord, variants } = dealings(world);
const id = '143-0000000-0000001';

/** What a reader sees of the page in the frame, how far it is wider than the frame, and controls without a name. */
interface Seen {
  readonly text: string;
  readonly over: number;
  readonly unnamed: readonly string[];
}

it.skipIf(!hasBrowser)(
  'PRO-4: every page fits a phone of 360 px, says all in words, and names every control',
  async () => {
    await variants();
    await world.place(amazonOrder(id), amazonOrder('143-0000000-0000002'));
    await world.settle();
    for (const order of [id, '143-0000000-0000002'])
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
    // As in a shop that is still being set up.
    await world.database.owner("update shop set guide = '{}'");
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      await page.evaluate(() => {
        for (const frame of document.querySelectorAll('iframe')) frame.style.width = '360px';
      });
      const see = async (): Promise<Seen> => {
        const frame = page.frames().find((each) => each.url().startsWith(world.sandbox.app));
        if (!frame) throw new Error('The app is not framed.');
        return frame.evaluate(() => {
          const root = document.documentElement;
          const named = (one: Element) =>
            (one.getAttribute('aria-label') ?? one.textContent).trim() !== '' ||
            one.hasAttribute('aria-labelledby');
          const controls = [...document.querySelectorAll('button, a[href]')];
          const fields = [...document.querySelectorAll<HTMLInputElement>('input, select, textarea')];
          return {
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
      };
      const fits = async (name: string) => {
        // The frame may just be loading anew, as the admin does with a fresh token.
        const { text, over, unnamed } = await see().catch(async () => {
          await app.getByRole('heading').first().waitFor();
          return see();
        });
        expect(over, name).toBeLessThanOrEqual(0);
        expect(unnamed, name).toEqual([]);
        // A key that has no text, or a parameter that was not filled in.
        expect(
          text.match(/\b(?!amazon\.)(?:[a-z]+[A-Za-z]*\.){2,}[a-z]+[A-Za-z]*\b|\{[a-z]+[^}]*\}/g) ?? [],
          name,
        ).toEqual([]);
      };
      const pages = [
        ['Concord', 'Concord'],
        ['Requests', 'Requests'],
        ['Orders', 'Orders'],
        ['Problems', 'Problems'],
        ['Settings', 'Settings'],
      ] as const;
      for (const [entry, heading] of pages) {
        await goTo(entry);
        await app.getByRole('heading', { name: heading, exact: true }).first().waitFor();
        await fits(entry);
      }
      await goTo('Concord');
      await app.getByRole('img', { name: /^Cancellation rate on amazon\.com: .* limit 2\.5\s%$/ }).waitFor();
      await app.getByRole('link', { name: 'Manage accounts' }).click();
      await app.getByRole('heading', { name: 'Roles' }).waitFor();
      await app.getByRole('button', { name: 'Use my own Amazon app' }).click();
      await fits('accounts');
      await app.getByRole('button', { name: /^Disconnect A/ }).click();
      await app.getByText('Sending stops at once.').waitFor();
      await fits('disconnecting');
      await page.keyboard.press('Escape');
      await app.getByRole('button', { name: /^View actions/ }).click();
      await app.getByText('Preview older orders').click();
      await app.getByRole('heading', { name: 'Older orders' }).waitFor();
      await fits('older orders');
      await goTo('Problems');
      await app
        .getByRole('button', { name: /^Settle: / })
        .first()
        .click();
      await app.getByText('What should happen?').waitFor();
      await fits('settling');
      await page.keyboard.press('Escape');
      await app.getByRole('tab', { name: 'Solved' }).click();
      await fits('solved');
      await app.getByRole('tab', { name: 'Quarantine' }).click();
      await app.getByRole('heading', { name: 'Quarantine', exact: true }).first().waitFor();
      await fits('quarantine');
      await goTo('Orders');
      await app.getByRole('link', { name: id }).click();
      await app.getByRole('heading', { name: 'Packages' }).waitFor();
      await fits('order');
      expect(troubles).toEqual([]);
    });
  },
);
