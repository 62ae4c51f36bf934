import type { Frame } from 'playwright-core';
import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin, type AdminPage } from './admin-page.ts';
import { frameOf, settled } from './tour.ts';

const world = runningWorld({ web: true });
const { concord, variants, amazonSide } = dealings(world);
const [asked, refused] = ['146-0000000-0000001', '146-0000000-0000002'] as const;

interface Focused {
  readonly name: string;
  readonly visible: boolean;
}

/** What has the focus in the app, and whether a person sees that. */
const focused = (frame: Frame): Promise<Focused> =>
  frame.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return { name: '', visible: true };
    const labels = one instanceof HTMLInputElement ? [...(one.labels ?? [])] : [];
    const name = one.getAttribute('aria-label') ?? labels.map((label) => label.innerText).join(' ');
    return {
      name: (name === '' ? (one as HTMLElement).innerText : name).trim(),
      visible: one.matches(':focus-visible'),
    };
  });

/** Walks through the app by keys alone. */
function keysIn(admin: AdminPage) {
  const { page, app } = admin;
  const { keyboard } = page;
  const frame = () => frameOf(admin, world.sandbox);
  return {
    frame,
    /** Presses Tab until it is there; each stop on the way is seen to have the focus. */
    tabTo: async (name: string | RegExp) => {
      const unseen: string[] = [];
      const stops: string[] = [];
      for (let presses = 0; presses < 120; presses += 1) {
        await keyboard.press('Tab');
        const now = await focused(frame());
        stops.push(now.name);
        if (!now.visible) unseen.push(now.name);
        if (typeof name === 'string' ? now.name === name : name.test(now.name)) {
          expect(unseen).toEqual([]);
          return;
        }
      }
      throw new Error(`Tab does not lead to ${String(name)}, only to: ${stops.join(' | ')}`);
    },
    press: (key: string) => keyboard.press(key),
    type: (text: string) => keyboard.type(text),
    has: async (name: string | RegExp) => {
      await expect.poll(async () => (await focused(frame())).name).toMatch(name);
    },
    heading: (name: string) => app.getByRole('heading', { name, exact: true }).first().waitFor(),
    /** The menu is the admin's and not the app's: it leads to a page, and the walk begins there anew. */
    menu: async (entry: string, name: string) => {
      await admin.goTo(entry);
      await app.getByRole('heading', { name, exact: true }).first().waitFor();
      await settled(frame());
      await frame().evaluate(() => {
        window.focus();
        (document.activeElement as HTMLElement | null)?.blur();
      });
      await page.locator('iframe').focus();
    },
  };
}

async function prepare() {
  await variants();
  for (const id of [asked, refused]) await world.place(amazonOrder(id));
  await world.settle();
  for (const id of [refused, asked]) {
    await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
    await world.settle();
    if (id === asked) continue;
    await world.control('POST', '/faults', {
      service: 'amazon',
      match: {},
      kind: 'reject-message',
      times: 1,
    });
    await concord('approve', id);
    await world.settle(true);
  }
}

it.skipIf(!hasBrowser)(
  'CAN-8 PRO-4: by the keyboard alone a request is approved and undone, an order, a problem and the settings are walked, and the focus comes back',
  async () => {
    await prepare();
    await withAdmin(world.sandbox.admin, async (admin) => {
      const { app, page, troubles } = admin;
      const { tabTo, press, type, has, heading, menu } = keysIn(admin);
      await heading('Concord');
      await page.locator('iframe').focus();
      await tabTo('See requests');
      await press('Enter');
      await heading('Requests');
      const approve = `Approve the cancellation of ${asked}`;
      const dialog = app.getByRole('dialog', { name: `Cancel order ${asked}?` });
      await tabTo(approve);
      await press('Enter');
      await dialog.waitFor();
      await press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await has(approve);
      await press('Space');
      await dialog.getByText('On Amazon: the whole order is voided.').waitFor();
      await tabTo('Cancel order');
      await press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await app.getByText(/^Cancelling in \d:\d\d/).waitFor();
      await tabTo(`Undo the last decision on ${asked}`);
      await press('Space');
      await page.getByText('Recalled. Nothing was sent.').waitFor();
      await app.getByRole('button', { name: approve }).waitFor();
      await world.settle(true);
      expect(await amazonSide(asked)).toMatchObject({ cancels: 0 });
      await tabTo(asked);
      await press('Enter');
      await heading('What happened');
      const decline = `Decline the cancellation of ${asked}`;
      await tabTo(decline);
      await press('Enter');
      await app.getByRole('dialog', { name: 'Ship this order anyway?' }).waitFor();
      await press('Escape');
      await has(decline);
      await menu('Problems', 'Problems');
      await tabTo(/^Settle: /);
      await press('Enter');
      const settling = app.getByRole('dialog', { name: 'Settle: Amazon refused' });
      await settling.getByText('What should happen?').waitFor();
      await tabTo('Try again');
      await press('Space');
      await press('ArrowDown');
      expect(await settling.getByLabel('Choose another reason').isChecked()).toBe(true);
      await press('Escape');
      await has(/^Settle: /);
      await menu('Settings', 'Settings');
      await tabTo('Cancelling');
      await press('Enter');
      await heading('Cancelling');
      await tabTo('Undo time');
      await press('Control+A');
      await type('9');
      await app.getByRole('button', { name: 'Discard' }).waitFor();
      await tabTo('Discard');
      await press('Enter');
      await app.getByRole('button', { name: 'Discard' }).waitFor({ state: 'hidden' });
      expect(await app.getByLabel('Undo time').inputValue()).toBe('2');
      expect(troubles).toEqual([]);
    });
  },
  180_000,
);
