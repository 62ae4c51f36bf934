import { fallback, spoken, type Language } from './languages.ts';
import type { Words } from './texts.ts';

const loads: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => import('../locales/en.ts'),
  vi: () => import('../locales/vi.ts'),
  'zh-Hant': () => import('../locales/zh-Hant.ts'),
  ro: () => import('../locales/ro.ts'),
  fr: () => import('../locales/fr.ts'),
  de: () => import('../locales/de.ts'),
  ja: () => import('../locales/ja.ts'),
  es: () => import('../locales/es.ts'),
};

/** The language that the server wrote a document in, with its words: the browser gets no other ones. */
export async function loadWords(written: string): Promise<{ language: Language; words: Words }> {
  const language = spoken(written) ?? fallback;
  return { language, words: await loads[language]() };
}
