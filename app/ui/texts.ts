import { createInstance, type i18n } from 'i18next';
import Icu from 'i18next-icu';
import { initReactI18next } from 'react-i18next';
import en from '../locales/en.json' with { type: 'json' };

const resources = { en: { translation: en } };
const fallback = 'en';

/** The language of a document request: the admin's `locale` parameter where it is translated, else English. */
export function languageOf(request: Request): string {
  const asked = new URL(request.url).searchParams.get('locale') ?? fallback;
  const base = asked.split('-')[0] ?? fallback;
  return [asked, base].find((language) => language in resources) ?? fallback;
}

/** All texts in one language, ready to use at once; the same on the server and in the browser. */
export function createTexts(language: string): i18n {
  const texts = createInstance();
  void texts // Resources are at hand and `initAsync` is off, so the promise has nothing left to do.
    .use(Icu)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: fallback,
      resources,
      initAsync: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return texts;
}
