export { default as app } from './ja.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/ja.json' with { type: 'json' };
