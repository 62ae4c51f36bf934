// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { paths, type BlockView } from '../../shared/contract.ts';
import { askedOrder, cancelPreview, press, shows, type Asked } from '../../tests/pretend-app.ts';
import { runExtension } from '../../tests/run-extension.ts';

const order = 'gid://shopify/Order/5001';

const block = (
  answer: (asked: Asked) => unknown,
  work: (asked: Asked[], navigate: unknown) => Promise<void>,
) =>
  runExtension('amazon-order-block', { selected: [order], answer }, ({ asked, navigate }) =>
    work(asked, navigate),
  );
const showing = (view: BlockView) => () => view;
const labels = () => [...document.querySelectorAll('s-button')].map((one) => one.textContent);

it('REQ-3 REQ-5: it says what the app says, word for word, and asks for it in its own language', () =>
  block(showing(askedOrder), async (asked) => {
    expect(document.querySelector('s-spinner')).not.toBeNull();
    await shows('Buyer asked, held');
    expect(asked).toEqual([{ path: paths.block, order, locale: 'en', wish: null }]);
    expect(document.querySelector('s-admin-block')?.getAttribute('heading')).toBe('Amazon order');
    for (const text of [
      'amazon.com',
      'The buyer asked to cancel all open lines.',
      '“<b>Ordered</b> by mistake”',
      'SKU-2 × 1',
      'Ship by Nov 24 · in 3 hr',
      'Amazon: Unshipped · Shopify: On hold',
      'Last: Held in Shopify. by Concord',
    ])
      await shows(text);
    // The buyer's words are text, never markup.
    expect(document.querySelector('b')).toBeNull();
    expect(document.querySelector('s-badge')?.getAttribute('tone')).toBe('caution');
    expect(document.querySelector('s-link')?.getAttribute('href')).toBe(askedOrder.url);
    expect(labels()).toEqual(['Approve…', 'Decline…', 'Look again']);
  }));

it('REQ-3: an order that is not Amazon’s is one quiet line', () =>
  block(showing({ kind: 'other', text: 'Not an Amazon order.' }), async () => {
    await shows('Not an Amazon order.');
    expect(labels()).toEqual([]);
  }));

it('REQ-3: where no answer comes, or none that can be understood, it says so and tries again', async () => {
  for (const lost of [null, 500, { kind: 'order', id: 5 }, 'odd']) {
    let answers = 0;
    await block(
      () => (answers++ === 0 ? lost : askedOrder),
      async () => {
        await shows('Concord did not answer. The hold, if any, stays.');
        press('Try again');
        await shows('Buyer asked, held');
      },
    );
  }
});

it('SEC-3: who may only look sees the sentence and no button; unknown is said as unknown', async () => {
  const note = 'You can look, but not change.';
  await block(showing({ ...askedOrder, notes: [note], buttons: [] }), async () => {
    await shows(note);
    expect(labels()).toEqual([]);
  });
  const unknown = { tone: 'warning', text: 'Request not known' } as const;
  await block(showing({ ...askedOrder, badge: unknown, asked: null, clocks: [], last: null }), async () => {
    await shows('Request not known');
  });
  const many = {
    reason: 'No reason given',
    lines: [...[1, 2, 3, 4, 5].map((n) => `SKU-${n} × 1`), 'and 45 more'],
  };
  await block(showing({ ...askedOrder, asked: many, url: null }), () => shows('and 45 more'));
});

it('CAN-8: approving opens the action, and what came of it is looked for; the clock counts down and can be undone', async () => {
  const resting: BlockView = {
    ...askedOrder,
    badge: { tone: 'info', text: 'Cancelling in {clock}' },
    sentence: 'Nothing is sent yet. You can undo.',
    buttons: [{ does: 'undo', label: 'Undo', name: 'Undo the last decision', primary: true }],
    left: 102_000,
    askAgain: 5_000,
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] });
  try {
    let state: BlockView = askedOrder;
    await block(
      ({ wish }) => {
        if (wish === null) return state;
        state = askedOrder;
        return { ...cancelPreview, done: 'Recalled. Nothing was sent.', effects: [] };
      },
      async (asked, navigate) => {
        await shows('Approve…');
        press('Approve…');
        expect(navigate).toHaveBeenCalledWith('extension://amazon-order-action');
        state = resting;
        await vi.advanceTimersByTimeAsync(3_100);
        await shows('Cancelling in 1:42');
        await vi.advanceTimersByTimeAsync(2_000);
        await shows('Cancelling in 1:40');
        press('Undo');
        await vi.advanceTimersByTimeAsync(50);
        expect(asked.find(({ wish }) => wish !== null)).toMatchObject({
          path: paths.decide,
          wish: { intent: 'undo' },
        });
        await shows('Recalled. Nothing was sent.');
        await shows('Approve…');
      },
    );
  } finally {
    vi.useRealTimers();
  }
});

it('CAN-8: what was asked before an undo and comes after it does not bring back the old state', async () => {
  const undo = { does: 'undo', label: 'Undo', name: 'Undo', primary: true } as const;
  const resting: BlockView = {
    ...askedOrder,
    badge: { tone: 'info', text: 'Cancelling' },
    buttons: [undo],
    askAgain: 5_000,
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] });
  try {
    const late = Promise.withResolvers<unknown>();
    let looks = 0;
    await block(
      ({ wish }) => {
        if (wish !== null) return { ...cancelPreview, done: 'Recalled. Nothing was sent.', effects: [] };
        looks += 1;
        return [resting, late.promise][looks - 1] ?? askedOrder;
      },
      async () => {
        await shows('Cancelling');
        await vi.advanceTimersByTimeAsync(5_100);
        expect(looks).toBe(2);
        press('Undo');
        await shows('Buyer asked, held');
        late.resolve(resting);
        await vi.advanceTimersByTimeAsync(50);
        await shows('Buyer asked, held');
        expect(labels()).not.toContain('Undo');
      },
    );
  } finally {
    vi.useRealTimers();
  }
});

it('CAN-8: what is too late to undo, or may have been lost, is said where the button stands', async () => {
  const undo = { does: 'undo', label: 'Undo', name: 'Undo', primary: true } as const;
  const resting: BlockView = { ...askedOrder, buttons: [undo] };
  const late = { text: 'Too late to undo: it is on its way to Amazon.', field: null };
  await block(
    ({ wish }) => (wish === null ? resting : { ...cancelPreview, error: late }),
    async () => {
      await shows('Undo');
      press('Undo');
      await shows(late.text);
    },
  );
  await block(
    ({ wish }) => (wish === null ? resting : null),
    async () => {
      await shows('Undo');
      press('Undo');
      await shows('It is not certain whether your decision was written down');
    },
  );
});

it('CAN-17: declining says that it is shipping before it is done, with the version that was shown', () =>
  block(
    ({ wish }) => {
      if (wish === null) return askedOrder;
      const shown = {
        ...cancelPreview,
        effects: ['Amazon has no “decline”.'],
        confirm: 'Release hold',
        keep: 'Keep hold',
      };
      return wish['preview'] === true ? shown : { ...shown, done: 'Hold released' };
    },
    async (asked) => {
      await shows('Decline…');
      press('Decline…');
      await shows('Amazon has no “decline”.');
      press('Keep hold');
      await vi.waitFor(() => {
        expect(labels()).not.toContain('Release hold');
      });
      press('Decline…');
      await shows('Release hold');
      press('Release hold');
      await shows('Hold released');
      expect(asked.filter(({ wish }) => wish !== null).at(-1)?.wish).toEqual({
        intent: 'decline',
        preview: false,
        version: 'a.b.c',
      });
    },
  ));
