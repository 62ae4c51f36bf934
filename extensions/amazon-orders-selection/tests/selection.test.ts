// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { button, cancelPreview, fill, press, shows, type Asked } from '../../tests/pretend-app.ts';
import { runExtension } from '../../tests/run-extension.ts';

const orders = [1, 2, 3, 4].map((n) => `gid://shopify/Order/${n}`);

const nodes = orders.slice(0, 3).map((id, at) => ({ id, name: `#100${at + 1}` }));
const selection = (
  answer: (asked: Asked) => unknown,
  work: (asked: Asked[], close: unknown) => Promise<void>,
) =>
  runExtension('amazon-orders-selection', { selected: orders, data: { nodes }, answer }, ({ asked, close }) =>
    work(asked, close),
  );

it('CAN-6 CAN-7 CAN-8: of many orders each tells what would come of it, and only what can be approved is, once', () =>
  selection(
    ({ order, wish }) => {
      if (order === orders[1]) return { kind: 'other', text: 'Not an Amazon order.' };
      const shown = { ...cancelPreview, id: `111-${order?.at(-1) ?? ''}` };
      if (order === orders[2])
        return { ...shown, effects: [], error: { text: 'Choose a reason.', field: 'reason' } };
      if (order === orders[3] && wish?.['preview'] === false) return null;
      return wish?.['preview'] === true
        ? shown
        : { ...shown, done: 'Cancelling: can be undone until 14:05.' };
    },
    async (asked, close) => {
      press('See what happens');
      await shows('✓ #1001 · 111-1: Cancel order · 34.90 USD');
      await shows('– #1002: Not an Amazon order.');
      await shows('✕ #1003 · 111-3: Choose a reason. Decide it on the order’s own page.');
      await shows('✓ 4 · 111-4: Cancel order');
      await vi.waitFor(() => {
        expect(button('Approve 2')?.hasAttribute('disabled')).toBe(false);
      });
      expect(asked.every(({ wish }) => wish?.['preview'] === true)).toBe(true);
      press('Approve 2');
      await shows('✓ #1001 · 111-1: Cancelling: can be undone until 14:05.');
      await shows('– 4: No answer came.');
      await shows('✕ #1003 · 111-3: Choose a reason. Decide it on the order’s own page.');
      const sent = asked.filter(({ wish }) => wish?.['preview'] === false);
      expect(sent.map(({ order }) => order).sort()).toEqual([orders[0], orders[3]]);
      expect(sent[0]?.wish).toMatchObject({ amount: 'full', reason: null, version: 'a.b.c' });
      press('Close');
      expect(close).toHaveBeenCalledOnce();
    },
  ));

it('REQ-3: many are looked at again, and nothing is decided', () =>
  selection(
    () => ({ ...cancelPreview, done: 'Looking again at 1 order', effects: [] }),
    async (asked) => {
      await shows('Look again');
      fill('s-choice-list', ['look_again']);
      await vi.waitFor(() => {
        expect(button('Look again')).not.toBeNull();
      });
      press('Look again');
      await shows('✓ #1001 · 111-0000000-0000002: Looking again at 1 order');
      await vi.waitFor(() => {
        expect(asked).toHaveLength(4);
      });
      expect(asked.every(({ wish }) => wish?.['intent'] === 'look_again')).toBe(true);
    },
  ));
