import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

// A window in which a matrix of the portrait is painted a pixel to a cell.
test.use({ viewport: { width: 1330, height: 900 } });

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

/** Saves a table, and reads it: its name, and a row's texts by their columns. No text in it has a comma. */
async function table(page: Page, act: () => Promise<void>) {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  const lines = (await readFile(await file.path())).toString().trimEnd().split('\r\n');
  const [header, ...rows] = lines.map((line) => line.split(','));
  return {
    name: file.suggestedFilename(),
    rows: rows.map((row) => Object.fromEntries(row.map((text, column) => [header[column], text]))),
  };
}

test('factors export with ids and titles beside them: by them every model predicts what it predicts', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const ratings = Array.from({ length: 60 }, (_, i) =>
    [`u0${1 + (i % 10)}`, 1 + ((i * 7) % 23), 1 + (i % 5)].join(),
  );
  const text = (name: string, lines: readonly string[]) => ({
    ...{ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) },
  });
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles([
      text('ratings.csv', ['userId,movieId,rating', ...ratings]),
      text('movies.csv', ['movieId,title,genres', '1,Heat (1995),x', '8,=Fargo (1996),x']),
    ]);
  await expect(page.getByTestId('summary')).toContainText('10 × 23 · 60 ratings');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'B-SGD run' })).toContainText('epoch 1.00');
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');

  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const factors = await table(page, () => choose('Factors CSV'));
  expect(factors.name).toMatch(/^factorscope_ratings\.csv_factors_als_rank\d+_.*step1\.00\.csv$/);
  expect(factors.rows).toHaveLength(2 * (1 + 10 + 23));
  const of = (model: string, side: string) =>
    factors.rows.filter((row) => row.model === model && row.side === side);
  const titled = of('ALS', 'item').filter(({ title }) => title);
  expect(titled.map(({ id, title }) => [id, title])).toEqual([
    ['1', 'Heat (1995)'],
    ['8', `"'=Fargo (1996)"`],
  ]);
  const learnt = of('ALS', 'user').reduce((sum, row) => sum + Number(row.ratings), 0);
  expect(learnt).toBe(of('B-SGD', 'item').reduce((sum, row) => sum + Number(row.ratings), 0));

  await choose('Predictions CSV…');
  const save = () => page.getByRole('button', { name: 'Save CSV' }).click();
  const heldOut = await table(page, save);
  expect(heldOut.rows).toHaveLength(60 - learnt);
  for (const { userId, itemId, ...row } of heldOut.rows)
    for (const model of ['ALS', 'B-SGD']) {
      const [mean] = of(model, 'mean');
      const user = of(model, 'user').find(({ id }) => id === userId)!;
      const item = of(model, 'item').find(({ id }) => id === itemId)!;
      let predicted = Number(mean.bias) + Number(user.bias) + Number(item.bias);
      for (let f = 1; `factor${f}` in user; f++)
        predicted += Number(user[`factor${f}`]) * Number(item[`factor${f}`]);
      expect(predicted).toBeCloseTo(Number(row[model]), 4);
    }
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
  await page.getByText('Beyond the baseline', { exact: true }).click();
  // ALS has none here, and begins with what it predicts; B-SGD begins with the mean.
  await expect(page.getByText('U·P = r̂, no baseline', { exact: true })).toBeVisible();
  await expect(page.getByText(/^U·P = r̂ − /)).toBeVisible();
  await expect(page.getByRole('img', { name: 'Colours from −63.8 to 63.8 rating units' })).toBeVisible();
  await page
    .getByRole('img', { name: 'Matrix predicted by batch ALS' })
    .hover({ position: { x: 20, y: 40 } });
  await expect(page.getByText(/^\d.* = r̂, no baseline$/)).toBeVisible();
  await openPanel(page, 'Palette');
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
  await expect(page.getByRole('region', { name: 'ALS run' })).toContainText('iteration 1');
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
