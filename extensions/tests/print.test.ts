// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { printActions, runExtension } from './run-extension.ts';

it.each(printActions)('REQ-3: %s hands the app’s sheet of what is selected to the print dialog', (folder) =>
  runExtension(
    folder,
    { selected: ['gid://shopify/Order/1', 'gid://shopify/Order/2'], answer: () => null },
    () => {
      const src = new URL(
        document.querySelector('s-admin-print-action')?.getAttribute('src') ?? '',
        'https://app.example',
      );
      expect(src.pathname).toBe('/extension/sheet');
      expect(src.searchParams.get('orders')).toBe('gid://shopify/Order/1,gid://shopify/Order/2');
      expect(src.searchParams.get('locale')).toBe('en');
      return Promise.resolve();
    },
  ),
);
