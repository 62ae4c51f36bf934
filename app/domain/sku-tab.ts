/** The tabs of the list of SKUs: those that no variant has, that several have, that mean one, that mean none on purpose, and all. */
export const skuTabs = ['unlinked', 'several', 'linked', 'never', 'all'] as const;
export type SkuTab = (typeof skuTabs)[number];
