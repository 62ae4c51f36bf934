import english from '@shopify/polaris/locales/en.json' with { type: 'json' };
import own from './polaris-ro.json' with { type: 'json' };

export { default as app } from './ro.json' with { type: 'json' };

/** Polaris has no Romanian: what the pages show of it is worded here, the rest stays English. */
export const polaris = [own, english];
