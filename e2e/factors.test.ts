import { expect, type Page, test } from '@playwright/test';
import { servesEverybody } from './served';
import { filmFiles } from './tastes';

const directions = (page: Page) =>
  page.getByRole('region', { name: 'Directions' }).getByRole('list', { name: 'Directions' });
const told = (page: Page) => page.getByRole('status', { name: 'Item on the map' });
const map = (page: Page) => page.getByRole('img', { name: /^Items by direction/ });

/** Brings ratings of two tastes, and lets both methods learn them. */
async function open(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(filmFiles);
  await expect(page.getByTestId('summary')).toContainText('60 × 40');
  await page.getByText('Factors', { exact: true }).click();
  // The transport stands below it, and a step would be one of the ratings before until their first frame is there.
  await expect(page.getByText('after iteration 0')).toBeVisible();
  for (let step = 0; step < 4; step++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(page.getByText(`after iteration ${step + 1}`)).toBeVisible();
  }
}

test('the strongest direction has thrillers at one end and comedies at the other, and the most of the spectrum', async ({
  page,
}) => {
  await open(page);
  const first = directions(page).locator('> li').first();
  const ends = await Promise.all(
    ['High', 'Low'].map((name) => first.getByRole('list', { name }).getByRole('button').allTextContents()),
  );
  const sorts = ends.map((titles) => new Set(titles.map((title) => title.split(' ')[0])));
  expect(sorts.map(({ size }) => size)).toEqual([1, 1]);
  expect(new Set(sorts.flatMap((sort) => [...sort])).size).toBe(2);
  const shares = await directions(page).getByRole('heading').allTextContents();
  const inPercent = shares.map((words) => Number(/([\d.]+) %/.exec(words)?.[1]));
  expect(inPercent[0]).toBeGreaterThan(50);
  expect(inPercent).toEqual(inPercent.toSorted((a, b) => b - a));
  expect(inPercent.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
});

test('an item is found by name, in the list, or under the pointer, and told with where it lies', async ({
  page,
}) => {
  await open(page);
  await page.getByLabel('Find an item').fill('Comedy 7 (1997)');
  await expect(told(page)).toContainText(
    /^Comedy 7 \(1997\) · Comedy · \d+ ratings, mean [\d.]+ · direction 1: /,
  );
  const end = directions(page).locator('> li').first().getByRole('list', { name: 'High' });
  const far = end.getByRole('button').first();
  await far.click();
  await expect(told(page)).toContainText((await far.textContent()) ?? '');
  const at = Number(await end.locator('data').first().textContent());
  await expect(told(page)).toContainText(`direction 1: ${at.toFixed(2).slice(0, 3)}`);
  // What lies farthest out of all lies at the edge: there is nothing else as far.
  const box = (await map(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await told(page).textContent();
  await page.mouse.move(box.x + 2, box.y + 2);
  await expect(told(page)).toContainText((await far.textContent()) ?? '');
  expect(before).toBeTruthy();
});

test('the map is of any two directions, in the colours of means, counts or a genre, at the frame of the timeline', async ({
  page,
}) => {
  await open(page);
  const picture = () => map(page).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const seen = new Set([await picture()]);
  const isOther = async () => {
    await expect.poll(async () => seen.has(await picture())).toBe(false);
    seen.add(await picture());
  };
  await page.getByLabel('Colour').selectOption('Comedy');
  await isOther();
  await page.getByLabel('Colour').selectOption('number of ratings');
  await isOther();
  await page.getByLabel('Up', { exact: true }).selectOption('Direction 3');
  await expect(page.getByRole('img', { name: 'Items by direction 1 across and 3 up' })).toBeVisible();
  await isOther();
  await page.getByRole('group', { name: 'Whose factors' }).getByText('B-SGD').click();
  await expect(page.getByText('after epoch 4.00')).toBeVisible();
  await isOther();
  await page.keyboard.press('Home');
  await expect(page.getByText('after epoch 0.00')).toBeVisible();
  await isOther();
});

test('it can be read by ear, in both themes, and fits a phone', async ({ page }) => {
  await open(page);
  await servesEverybody(page, '.factors');
});
