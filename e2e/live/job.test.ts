import { expect, test } from '@playwright/test';

/** Batches that the job has committed by now. */
const committed = async (page: import('@playwright/test').Page): Promise<number> =>
  (await (await page.request.get('/watch/files/job/state.json')).json()).batches;

test('a Spark job is followed batch by batch, and learns a rating that is made in the page within two batches', async ({
  page,
}) => {
  test.setTimeout(900_000);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto('/');
  const watching = page.getByRole('region', { name: 'Watching' });
  await expect(watching).toContainText(/batch \d/, { timeout: 300_000 });
  const shown = async () => Number(/batch (\d+)/.exec(await watching.innerText())?.[1]);
  const first = await shown();
  for (const further of [1, 2]) await expect.poll(shown).toBeGreaterThanOrEqual(first + further);

  // Somebody new: the mean and what items have above it.
  const panel = page.getByRole('region', { name: 'Recommending' });
  await panel.getByLabel('Who').fill('Ada');
  await panel.getByLabel('Who').press('Enter');
  const recommended = panel.getByRole('status', { name: 'Recommended' });
  await expect(recommended).toContainText('Nobody there is called that yet');
  await expect(recommended.getByRole('listitem')).toHaveCount(10);
  await expect(recommended.getByRole('listitem').first()).toContainText(/\S \(\d{4}\)\s*\d\.\d+/);

  // What is recommended first is rated low.
  const best = (await recommended.getByRole('listitem').first().locator('bdi').innerText()).trim();
  await panel.getByLabel('What is rated').fill(best);
  await panel.getByLabel('Rating', { exact: true }).fill('0.5');
  const answered = page.waitForResponse('**/watch/inbox');
  await panel.getByRole('button', { name: 'Rate', exact: true }).click();
  expect((await answered).status()).toBe(200);
  const batches = await committed(page);
  const sent = panel.getByRole('list', { name: 'Ratings sent' });
  await expect(sent).toContainText(`Ada gave ${best} 0.5`);
  await expect(sent).toContainText(/in batch \d+: in the model/);
  const batch = Number(/in batch (\d+):/.exec(await sent.innerText())?.[1]);
  expect(batch).toBeLessThanOrEqual(batches + 2);

  // What has changed: the prediction, and the top ten, of which the film is none any more.
  await expect(sent).toContainText(new RegExp(`Predicted for ${best.replace(/[^\w\s]/g, '\\$&')}:`));
  const [, before, since] = /: ([\d.]+) before, ([\d.]+) since/.exec(await sent.innerText()) ?? [];
  expect(Number(since)).toBeLessThan(Number(before));
  await expect(sent).toContainText(/The batch has [\d,]+ ratings|Nothing else was learnt/);
  await expect(recommended).toContainText('less 1 item that they have rated');
  await expect(recommended).not.toContainText('Nobody there is called that yet');
  await expect(recommended.getByText(best, { exact: true })).toHaveCount(0);
  await expect(page.getByTestId('summary')).toContainText('an opened run');
  expect(errors).toEqual([]);
});
