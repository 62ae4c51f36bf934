import { readFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import type { ActionView, BlockView, DecisionView } from '../shared/contract.ts';

type Order = Extract<BlockView, { kind: 'order' }>;
type Offer = Extract<ActionView, { kind: 'order' }>;
type Decision = Extract<DecisionView, { kind: 'decision' }>;

/** What an extension asked of the app: the path, the order and what was wanted (null: only to be shown). */
export interface Asked {
  readonly path: string;
  readonly order: string | null;
  readonly locale: string | null;
  readonly wish: Record<string, unknown> | null;
}

/** A `fetch` that answers as the app would, and what it was asked; an answer of null is a lost one, a promise a late one. */
export function pretendApp(answer: (asked: Asked) => unknown): { fetch: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, 'https://app.example');
      const one: Asked = {
        path: url.pathname,
        order: url.searchParams.get('order'),
        locale: url.searchParams.get('locale'),
        wish: typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : null,
      };
      asked.push(one);
      const given = await answer(one);
      if (given === null) throw new TypeError('Failed to fetch');
      if (typeof given === 'number') return new Response('', { status: given });
      return new Response(JSON.stringify(given));
    },
  };
}

/** The words of an extension in English, as Shopify's admin gives them. */
export function english(folder: string): (key: string, values?: Record<string, unknown>) => string {
  const file = path.join(import.meta.dirname, '..', folder, 'locales', 'en.default.json');
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return (key, values = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`The extension has no text ${key}.`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  };
}

/** An order whose buyer asked to cancel, as the app says it. */
export const askedOrder: Order = {
  kind: 'order',
  id: '111-0000000-0000002',
  url: 'https://sellercentral.amazon.com/orders-v3/order/111-0000000-0000002',
  market: 'amazon.com',
  badge: { tone: 'caution', text: 'Buyer asked, held' },
  sentence: 'The buyer asked to cancel all open lines.',
  asked: { reason: '“<b>Ordered</b> by mistake”', lines: ['SKU-1 × 1', 'SKU-2 × 1'] },
  clocks: [{ text: 'Ship by Nov 24 · in 3 hr', tone: 'warning' }],
  sides: 'Amazon: Unshipped · Shopify: On hold',
  last: 'Last: Held in Shopify. by Concord · Nov 21, 14:03',
  notes: [],
  buttons: [
    { does: 'approve', label: 'Approve…', name: 'Approve the cancellation', primary: true },
    { does: 'decline', label: 'Decline…', name: 'Decline the cancellation', primary: false },
    { does: 'look_again', label: 'Look again', name: 'Look again at it', primary: false },
  ],
  more: { label: 'More in Concord', url: 'https://admin.shopify.com/store/a/apps/b/app/orders/111' },
  left: null,
  askAgain: null,
};

/** What may be chosen for it. */
export const offer: Offer = {
  kind: 'order',
  id: '111-0000000-0000002',
  sentence: 'The buyer asked to cancel all open lines.',
  notes: [],
  question: 'What do you want to do?',
  choices: [
    { value: 'cancel', label: 'Approve the buyer’s request' },
    { value: 'informal', label: 'Record a buyer’s message' },
    { value: 'decline', label: 'Ship it anyway' },
    { value: 'look_again', label: 'Look again' },
  ],
  chosen: 'cancel',
  close: 'Close',
  message: {
    what: {
      label: 'What does the buyer want?',
      choices: [
        { value: 'all', label: 'Cancel all' },
        { value: 'some', label: 'Cancel some lines' },
      ],
    },
    lines: { label: 'Lines', choices: [{ value: 'item-1', label: '1 × Mug' }] },
    why: {
      label: 'Why?',
      choices: [
        { value: 'changed_mind', label: 'Buyer changed mind' },
        { value: 'out_of_stock', label: 'We are out of stock' },
      ],
    },
    hold: 'Hold the order',
    counts: 'Cancelling now counts.',
    confirm: 'Record',
    texts: [{ label: 'How to ask in the account', text: 'You can cancel in your account.', language: 'en' }],
    messages: {
      label: 'Open messages in Seller Central',
      url: 'https://sellercentral.amazon.com/messaging/inbox',
    },
  },
};

/** A cancel as the app's preview tells it. */
export const cancelPreview: Decision = {
  kind: 'decision',
  id: '111-0000000-0000002',
  done: null,
  error: null,
  effects: [
    'On Amazon: the whole order is voided.',
    'In Shopify, after Amazon: 34.90 USD recorded as refunded.',
  ],
  amount: { label: 'Refund amount', help: 'All that can be refunded.', value: '34.90', currency: 'USD' },
  reason: null,
  free: null,
  restock: { label: 'Put units back in stock', value: true },
  confirm: 'Cancel order',
  keep: 'Keep order',
  version: 'a.b.c',
};

/** Waits until the page shows a text. */
export const shows = (text: string) =>
  vi.waitFor(() => {
    if (!document.body.textContent.includes(text))
      throw new Error(`“${text}” is not in: ${document.body.textContent}`);
  });

/** Presses the button with this label. */
export function press(label: string): void {
  const found = button(label);
  if (!found) throw new Error(`There is no button ${label}: ${document.body.innerHTML}`);
  if (found.hasAttribute('disabled')) throw new Error(`${label} cannot be pressed.`);
  found.dispatchEvent(new Event('click', { bubbles: true }));
}

/** Gives a field a value as a person does, and leaves it. */
export function fill(selector: string, value: unknown): void {
  const field = document.querySelector(selector);
  if (!field) throw new Error(`There is no ${selector}: ${document.body.innerHTML}`);
  Object.assign(
    field,
    typeof value === 'boolean' ? { checked: value } : Array.isArray(value) ? { values: value } : { value },
  );
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The button of an action's foot with this label; null where there is none. */
export function button(label: string): Element | null {
  return [...document.querySelectorAll('s-button')].find((one) => one.textContent === label) ?? null;
}
