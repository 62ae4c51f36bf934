import type { i18n } from 'i18next';
import * as de from '../locales/de.ts';
import * as en from '../locales/en.ts';
import * as es from '../locales/es.ts';
import * as fr from '../locales/fr.ts';
import * as ja from '../locales/ja.ts';
import * as ro from '../locales/ro.ts';
import * as vi from '../locales/vi.ts';
import * as zhHant from '../locales/zh-Hant.ts';
import { completed } from '../locales/completed.ts';
import type { Language } from './languages.ts';
import { createTexts, type Words } from './texts.ts';

const words: Readonly<Record<Language, Words>> = { en, vi, 'zh-Hant': zhHant, ro, fr, de, ja, es };
const made = new Map<Language, i18n>();

/** All texts in a language, English where it has none. For the server: it holds every language. */
export function textsIn(language: Language): i18n {
  const { app, polaris } = words[language];
  const texts = made.get(language) ?? createTexts(language, { app: completed(app, en.app), polaris });
  made.set(language, texts);
  return texts;
}
