import { expect, type Page, test } from '@playwright/test';

const als = (page: Page) => page.getByRole('region', { name: 'ALS run' });
const failed = (page: Page, what: string) => page.getByRole('alert').filter({ hasText: `The ${what} ` });

test('a part whose script does not come takes only itself down, and comes when it is asked for again', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route('**/assets/shortcuts-*.js', (route) => route.abort());
  await page.goto('/');
  await expect(als(page)).toContainText('iteration 0');
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await expect(failed(page, 'help')).toContainText('could not be loaded: the connection is gone');
  await page.getByRole('button', { name: 'Step' }).click();
  await expect(als(page)).toContainText('iteration 1');
  await page.unroute('**/assets/shortcuts-*.js');
  await failed(page, 'help').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(failed(page, 'help')).toHaveCount(0);
});

test('a header that throws leaves the rest, says what happened, and comes again', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // The header writes the name of the data; while it is broken, nothing else reads the word.
  await page.addInitScript(() => {
    const { get } = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format') ?? {};
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', {
      get() {
        return (value: number) => {
          if ((window as { broken?: boolean }).broken && value === 60_000) throw new Error('no number today');
          return get?.call(this)(value);
        };
      },
    });
  });
  await page.goto('/');
  await expect(als(page)).toContainText('iteration 0');
  await page.evaluate(() => Object.assign(window, { broken: true }));
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  const header = failed(page, 'header');
  await expect(header).toContainText(
    'The header failed. The runs go on, and the settings are in the address.',
  );
  await expect(page.getByRole('button', { name: 'Step' })).toBeVisible();
  await expect(als(page)).toBeVisible();
  await header.getByText('What happened').last().click();
  await expect(header).toContainText('no number today');
  await header.getByRole('button', { name: 'Copy what happened' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('no number today');
  await page.evaluate(() => Object.assign(window, { broken: false }));
  const again = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  for (let left = await again.count(); left > 0; left--) {
    await again.first().click();
    await expect(again).toHaveCount(left - 1);
  }
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
