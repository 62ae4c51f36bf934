/** The languages that the app speaks, as BCP 47 tags. */
export const languages = ['en', 'vi', 'zh-Hant', 'ro', 'fr', 'de', 'ja', 'es'] as const;
export type Language = (typeof languages)[number];
