export { default as app } from './zh-Hant.json' with { type: 'json' };
export { default as polaris } from '@shopify/polaris/locales/zh-TW.json' with { type: 'json' };
