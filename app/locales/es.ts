export { default as app } from './es.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/es.json' with { type: 'json' };
