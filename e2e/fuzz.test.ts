import { expect, type Page, test } from '@playwright/test';
import { type Random, seededRandom, seedOf } from '../src/ratings/random';
import { hostileArchive, hostileLink, hostileParquet, hostileRun } from './hostile';

/**
 * Hostile links, run files, Parquet and archives, each of them valid before something in it was changed: the page takes
 * each or refuses it in words, shows no number that is none, throws nothing and asks no other origin for anything; and
 * the next file is read. `FUZZ=500` for so many of a kind, `FUZZ_SEED` for others, `FUZZ_FROM` to begin at one.
 */
const seed = Number(process.env.FUZZ_SEED ?? 18);
const count = Number(process.env.FUZZ ?? 25);
const from = Number(process.env.FUZZ_FROM ?? 0);

const summary = (page: Page) => page.getByTestId('summary');
const picker = (page: Page) => page.getByLabel('Open a ratings file or a picture');

/** What goes wrong in the page, of itself or of its workers; and what it asks others for. */
function faultsOf(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  page.on('crash', () => faults.push('the tab crashed'));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(origin))
      faults.push(`asked ${request.url()}`);
  });
  return faults;
}

const noNumber = /\bNaN\b|Infinity|undefined|\[object/;

/** Does so with one hostile thing after the other; what fails says which it was. */
async function withEach(
  kind: string,
  page: Page,
  origin: string,
  bring: (random: Random, at: number) => Promise<string>,
) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const faults = faultsOf(page, origin);
  await page.goto('/');
  await expect(summary(page)).toContainText('Portrait');
  const came = new Map<string, number>();
  for (let at = from; at < from + count; at++) {
    const which = `${kind} ${at} of seed ${seed}: FUZZ_SEED=${seed} FUZZ_FROM=${at} FUZZ=1`;
    const words = await test.step(which, () => bring(seededRandom(seedOf(seed, at)), at));
    expect(words, which).not.toMatch(noNumber);
    expect(await page.locator('body').innerText(), which).not.toMatch(noNumber);
    expect(faults, which).toEqual([]);
    const kept = words.replaceAll(/\d+/g, '0').slice(0, 70);
    came.set(kept, (came.get(kept) ?? 0) + 1);
  }
  await test.info().attach('what came', { body: JSON.stringify(Object.fromEntries(came), null, 1) });
  console.log(kind, JSON.stringify(Object.fromEntries([...came].sort((a, b) => b[1] - a[1])), null, 1));
}

/** How many runs there are: an opened one that suits the ratings on the stage lies beside theirs. */
const runs = async (page: Page) => String(await page.getByRole('button', { name: /^Runs/ }).allInnerTexts());

/** Brings a file, and what came of it in words: what is on the stage, or beside it, or why it is not, or what is asked. */
async function broughtBy(page: Page, name: string, buffer: Uint8Array): Promise<string> {
  const before = (await summary(page).textContent()) ?? '';
  const runsBefore = await runs(page);
  await picker(page).setInputFiles({ name, mimeType: '', buffer: Buffer.from(buffer) });
  const alert = page.getByRole('alert');
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    const isTaken = (await summary(page).textContent()) !== before || (await runs(page)) !== runsBefore;
    expect(isTaken || (await alert.count()) > 0 || (await dialog.isVisible())).toBe(true);
  }).toPass({ intervals: [20, 50, 100], timeout: 60_000 });
  if (await dialog.isVisible()) {
    const asked = await dialog.innerText();
    expect(asked).toContain(name);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  }
  if ((await alert.count()) === 0) return (await summary(page).textContent()) ?? '';
  const words = await alert.first().innerText();
  expect(words).toContain(name);
  await alert.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(alert).toHaveCount(0);
  expect(await summary(page).textContent(), 'what was there is kept').toBe(before);
  return words;
}

/** Ratings that are whole: so what comes after a hostile file is read. */
async function whole(page: Page, name: string) {
  const buffer = Buffer.from('userId,movieId,rating\n1,1,1\n1,2,2\n2,2,3\n3,1,4\n3,3,5\n');
  await picker(page).setInputFiles({ name, mimeType: '', buffer });
  await expect(summary(page)).toHaveText(`${name} · 3 × 3 · 5 ratings`);
}

for (const [kind, make] of [
  ['archive', hostileArchive],
  ['Parquet', hostileParquet],
  ['run file', hostileRun],
] as const)
  test(`${kind}, hostile: taken or refused in words`, async ({ page, baseURL }) => {
    test.setTimeout(3_600_000);
    await withEach(kind, page, baseURL!, async (random, at) => {
      const name = `hostile-${at}`;
      const words = await broughtBy(page, name, await make(random, name));
      await whole(page, `whole-${at}.csv`);
      return words;
    });
  });

test('link, hostile: taken or put right in words', async ({ page, baseURL }) => {
  test.setTimeout(3_600_000);
  await withEach('link', page, baseURL!, async (random, at) => {
    const link = await hostileLink(random);
    if (at % 4 > 0)
      await page.evaluate((hash) => {
        location.hash = hash;
      }, link);
    else {
      await page.goto('about:blank');
      await page.goto(`/#${link}`);
      const started = /(iteration|epoch|Batch) \d|stopped|diverged/;
      await expect(page.getByRole('main').getByText(started).first()).toBeVisible();
    }
    // The next one comes while this one is still being learnt.
    await expect(summary(page)).toContainText(' × ');
    const said = await page.getByRole('status').allInnerTexts();
    const size = 33 + (at % 7);
    await page.evaluate(
      ([size, seed]) => {
        location.hash = `v=1&data=picture&picture=plasma&size=${size}&seed=${seed}&rank=2`;
      },
      [size, at],
    );
    await expect(summary(page)).toContainText(`Plasma · ${size} × ${size}`);
    return said.join(' ') || 'taken';
  });
});
