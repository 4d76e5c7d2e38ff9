import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

async function exported(page: Page, item: string, scale: string) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitemradio', { name: scale }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  const file = await download;
  const bytes = await readFile(await file.path());
  const decoded = await page.evaluate(async (base64) => {
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([binary], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const words = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
    return { width: bitmap.width, height: bitmap.height, colours: new Set(words).size };
  }, bytes.toString('base64'));
  return { name: file.suggestedFilename(), ...decoded };
}

test('matrices and the stage export as PNG of the right size, named by what they show', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');
  const als = await exported(page, 'ALS PNG', '2×');
  expect(als).toMatchObject({
    width: 600,
    height: 600,
    name: 'factorscope_portrait_als_rank20_lambda15_step1.00.png',
  });
  expect(als.colours).toBeGreaterThan(100);
  const ratings = await exported(page, 'Ratings PNG', '1×');
  expect(ratings).toMatchObject({ width: 300, height: 300 });
  expect(ratings.colours).toBeGreaterThan(100);
  const stage = await exported(page, 'Stage PNG', '3×');
  expect(stage.width / stage.height).toBeGreaterThan(1.5);
  expect(stage.width % 3).toBe(0);
  expect(stage.colours).toBeGreaterThan(300);
});

test('views, palettes and the crosshair show what they say', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
  await page
    .getByRole('img', { name: 'Matrix predicted by batch ALS' })
    .hover({ position: { x: 20.5, y: 40.5 } });
  await expect(page.getByText('user 41, item 21')).toBeVisible();
  await expect(page.getByText(/^r = \d/)).toBeVisible();
  await page.getByText('Error', { exact: true }).click();
  await expect(page.getByText('error r̂ − r').first()).toBeVisible();
  await page.getByLabel('Palette').selectOption('magma');
  await expect(page.getByLabel('Palette')).toHaveValue('magma');
});

test('with COOP and COEP the page is isolated; without them everything still works', async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.route('**', async (route) => {
    const answer = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(answer.headers()).filter(([name]) => !name.startsWith('cross-origin-')),
    );
    await route.fulfill({ response: answer, headers });
  });
  await page.goto('/');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1', {
    timeout: 10_000,
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`nothing scrolls sideways and axe finds nothing at ${viewport.width} px, ${colorScheme}`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      await page.goto('/');
      await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 0');
      const { scrollWidth, scrollHeight } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        scrollHeight: document.documentElement.scrollHeight,
      }));
      expect(scrollWidth).toBeLessThanOrEqual(viewport.width);
      if (viewport.width > 1000) expect(scrollHeight).toBeLessThanOrEqual(viewport.height);
      const panes = await page.getByRole('application').boundingBox();
      const transport = await page.getByRole('region', { name: 'Transport' }).boundingBox();
      for (const pane of await page.getByRole('img', { name: 'Matrix' }).all()) {
        const box = await pane.boundingBox();
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(
          (panes?.y ?? 0) + (panes?.height ?? 0),
        );
      }
      expect((panes?.y ?? 0) + (panes?.height ?? 0)).toBeLessThanOrEqual(transport?.y ?? 0);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
      ).toEqual([]);
    });
  }
}
