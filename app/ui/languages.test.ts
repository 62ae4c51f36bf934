import { describe, expect, it } from 'vitest';
import { languageOf, spoken } from './languages.ts';

describe('the spoken language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['vi-VN', 'vi'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['en-GB', 'en'],
    ['DE', 'de'],
  ])('of %s is %s', (tag, language) => {
    expect(spoken(tag)).toBe(language);
  });

  it.each(['zh-CN', 'zh-Hans', 'zh', 'pt-BR', 'nb', '', '*', 'x', '<script>', 'de_AT'])(
    'of %j is none',
    (tag) => {
      expect(spoken(tag)).toBeNull();
    },
  );
});

describe('the language of a document', () => {
  const asked = (query: string, accepted?: string) =>
    languageOf(
      new Request(
        `https://concord.example/app${query}`,
        accepted ? { headers: { 'accept-language': accepted } } : {},
      ),
    );

  it('is the one of the staff member’s admin, whatever the browser prefers', () => {
    expect(asked('?shop=a&locale=ja', 'de')).toBe('ja');
    expect(asked('?locale=zh-TW')).toBe('zh-Hant');
  });

  it('is English where the admin’s is not spoken', () => {
    expect(asked('?locale=pt-BR', 'de')).toBe('en');
    expect(asked('?locale=zh-CN', 'zh-TW')).toBe('en');
    expect(asked('?locale=')).toBe('en');
  });

  it('is the browser’s best one outside of the admin', () => {
    expect(asked('', 'pt-BR,pt;q=0.9,fr-CA;q=0.8,de;q=0.7')).toBe('fr');
    expect(asked('', 'nb')).toBe('en');
    expect(asked('')).toBe('en');
  });
});
