import { expect, type Page, test } from '@playwright/test';
import { servesEverybody } from './served';
import { filmFiles } from './tastes';

const best = (page: Page) => page.getByRole('list', { name: 'Recommended items' }).getByRole('listitem');
const inSum = (text: string) =>
  text.match(/[−+] ?[\d.]+|[\d.]+/g)?.map((term) => Number(term.replace('−', '-').replace(/[ +]/g, ''))) ??
  [];

/** Brings the ratings, and lets both methods learn them to the end. */
async function open(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(filmFiles);
  await expect(page.getByTestId('summary')).toContainText('60 × 40');
  await page.getByText('Recommend', { exact: true }).click();
  // A step that is asked for before the first frame of these ratings is there would be one of those before.
  await expect(page.getByText('after iteration 0')).toBeVisible();
  for (let step = 0; step < 4; step++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(page.getByText(`after iteration ${step + 1}`)).toBeVisible();
  }
}

test('whoever is picked is recommended what they like, with terms that add up, and why', async ({ page }) => {
  await open(page);
  await expect(best(page)).toHaveCount(10);
  // User 1 likes thrillers.
  for (const row of await best(page).all()) await expect(row).toContainText('Crime, Thriller');
  await page.getByLabel('Find a user').fill('user 2');
  await expect(page.getByRole('heading', { name: 'For user 2: the top 10' })).toBeVisible();
  for (const row of await best(page).all()) {
    await expect(row).toContainText('Comedy');
    const words = (await row.locator('.recommend-sum').textContent()) ?? '';
    const [sum, ...terms] = inSum(words);
    expect(terms).toHaveLength(4);
    expect(terms.reduce((all, term) => all + term, 0)).toBeCloseTo(sum, 6);
  }
  const why = page.getByRole('region', { name: 'Why' });
  const third = best(page).nth(2).getByRole('button');
  await third.click();
  await expect(why.getByLabel('Why this item?')).toHaveValue((await third.textContent()) ?? '');
  await expect(why.getByRole('list', { name: 'Items alike' }).getByRole('listitem')).toHaveCount(5);
  for (const row of await why.getByRole('list', { name: 'Items alike' }).getByRole('listitem').all())
    await expect(row).toContainText('Comedy');
  // What the factors add, and of what ratings.
  const [whole] = inSum((await why.getByText('the factors add').textContent()) ?? '');
  const owed = await why.getByRole('list').first().locator('data').allTextContents();
  expect(owed.flatMap(inSum).reduce((all, one) => all + one, 0)).toBeCloseTo(whole, 6);
});

test('ratings of one’s own are folded in at once, and taken back', async ({ page }) => {
  await open(page);
  await page.getByText('You', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'For you: the top 10' })).toBeVisible();
  for (const [title, value] of [
    ['Comedy 1 (1991)', '5'],
    ['Comedy 7 (1997)', '5'],
    ['Thriller 4 (1994)', '2'],
  ]) {
    await page.getByLabel('Find an item to rate').fill(title);
    await page.getByLabel('Rating', { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Rate', exact: true }).click();
    await expect(page.getByRole('list', { name: 'Your ratings' })).toContainText(title);
  }
  for (const row of await best(page).all()) await expect(row).toContainText('Comedy');
  await expect(best(page).filter({ hasText: 'Comedy 1 (1991)' })).toHaveCount(0);
  for (const title of ['Comedy 1 (1991)', 'Comedy 7 (1997)'])
    await page.getByRole('button', { name: `Take back ${title}` }).click();
  await expect(page.getByRole('list', { name: 'Your ratings' }).getByRole('listitem')).toHaveCount(1);
  // The same title once more is another rating of it.
  await page.getByLabel('Find an item to rate').fill('Thriller 4 (1994)');
  await page.getByLabel('Rating', { exact: true }).fill('5');
  await page.getByRole('button', { name: 'Rate', exact: true }).click();
  await expect(best(page).first()).toContainText('Thriller');
  await expect(page.getByRole('list', { name: 'Your ratings' }).getByRole('listitem')).toHaveCount(1);
});

test('the list is that of the frame on the timeline, of either method', async ({ page }) => {
  await open(page);
  const first = await best(page).allTextContents();
  await page.keyboard.press('Home');
  await expect(page.getByText('after iteration 0')).toBeVisible();
  await expect.poll(() => best(page).allTextContents()).not.toEqual(first);
  await page.keyboard.press('End');
  await expect.poll(() => best(page).allTextContents()).toEqual(first);
  await page.getByRole('group', { name: 'Who recommends' }).getByText('B-SGD').click();
  await expect(page.getByText('after epoch 4.00')).toBeVisible();
  await expect(best(page)).toHaveCount(10);
});

test('where too few have rated what is left, that is said, with a way on', async ({ page }) => {
  await open(page);
  await page.getByLabel('Rated by at least').selectOption('50 users or more');
  await expect(page.getByText('No item is left that 50 users or more have rated.')).toBeVisible();
  await page.getByRole('button', { name: 'Ask for one alone' }).click();
  await expect(best(page)).toHaveCount(10);
  await expect(page.getByLabel('Rated by at least')).toHaveValue('1');
});

test('of a picture it is said what its rows and columns are', async ({ page }) => {
  await page.goto('/');
  await page.getByText('Recommend', { exact: true }).click();
  await expect(page.getByText('Rows of a picture stand for users, columns for items')).toBeVisible();
});

test('whoever has no mouse, or reads by ear, or has little room, is served as well', async ({ page }) => {
  await open(page);
  await servesEverybody(page, '.recommend');
});
