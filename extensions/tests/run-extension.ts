import path from 'node:path';
import { setUpExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { vi } from 'vitest';
import { english, pretendApp, type Asked } from './pretend-app.ts';

/** The extensions by their folder, and where each of them stands. */
const targets = {
  'amazon-order-block': 'admin.order-details.block.render',
  'amazon-order-action': 'admin.order-details.action.render',
  'amazon-orders-selection': 'admin.order-index.selection-action.render',
  'amazon-pack-sheet': 'admin.order-details.print-action.render',
  'amazon-pack-sheets': 'admin.order-index.selection-print-action.render',
} as const;
type Folder = keyof typeof targets;
export const printActions = ['amazon-pack-sheet', 'amazon-pack-sheets'] as const satisfies readonly Folder[];

/** What Shopify gives the extension: orders by their global ids, and what its Admin API answers. */
interface Given {
  readonly selected: readonly string[];
  readonly data?: unknown;
  /** What the app answers. */
  readonly answer: (asked: Asked) => unknown;
}

/** What the extension asked of the app, and what it wanted of the page around it. */
interface Wanted {
  readonly asked: Asked[];
  readonly close: unknown;
  readonly navigate: unknown;
}

/** Shows an extension in English, for as long as `work` takes. */
export async function runExtension(
  folder: Folder,
  { selected, data, answer }: Given,
  work: (wanted: Wanted) => Promise<void>,
): Promise<void> {
  using extension = setUpExtension(targets[folder], {
    configSearchDir: path.join(import.meta.dirname, '..', folder),
  });
  const [close, navigate] = [vi.fn(), vi.fn()];
  const app = pretendApp(answer);
  const { shopify } = extension;
  shopify.data.selected = selected.map((id) => ({ id }));
  shopify.i18n.translate = english(folder) as typeof shopify.i18n.translate;
  const around = { close, navigation: { navigate }, query: () => Promise.resolve({ data }) };
  // Not each place has each of these, and none takes what it has not.
  for (const [name, part] of Object.entries(around))
    if (name in shopify) Object.assign(shopify, { [name]: part });
  extension.fetch = app.fetch;
  // What was shown before stays otherwise, for Preact remembers the page.
  render(null, document.body);
  await extension.render();
  await work({ asked: app.asked, close, navigate });
}
