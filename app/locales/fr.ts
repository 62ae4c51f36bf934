export { default as app } from './fr.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/fr.json' with { type: 'json' };
