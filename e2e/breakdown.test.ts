import { expect, test } from '@playwright/test';
import { openPanel } from './panels';

/** Ratings of ten to fifty millions without any pattern, 30 % of 200 × 100 of them known. */
function vastRatings(): string {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['userId,itemId,rating'];
  for (let user = 1; user <= 200; user++)
    for (let item = 1; item <= 100; item++)
      if (next() < 0.3) lines.push(`${user},${item},${1e7 * (1 + Math.floor(5 * next()))}`);
  return lines.join('\n');
}

test('ALS that breaks down by rounding says so, keeps its last good picture, and goes well as it advises', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name: 'vast.csv', mimeType: 'text/csv', buffer: Buffer.from(vastRatings()) });
  await expect(page.getByTestId('summary')).toContainText('vast.csv · 200 × 100');
  const set = async (label: string, value: string) => {
    await openPanel(page, label);
    const field = page.getByRole('textbox', { name: `${label} value` });
    await field.fill(value);
    await field.press('Enter');
    await expect(field).toHaveValue(value);
  };
  await openPanel(page, 'Model');
  await page.getByText('Conventions and first guess').click();
  await page.getByLabel('ALS baseline', { exact: true }).selectOption('none');
  await set('Rank', '64');
  await set('Lambda', '0');
  await set('B-SGD epochs', '1');
  await openPanel(page, 'Flat out');
  await page.getByRole('checkbox', { name: 'Flat out' }).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const als = page.getByRole('region', { name: 'ALS run', exact: true });
  await expect(als).toContainText('diverged');
  const words = als.getByRole('alert');
  await expect(words).toContainText(
    /^Broke down in iteration \d+: Σε² plus the λ term, which it can only lower, rose by rounding\. Try a larger λ or a lower rank; the last good picture is kept\./,
  );
  await expect(words).toBeInViewport({ ratio: 1 });
  const iteration = async (pattern: RegExp) => Number((await als.innerText()).match(pattern)?.[1]);
  const [kept, broke] = [
    await iteration(/iteration ([\d.]+)\s+diverged/),
    await iteration(/in iteration (\d+)/),
  ];
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(broke);
  const colours = await page
    .getByLabel('Matrix predicted by batch ALS')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
  expect(colours).toBeGreaterThan(10);
  await openPanel(page, 'Model');
  await page.getByRole('button', { name: 'Reset Lambda' }).click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(als).toContainText('finished');
  await expect(words).toHaveCount(0);
});
