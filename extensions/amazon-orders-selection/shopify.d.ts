import type { Api } from '@shopify/ui-extensions/admin.order-index.selection-action.render';

declare module './src/selection.tsx' {
  const shopify: Api;
}
