export { default as app } from './en.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/en.json' with { type: 'json' };
