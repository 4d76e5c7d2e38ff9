import { fileOfMillions } from './rows.mjs';

/** The longest task of the page since this was asked last, ms; 0 where none took 50. */
const longest = (page) =>
  page.evaluate(() => Math.round(Math.max(0, ...globalThis.seen.longTasks.splice(0))));

const picker = (page) => page.getByLabel('Open a ratings file or a picture');

/**
 * What a hand waits for while there is much to do: the longest tasks of the page while matrices are dragged about and
 * while a large file is read, and how soon reading is given up.
 *
 * @param open gives an instrumented page (see app.mjs)
 */
export async function atHand(open) {
  return { ...(await draggedAbout(open)), ...(await givenUp(open)) };
}

/** Two million ratings, learnt by both methods flat out, are dragged about three times: what is long in each lap is ours. */
async function draggedAbout(open) {
  const page = await open();
  await picker(page).setInputFiles(fileOfMillions(2));
  await page.getByTestId('summary').getByText('bench-2m.csv').waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByLabel('Flat out').check();
  const learnt = page.getByRole('region', { name: 'ALS run' }).getByText(/iteration [2-9]/);
  await learnt.waitFor({ timeout: 120_000 });
  const { x, y } = await page.getByRole('img', { name: 'Matrix predicted by batch ALS' }).boundingBox();
  await page.mouse.move(x + 150, y + 150);
  for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -300);
  await longest(page);
  const laps = [];
  for (let lap = 0; lap < 3; lap++) {
    await page.mouse.move(x + 150, y + 150);
    await page.mouse.down();
    await page.mouse.move(x + 50, y + 60, { steps: 15 });
    await page.mouse.move(x + 240, y + 200, { steps: 15 });
    await page.mouse.up();
    laps.push(await longest(page));
  }
  await page.close();
  return {
    'longest main-thread task over 50 ms while 2 M ratings are dragged about (least of 3)':
      Math.min(...laps) || 'none',
  };
}

/** A file of thirty million rows is dropped, which the page makes itself, and given up once it is well under way. */
async function givenUp(open) {
  const page = await open();
  await page.getByTestId('summary').getByText('Portrait').waitFor();
  await page.evaluate(() => {
    const rowOf = (_, i) => `${1 + (i % 5000)},${1 + ((i * 7919) % 3000)},${1 + (i % 5)}\n`;
    const rows = Array.from({ length: 20_000 }, rowOf).join('');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['userId,movieId,rating\n', ...Array(1500).fill(rows)], 'large.csv'));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true });
    document.querySelector('.workbench').dispatchEvent(drop);
  });
  // Making the file was a long task, too.
  await page.getByText('Reading large.csv').waitFor();
  await longest(page);
  await page.getByText(/Reading large.csv: [\d,]{9,} rows/).waitFor();
  const cancelled = await page.evaluate(() => {
    const begun = performance.now();
    const isCancel = ({ textContent }) => textContent === 'Cancel';
    [...document.querySelectorAll('button')].find(isCancel).click();
    return new Promise((resolve) => {
      const look = () =>
        document.body.textContent.includes('Reading large.csv')
          ? requestAnimationFrame(look)
          : resolve(Math.round(performance.now() - begun));
      look();
    });
  });
  const whileRead = await longest(page);
  await page.close();
  return {
    'longest main-thread task over 50 ms while a large file is read': whileRead || 'none',
    'reading is given up, ms': cancelled,
  };
}
