import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';

/** The four people for whom the page is, each from beginning to end by the keyboard alone, as a screen reader has it. */

const run = (page: Page, name: string) => page.getByRole('region', { name: `${name} run`, exact: true });

/** Ratings that half of the users give to half of the items, and a time of each. */
const csv = [
  'userId,movieId,rating,timestamp',
  ...Array.from({ length: 2400 }, (_, i) => {
    const [user, item] = [i % 60, (7 * Math.floor(i / 60) + 11 * (i % 60)) % 90];
    return `${user + 1},${item + 1},${user % 2 === item % 2 ? 5 : 2},${1_500_000_000 + i * 3600}`;
  }),
].join('\n');

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
});

/** Leads the focus to something: by Tab from group to group, within one by its arrow. */
async function reach(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    const key = await target.evaluate((element) => {
      const { activeElement: now } = document;
      if (element === now) return null;
      const group = now?.closest(
        '[role="toolbar"], [role="tablist"], [role="menu"], fieldset:has([type="radio"])',
      );
      if (!group?.contains(element)) return 'Tab';
      const isUpright = group.matches('[role="menu"], [aria-orientation="vertical"]');
      return isUpright ? 'ArrowDown' : 'ArrowRight';
    });
    if (key === null) return;
    // What is in a group and not among those that its arrows lead to is a stop of its own.
    await page.keyboard.press(presses % 25 === 24 ? 'Tab' : key);
  }
  await expect(target).toBeFocused();
}

async function press(page: Page, target: Locator, key = 'Enter') {
  await reach(page, target);
  await page.keyboard.press(key);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function type(page: Page, label: string, text: string) {
  await reach(page, page.getByRole('textbox', { name: label }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a student steps through ratings one by one, and reads what a prediction is the sum of', async ({
  page,
}) => {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - region "Stage"
    - region "What happens": "300 people, 300 films, every rating a colour: two methods guess what is there."
    - region "Transport"
    - region "RMSE chart"
  `);
  await press(page, button(page, 'Single'));
  await expect(page.getByRole('region', { name: 'Observation of B-SGD' })).toMatchAriaSnapshot(`
    - 'heading "B-SGD: one observation" [level=2]'
    - button "Next rating"
    - paragraph: /No\\. 1. user \\d+, item \\d+, r = [\\d.]+/
    - paragraph: /r̂ = μ \\+ b/
    - paragraph: /ε = r − r̂ =/
    - text: user before
    - img "user before"
    - text: /±[\\d.]+ user after/
    - img "user after"
    - text: /±[\\d.]+ user change/
    - img "user change"
  `);
  await press(page, button(page, 'Next rating'));
  await expect(run(page, 'B-SGD')).toContainText('2 seen');
  await expect(run(page, 'ALS')).toContainText('iteration 0.5');
  await press(page, button(page, 'Half-sweep'));
  await expect(run(page, 'ALS')).toContainText('iteration 1 ');

  // On the matrices arrows lead from cell to cell; who rests on one reads what it is made of.
  await reach(page, page.getByRole('application'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const sgd = page.getByRole('figure', { name: /^B-SGD/ });
  await expect(sgd).toContainText(/U·P = −?[\d.]+ = −?[\d.]+ \(factor \d+\) [+−] .* \(17 others\)/);
  await expect(sgd).toContainText(
    /r̂ = μ \+ bₓ \+ bᵧ \+ U·P = 115\.5 [+−] [\d.]+ [+−] [\d.]+ [+−] [\d.]+ = [\d.]+/,
  );
  await page.keyboard.press('Escape');
  await expect(sgd.getByText('factor')).toBeHidden();
});

test('a lecturer marks frames, presents them with a clicker, and copies a link that has them', async ({
  page,
}) => {
  await page.keyboard.press('m');
  await press(page, button(page, 'Step'));
  await expect(run(page, 'ALS')).toContainText('iteration 1');
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await press(page, button(page, 'Mark'));
  await press(page, button(page, 'Marks 2'));
  const list = page.getByRole('dialog', { name: 'Marks' });
  await reach(page, list.getByRole('textbox', { name: 'Name of Mark 2' }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('After one step');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();

  await page.keyboard.press('p');
  const bar = page.getByRole('navigation', { name: 'Presentation' });
  await expect(bar).toMatchAriaSnapshot(`
    - navigation "Presentation":
      - button "Previous mark"
      - status: /2 marks/
      - button "Next mark"
      - button "End the presentation"
  `);
  await page.keyboard.press('PageDown');
  await expect(bar.getByRole('status')).toContainText('Mark 1');
  await expect(run(page, 'ALS')).toContainText('iteration 0 of 1');
  await page.keyboard.press('PageDown');
  await expect(bar.getByRole('status')).toContainText('After one step');
  await expect(run(page, 'ALS')).toContainText('iteration 1');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();

  await press(page, button(page, 'Copy link'));
  await expect(page).toHaveURL(/marks=.*After/);
});

test('a data scientist opens a file, reads its audit, tunes rank and λ, and takes the factors along', async ({
  page,
}) => {
  const choosing = page.waitForEvent('filechooser');
  await press(page, button(page, 'Open file'));
  await (await choosing).setFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByRole('region', { name: 'Data' })).toMatchAriaSnapshot(`
    - heading "Your ratings" [level=2]
    - button "Back to pictures"
    - term: Users
    - definition: "60"
    - term: Items
    - definition: "90"
    - term: Ratings
    - definition: 2,400
    - term: Lines
    - definition: 2,401 = 1 header + 2,400 ratings
  `);
  await expect(page.getByRole('radio', { name: 'Beyond the baseline' })).toBeChecked();
  await press(page, page.getByRole('tab', { name: 'Model' }));
  await type(page, 'Rank value', '4');
  await type(page, 'Lambda value', '0.05');
  await press(page, button(page, 'Step'));
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await expect(run(page, 'ALS')).toContainText('iteration 1');
  await expect(page.getByRole('region', { name: 'RMSE chart' })).toMatchAriaSnapshot(`
    - list:
      - listitem: ALS
      - listitem: B-SGD
    - paragraph: /After 1 step. ALS is (ahead|level).*held out/
    - button "Validation only" [pressed]
  `);
  await press(page, button(page, 'Validation only'));
  await press(page, button(page, 'Chart as a table'));
  await expect(page.getByRole('dialog').getByRole('columnheader')).toHaveText([
    'iterations / epochs',
    ...['ALS validation', 'ALS train', 'B-SGD validation', 'B-SGD train'],
  ]);
  await page.keyboard.press('Escape');
  await press(page, button(page, 'Export'));
  const download = page.waitForEvent('download');
  await press(page, page.getByRole('menuitem', { name: /^Factors/ }).first());
  expect((await readFile(await (await download).path())).length).toBeGreaterThan(1000);
});

test('an engineer replays a stream, and reads who ends best and what it cost', async ({ page }) => {
  await press(page, button(page, 'Sample ratings'));
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  // The last of the experiments lies before the first.
  await reach(page, page.getByRole('radio', { name: 'Race' }));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 0 of');
  await press(page, button(page, 'One batch'));
  await expect(page.getByRole('region', { name: 'Stream transport' })).toContainText('Batch 1 of');
  // Nothing typed is the end.
  await press(page, page.getByRole('textbox', { name: 'Jump to batch' }));
  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('ends best');
  await expect(page.getByRole('region', { name: 'Stream chart' })).toMatchAriaSnapshot(`
    - heading "RMSE" [level=2]
    - group "Error shown":
      - radio "Validation" [checked]
      - radio "Prequential"
    - slider "Error of every method as ratings arrive"
  `);
  const chart = page.getByRole('slider', { name: 'Error of every method as ratings arrive' });
  await reach(page, chart);
  await page.keyboard.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /B-SGD .*Fold-in/);
});
