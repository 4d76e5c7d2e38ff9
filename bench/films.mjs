/** How long films take, with the longest task of the page meanwhile, and how soon one is given up. */

const frames = 600;

/**
 * A race of 600 × 600 pixels as MP4 and as GIF, filmed by hand as anybody would.
 *
 * @param open gives an instrumented page (see app.mjs)
 */
export async function films(open) {
  const page = await open();
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByLabel('Flat out').check();
  for (const name of ['ALS run', 'B-SGD run'])
    await page.getByRole('region', { name }).getByText('finished').waitFor({ timeout: 120_000 });
  const result = {};
  for (const format of ['MP4', 'GIF']) {
    await describe(page, format, frames);
    await page.evaluate(() => globalThis.seen.longTasks.splice(0));
    const begun = Date.now();
    const download = page.waitForEvent('download', { timeout: 300_000 });
    await page.getByRole('button', { name: `Save ${format}` }).click();
    await (await download).path();
    result[`${frames} frames of 600 × 600 as ${format}, s`] = Number(
      ((Date.now() - begun) / 1000).toFixed(1),
    );
    const longest = await page.evaluate(() => Math.round(Math.max(0, ...globalThis.seen.longTasks)));
    result[`longest main-thread task over 50 ms while filming ${format}`] = longest || 'none';
  }
  await describe(page, 'GIF', 3000);
  await page.getByRole('button', { name: 'Save GIF' }).click();
  await page.getByText(/frame \d\d/).waitFor();
  const given = Date.now();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  result['a film is given up, ms'] = Date.now() - given;
  await page.close();
  return result;
}

async function describe(page, format, count) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Film…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(format, { exact: true }).click();
  await dialog.getByLabel('Shape', { exact: true }).selectOption('1:1');
  await dialog.getByLabel('Size', { exact: true }).selectOption('600 pixels');
  await dialog.getByLabel('Frames', { exact: true }).fill(String(count));
}
