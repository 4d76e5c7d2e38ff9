/**
 * Libraries ask the browser for its language as they load, and fail where that is none, such as 'C': then the answer is
 * the language of the page.
 */
export function mendLanguage(navigator: { readonly language: string }): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en' });
  }
}
