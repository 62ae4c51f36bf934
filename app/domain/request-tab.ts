/** The inbox's parts. `unknown`: open orders of which Amazon does not say whether the buyer asked. */
export const requestTabs = ['open', 'message', 'too_late', 'unknown', 'closed'] as const;
export type RequestTab = (typeof requestTabs)[number];

/** The three answers to whether a buyer asked: not known is never none. */
export const requestWords = ['asked', 'none', 'unknown'] as const;

/** No count of the lists goes beyond it: so many and more are said to be "10,000+". */
export const countLimit = 10_000;
