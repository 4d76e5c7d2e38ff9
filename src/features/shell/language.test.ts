import { expect, test } from 'vitest';
import { mendLanguage } from './language';

/** Asks as a browser does: the language is read only, and belongs to the prototype. */
const asked = (language: string) => {
  const navigator = Object.create({
    get language() {
      return language;
    },
  }) as { readonly language: string };
  mendLanguage(navigator);
  return navigator.language;
};

test('a language that is none becomes English; others stay', () => {
  expect(['C', 'C.UTF-8', 'POSIX', 'de-CH', 'ar-EG', 'en'].map(asked)).toEqual([
    ...['en', 'en', 'POSIX', 'de-CH', 'ar-EG', 'en'],
  ]);
  expect(() => new Intl.NumberFormat(asked('C'))).not.toThrow();
});
