import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { faultsOf, screenOf } from './boxes';

/** A part of the page can be read by ear and in both themes, and nothing of it is cut, sticks out or is too small to be touched. */
export async function servesEverybody(page: Page, part: string) {
  const screen = await screenOf(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  }
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
    { width: 390, height: 844, touch: true },
  ]) {
    await screen(size);
    expect(await faultsOf(page, part, size.touch), `${size.width}`).toEqual([]);
  }
}
