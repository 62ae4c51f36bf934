/** The tabs of the list of SKUs: those that no variant has, that several have, that mean one, and all. */
export const skuTabs = ['unlinked', 'several', 'linked', 'all'] as const;
export type SkuTab = (typeof skuTabs)[number];
