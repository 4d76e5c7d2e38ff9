import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

const als = (page: Page) => page.getByRole('region', { name: 'ALS run' });
const sgd = (page: Page) => page.getByRole('region', { name: 'B-SGD run' });
const offer = (page: Page) => page.getByRole('status').filter({ hasText: 'still on this machine' });

const rows = Array.from({ length: 400 }, (_, i) => `${i % 40},${i % 29},${1 + (i % 5)}`);
const csv = {
  name: 'mine.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['user,item,rating', ...rows].join('\n')),
};

async function open(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(als(page)).toContainText('iteration 0');
}

const said = async (page: Page) => [await als(page).textContent(), await sgd(page).textContent()];

/** Brings ratings, sets a rank, steps three times, and waits until all of it is kept; what the runs say then. */
async function keep(page: Page) {
  await open(page);
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(csv);
  await expect(page.getByTestId('summary')).toContainText('mine.csv · 40 × 29');
  await expect(page.getByText(/^Kept in this browser \(\d+ kB\)/)).toBeVisible();
  await openPanel(page, 'Model');
  const rank = page.getByRole('textbox', { name: 'Rank value' });
  await rank.fill('7');
  await rank.press('Enter');
  await expect(als(page)).toContainText('iteration 0');
  for (const n of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(als(page)).toContainText(`iteration ${n}`);
    await expect(sgd(page)).toContainText(`epoch ${n}.00`);
  }
  // What is set is noted once it has stood still.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('last-data');
        return (await (await folder.getFileHandle('recipe.json')).getFile()).text();
      }),
    )
    .toContain('als=6');
  return said(page);
}

/** Takes what is offered when the page is opened anew: the runs say the same. */
async function comesBack(page: Page, expected: readonly (string | null)[]) {
  await open(page);
  await expect(offer(page)).toContainText('is still on this machine from your last visit');
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(page.getByTestId('summary')).toContainText('mine.csv · 40 × 29');
  await expect(als(page)).toContainText('iteration 3');
  await expect(sgd(page)).toContainText('epoch 3.00');
  expect(await said(page)).toEqual(expected);
}

test('ratings, settings and runs come back after the tab crashed, to the same bits', async ({
  page,
  context,
}) => {
  const expected = await keep(page);
  const crashed = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  // A crashed page does not answer.
  void devtools.send('Page.crash').catch(() => {});
  await crashed;
  await comesBack(await context.newPage(), expected);
});

test('ratings, settings and runs come back after the tab was closed, to the same bits, until they are forgotten', async ({
  page,
  context,
}) => {
  const expected = await keep(page);
  await page.close();
  const again = await context.newPage();
  await comesBack(again, expected);
  // What was found here can still be read again.
  await openPanel(again, 'Data');
  await again.getByRole('button', { name: 'Forget it' }).click();
  await expect(again.getByText(/^Kept in this browser/)).toHaveCount(0);
  await open(again);
  await openPanel(again, 'Data');
  await expect(offer(again)).toHaveCount(0);
});

test('storage that is blocked, full or damaged is said to be so, and the page opens', async ({ page }) => {
  await page.addInitScript(() => {
    const { getDirectory } = StorageManager.prototype;
    StorageManager.prototype.getDirectory = function () {
      if (sessionStorage.getItem('storage') === 'works') return getDirectory.call(this);
      return Promise.reject(new DOMException('blocked', 'SecurityError'));
    };
  });
  await open(page);
  await page.getByLabel('Open a ratings file or a picture').setInputFiles(csv);
  await expect(page.getByText(/^Not kept for when you come back: this browser/)).toBeVisible();
  await page.evaluate(async () => {
    sessionStorage.setItem('storage', 'works');
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('last-data', { create: true });
    const out = await (await folder.getFileHandle('recipe.json', { create: true })).createWritable();
    await out.write('{ damaged');
    await out.close();
  });
  await open(page);
  await expect(page.getByText(/cannot be read any more/)).toBeVisible();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByText(/cannot be read any more/)).toHaveCount(0);
  await open(page);
  await expect(page.getByText(/cannot be read any more/)).toHaveCount(0);
});
