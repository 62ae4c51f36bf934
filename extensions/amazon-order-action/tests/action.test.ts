// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { paths } from '../../shared/contract.ts';
import { button, cancelPreview, fill, offer, press, shows, type Asked } from '../../tests/pretend-app.ts';
import { runExtension } from '../../tests/run-extension.ts';

const order = 'gid://shopify/Order/5001';

const action = (answer: (asked: Asked) => unknown, work: (asked: Asked[], close: unknown) => Promise<void>) =>
  runExtension('amazon-order-action', { selected: [order], answer }, ({ asked, close }) =>
    work(asked, close),
  );
const wishes = (asked: readonly Asked[]) => asked.flatMap(({ wish }) => (wish === null ? [] : [wish]));
const field = (selector: string) => document.querySelector(selector);

it('CAN-1 CAN-2 CAN-8: all that will happen is said first; a refund of 0 is refused at its field, and what is right closes the action', () =>
  action(
    ({ path, wish }) => {
      if (path === paths.action) return offer;
      if (wish?.['amount'] === '0')
        return {
          ...cancelPreview,
          effects: [],
          amount: { ...cancelPreview.amount, value: '0' },
          error: { text: 'The refund must be greater than 0.', field: 'amount' },
          version: null,
        };
      return wish?.['preview'] === false ? { ...cancelPreview, done: 'Cancelling.' } : cancelPreview;
    },
    async (asked, close) => {
      expect(field('s-spinner')).not.toBeNull();
      await shows('On Amazon: the whole order is voided.');
      expect(asked[0]).toMatchObject({ path: paths.action, order, locale: 'en' });
      expect(field('s-text-field')?.getAttribute('value')).toBe('34.90');
      expect(button('Cancel order')?.hasAttribute('disabled')).toBe(false);
      fill('s-text-field', '0');
      await vi.waitFor(() => {
        expect(field('s-text-field')?.getAttribute('error')).toBe('The refund must be greater than 0.');
      });
      // What was shown last stays, and nothing can be sent.
      await shows('On Amazon: the whole order is voided.');
      expect(button('Cancel order')?.hasAttribute('disabled')).toBe(true);
      fill('s-text-field', '34.90');
      await vi.waitFor(() => {
        expect(button('Cancel order')?.hasAttribute('disabled')).toBe(false);
      });
      press('Cancel order');
      await vi.waitFor(() => {
        expect(close).toHaveBeenCalledOnce();
      });
      const sent = wishes(asked).filter((wish) => wish['preview'] === false);
      expect(sent).toEqual([
        {
          ...{ intent: 'cancel', preview: false, amount: '34.90', reason: null },
          ...{ restock: null, free: false, version: 'a.b.c' },
        },
      ]);
    },
  ));

/** Lets everything that has come be shown. */
const settled = () => vi.advanceTimersByTimeAsync(50);
const inTime = async (work: () => Promise<void>) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
};
const decline = {
  ...cancelPreview,
  effects: ['Amazon has no “decline”.'],
  ...{ amount: null, restock: null, confirm: 'Release hold', version: 'd.e.f' },
};
const refunding = (value: string) => ({
  ...cancelPreview,
  effects: [`${value} USD recorded as refunded.`],
  amount: { ...cancelPreview.amount, value },
  version: `of ${value}`,
});

it('CAN-7 CAN-17: what comes late to another choice is not shown under the one that stands, nor sent', () =>
  inTime(async () => {
    const declining = Promise.withResolvers<unknown>();
    await action(
      ({ path, wish }) => {
        if (path === paths.action) return offer;
        if (wish?.['preview'] === false) return { ...cancelPreview, done: 'Cancelling.' };
        return wish?.['intent'] === 'decline' ? declining.promise : cancelPreview;
      },
      async (asked, close) => {
        await shows('On Amazon: the whole order is voided.');
        fill('s-choice-list', ['decline']);
        await settled();
        expect(button('Cancel order')).toBeNull();
        fill('s-choice-list', ['cancel']);
        await shows('On Amazon: the whole order is voided.');
        declining.resolve(decline);
        await settled();
        expect(button('Release hold')).toBeNull();
        await shows('On Amazon: the whole order is voided.');
        press('Cancel order');
        await vi.waitFor(() => {
          expect(close).toHaveBeenCalledOnce();
        });
        expect(wishes(asked).filter((wish) => wish['preview'] === false)).toMatchObject([
          { intent: 'cancel', version: 'a.b.c' },
        ]);
      },
    );
  }));

it('CAN-2 CAN-7: while an amount is looked at, what comes of an earlier one neither shows nor lets it be sent', () =>
  inTime(async () => {
    const late = { '10': Promise.withResolvers<unknown>(), '20': Promise.withResolvers<unknown>() };
    await action(
      ({ path, wish }) => {
        if (path === paths.action) return offer;
        if (wish?.['preview'] === false) return { ...refunding('20'), error: { text: 'No.', field: null } };
        if (wish?.['amount'] === '10') return late['10'].promise;
        return wish?.['amount'] === '20' ? late['20'].promise : cancelPreview;
      },
      async (asked) => {
        await shows('On Amazon: the whole order is voided.');
        fill('s-text-field', '10');
        // Pressed before the page could tell that it is looked at anew.
        press('Cancel order');
        await settled();
        fill('s-text-field', '20');
        late['10'].resolve(refunding('10'));
        await settled();
        expect(document.body.textContent).not.toContain('10 USD recorded');
        expect(button('Cancel order')?.hasAttribute('disabled')).toBe(true);
        late['20'].resolve(refunding('20'));
        await shows('20 USD recorded as refunded.');
        press('Cancel order');
        press('Cancel order');
        await shows('No.');
        expect(wishes(asked).filter((wish) => wish['preview'] === false)).toMatchObject([
          { amount: '20', version: 'of 20' },
        ]);
      },
    );
  }));

it('CAN-7: a late answer that is lost says nothing about what was looked at since', () =>
  inTime(async () => {
    const lost = Promise.withResolvers<unknown>();
    await action(
      ({ path, wish }) => {
        if (path === paths.action) return offer;
        return wish?.['amount'] === '10' ? lost.promise : cancelPreview;
      },
      async () => {
        await shows('On Amazon: the whole order is voided.');
        fill('s-text-field', '10');
        await settled();
        fill('s-text-field', '34.90');
        await settled();
        lost.resolve(null);
        await settled();
        expect(button('Cancel order')?.hasAttribute('disabled')).toBe(false);
        expect(document.body.textContent).not.toContain('Nothing was sent.');
      },
    );
  }));

it('CAN-7: while a decision is being taken nothing can be changed, so its answer is not lost', () =>
  inTime(async () => {
    const taken = Promise.withResolvers<unknown>();
    await action(
      ({ path, wish }) => {
        if (path === paths.action) return offer;
        return wish?.['preview'] === false ? taken.promise : cancelPreview;
      },
      async (_, close) => {
        await shows('On Amazon: the whole order is voided.');
        press('Cancel order');
        await settled();
        for (const one of ['s-choice-list', 's-text-field', 's-checkbox'])
          expect(field(one)?.hasAttribute('disabled'), one).toBe(true);
        taken.resolve({ ...cancelPreview, done: 'Cancelling.' });
        await settled();
        expect(close).toHaveBeenCalledOnce();
      },
    );
  }));

it('CAN-3 CAN-6: a reason is asked where the buyer did not ask for all, and a free order where it is one', () =>
  action(
    ({ path, wish }) => {
      if (path === paths.action) return { ...offer, choices: offer.choices.slice(0, 1) };
      const reason = {
        label: 'Reason for Amazon',
        choices: [{ value: 'NoInventory', label: 'No inventory' }],
        value: '',
      };
      const free = { label: 'I want to void a free order', value: wish?.['free'] === true };
      if (wish?.['reason'] === null)
        return {
          ...cancelPreview,
          effects: [],
          reason,
          error: { text: 'Choose a reason.', field: 'reason' },
        };
      return wish?.['free'] === true
        ? { ...cancelPreview, amount: null, reason, free, restock: null }
        : { ...cancelPreview, effects: [], reason, free, error: { text: 'Confirm.', field: 'free' } };
    },
    async () => {
      await vi.waitFor(() => {
        expect(field('s-select')?.getAttribute('error')).toBe('Choose a reason.');
      });
      expect(field('s-choice-list')).toBeNull();
      fill('s-select', 'NoInventory');
      await vi.waitFor(() => {
        expect(field('s-checkbox')?.getAttribute('error')).toBe('Confirm.');
      });
      fill('s-checkbox', true);
      await vi.waitFor(() => {
        expect(button('Cancel order')?.hasAttribute('disabled')).toBe(false);
      });
      expect(field('s-text-field')).toBeNull();
    },
  ));

it('CAN-7 CAN-17: another choice is looked at anew, and what changed meanwhile stands there with nothing sent', () =>
  action(
    ({ path, wish }) => {
      if (path === paths.action) return offer;
      const shown =
        wish?.['intent'] === 'decline'
          ? { ...cancelPreview, amount: null, restock: null, confirm: 'Release hold' }
          : cancelPreview;
      return wish?.['preview'] === true
        ? shown
        : { ...shown, error: { text: 'The order changed while you looked.', field: null } };
    },
    async (asked, close) => {
      await shows('Cancel order');
      fill('s-choice-list', ['decline']);
      await shows('Release hold');
      expect(field('s-text-field')).toBeNull();
      press('Release hold');
      await shows('The order changed while you looked.');
      expect(close).not.toHaveBeenCalled();
      expect(button('Release hold')?.hasAttribute('disabled')).toBe(true);
      press('Try again');
      await vi.waitFor(() => {
        expect(button('Release hold')?.hasAttribute('disabled')).toBe(false);
      });
      expect(wishes(asked).at(-1)).toMatchObject({ intent: 'decline', preview: true });
      fill('s-choice-list', ['look_again']);
      await vi.waitFor(() => {
        expect(button('Release hold')).toBeNull();
      });
    },
  ));

it('REQ-10: a message is recorded, with the texts to send; missing stock is refused and has none', () =>
  action(
    ({ path, wish }) => {
      if (path === paths.action) return { ...offer, chosen: 'informal' };
      return wish?.['why'] === 'out_of_stock'
        ? { ...cancelPreview, error: { text: 'A seller must not ask the buyer to cancel.', field: null } }
        : { ...cancelPreview, done: 'Recorded' };
    },
    async (asked, close) => {
      await shows('Cancelling now counts.');
      const text = () => field('s-text-area')?.getAttribute('value');
      expect(text()).toBe('You can cancel in your account.');
      const why = [...document.querySelectorAll('s-choice-list')].find(
        (one) => one.getAttribute('label') === 'Why?',
      );
      Object.assign(why ?? {}, { values: ['out_of_stock'] });
      why?.dispatchEvent(new Event('change'));
      await vi.waitFor(() => {
        expect(field('s-text-area')).toBeNull();
      });
      press('Record');
      await shows('A seller must not ask the buyer to cancel.');
      Object.assign(why ?? {}, { values: ['changed_mind'] });
      why?.dispatchEvent(new Event('change'));
      await vi.waitFor(() => {
        expect(text()).toBe('You can cancel in your account.');
      });
      press('Record');
      await shows('Recorded');
      expect(wishes(asked).at(-1)).toEqual({
        intent: 'informal',
        lines: null,
        why: 'changed_mind',
        hold: true,
      });
      // It stays open for the text.
      expect(close).not.toHaveBeenCalled();
      expect(button('Record')).toBeNull();
      press('Close');
      expect(close).toHaveBeenCalledOnce();
    },
  ));

it('CAN-7: it looks again; a lost answer to a question sends nothing, one to a decision is said as not certain', async () => {
  await action(
    ({ path, wish }) => {
      if (path === paths.action) return { ...offer, chosen: 'look_again' };
      return {
        ...cancelPreview,
        done: wish?.['intent'] === 'look_again' ? 'Looking again at 1 order' : null,
      };
    },
    async (asked, close) => {
      await shows('Ship it anyway');
      press('Look again');
      await vi.waitFor(() => {
        expect(close).toHaveBeenCalledOnce();
      });
      expect(wishes(asked)).toEqual([{ intent: 'look_again' }]);
    },
  );
  let answers = 0;
  await action(
    ({ path, wish }) => {
      if (path === paths.action) return answers++ === 0 ? null : offer;
      return wish?.['preview'] === false ? null : answers++ === 2 ? 502 : cancelPreview;
    },
    async (_, close) => {
      await shows('Nothing was sent.');
      press('Try again');
      await shows('Approve the buyer’s request');
      await shows('Nothing was sent.');
      press('Try again');
      await shows('On Amazon: the whole order is voided.');
      press('Cancel order');
      await shows('It is not certain whether your decision was written down');
      expect(close).not.toHaveBeenCalled();
      expect(button('Cancel order')?.hasAttribute('disabled')).toBe(true);
    },
  );
});

it('SEC-3: who may only look, or where nothing is to be decided, finds the sentence and nothing to confirm', async () => {
  const note = 'You can look, but not change.';
  await action(
    () => ({ ...offer, notes: [note], choices: [], chosen: null, message: null }),
    async (asked, close) => {
      await shows(note);
      expect([...document.querySelectorAll('s-button')].map((one) => one.textContent)).toEqual(['Close']);
      press('Close');
      expect(close).toHaveBeenCalledOnce();
      expect(wishes(asked)).toEqual([]);
    },
  );
  await action(
    () => ({ kind: 'other', text: 'This is not an Amazon order. Use Shopify’s own cancel.' }),
    async () => {
      await shows('This is not an Amazon order.');
      expect([...document.querySelectorAll('s-button')].map((one) => one.textContent)).toEqual(['Close']);
    },
  );
});
