import { createInstance, type i18n } from 'i18next';
import Icu from 'i18next-icu';
import { initReactI18next } from 'react-i18next';
import type { Texts } from '../locales/completed.ts';
import type { Language } from './languages.ts';

/** What is said in one language: the app's own texts, and Polaris's words, where several of its files are laid over each other, the first on top. */
export interface Words {
  readonly app: Texts;
  readonly polaris: Texts | Texts[];
}

/** All texts in one language, ready to use at once; the same on the server and in the browser. */
export function createTexts(language: Language, { app, polaris }: Words): i18n {
  const texts = createInstance();
  void texts // Resources are at hand and `initAsync` is off, so the promise has nothing left to do.
    .use(Icu)
    .use(initReactI18next)
    .init({
      lng: language,
      load: 'currentOnly',
      fallbackLng: false,
      resources: { [language]: { translation: app, polaris } },
      initAsync: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return texts;
}

/** Polaris's words in the language of these texts, as its provider takes them. */
export function polarisWords(texts: i18n): Words['polaris'] {
  return texts.getResourceBundle(texts.language, 'polaris') as Words['polaris'];
}
