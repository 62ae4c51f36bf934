// @vitest-environment happy-dom
import path from 'node:path';
import { setUpExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { expect, it } from 'vitest';
import { english } from './pretend-app.ts';

const targets = [
  ['admin.order-details.print-action.render', 'amazon-pack-sheet'],
  ['admin.order-index.selection-print-action.render', 'amazon-pack-sheets'],
] as const;

it.each(targets)(
  'REQ-3: %s hands the app’s sheet of what is selected to the print dialog',
  async (target, folder) => {
    using extension = setUpExtension(target, {
      configSearchDir: path.join(import.meta.dirname, '..', folder),
    });
    extension.shopify.data.selected = [{ id: 'gid://shopify/Order/1' }, { id: 'gid://shopify/Order/2' }];
    extension.shopify.i18n.translate = english(folder) as typeof extension.shopify.i18n.translate;
    render(null, document.body);
    await extension.render();
    const src = new URL(
      document.querySelector('s-admin-print-action')?.getAttribute('src') ?? '',
      'https://app.example',
    );
    expect(src.pathname).toBe('/extension/sheet');
    expect(src.searchParams.get('orders')).toBe('gid://shopify/Order/1,gid://shopify/Order/2');
    expect(src.searchParams.get('locale')).toBe('en');
  },
);
