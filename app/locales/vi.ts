export { default as app } from './vi.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/vi.json' with { type: 'json' };
