export { default as app } from './de.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/de.json' with { type: 'json' };
