import type { Api } from '@shopify/ui-extensions/admin.order-details.block.render';

declare module './src/block.tsx' {
  const shopify: Api;
}
