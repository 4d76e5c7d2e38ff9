import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';

/**
 * What is being saved is saved whole, whatever happens on the stage meanwhile. The worker that makes files waits at a
 * gate in the middle of one until what happens has happened.
 */

/** Held back, from the seventh on, is what the worker asks the page for while the gate is shut. */
const gateOfWorker = `(() => {
  const gate = new BroadcastChannel('gate');
  const { postMessage } = MessagePort.prototype;
  const waiting = [];
  let left = Infinity;
  gate.onmessage = ({ data }) => {
    left = data === 'shut' ? 6 : Infinity;
    if (data === 'open') for (const ask of waiting.splice(0)) ask();
    gate.postMessage(data);
  };
  MessagePort.prototype.postMessage = function (...message) {
    if (--left >= 0) return postMessage.apply(this, message);
    waiting.push(() => postMessage.apply(this, message));
    gate.postMessage('reached');
  };
})();`;

/** What the gate said last. */
const gateOfPage = `
  globalThis.gate = new BroadcastChannel('gate');
  globalThis.gate.onmessage = ({ data }) => { globalThis.gateSaid = data; };
`;

async function gate(page: Page, word: 'shut' | 'open') {
  await page.evaluate(`globalThis.gate.postMessage('${word}')`);
  await gateSays(page, word);
}
const gateSays = (page: Page, word: string) =>
  expect.poll(() => page.evaluate('globalThis.gateSaid')).toBe(word);

const summary = (page: Page) => page.getByTestId('summary');
const run = (page: Page, name: string) =>
  page.getByRole('region', { name: `${name} run`, includeHidden: true });
const picker = (page: Page) => page.getByLabel('Open a ratings file or a picture');
const savedRun = (name: string) => fileURLToPath(new URL(`fixtures/runs/${name}`, import.meta.url));
/** Who presses it needs no pointer: a dialog lies over the page. */
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true, includeHidden: true }).dispatchEvent('click');

async function open(page: Page, address: string) {
  await page.route('**/export.worker*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${gateOfWorker}${await response.text()}` });
  });
  await page.addInitScript(gateOfPage);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(address);
}

/** A race on a small file, some steps after its beginning. */
async function openRace(page: Page) {
  await open(page, '/');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await picker(page).setInputFiles(savedRun('ratings.csv'));
  await expect(summary(page)).toContainText('90 ratings');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  for (let step = 1; step <= 8; step++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(run(page, 'ALS')).toContainText(`iteration ${step} `);
    await expect(run(page, 'B-SGD')).toContainText(`epoch ${step}.00`);
  }
}

const batch = (page: Page) => page.getByText(/^Batch \d+ of \d+/);

/** A stream, some batches after its beginning. */
async function openStream(page: Page) {
  await open(page, '/#data=sample-small&mode=stream&stream.methods=sgd fold-in mean&stream.batch=12');
  await expect(batch(page)).toContainText('Batch 12 of 48');
}

async function choose(page: Page, item: string | RegExp) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Saves a file, with something happening while it is being made; its bytes. */
async function saved(page: Page, item: string | RegExp, happens = async () => {}): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await choose(page, item);
  await happens();
  return readFile(await (await download).path());
}

/** What is in an archive, apart from when it was made; another file as it is. */
async function contents(bytes: Buffer): Promise<unknown> {
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString('base64');
  const reader = new ZipReader(new BlobReader(new Blob([Uint8Array.from(bytes)])), { useWebWorkers: false });
  const files: Record<string, string> = {};
  for (const entry of await reader.getEntries())
    if (!entry.directory)
      files[entry.filename] = Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString('base64');
  return files;
}

/** A file that somebody drops. */
const drop = (page: Page) =>
  page.evaluate(() => {
    const rows = Array.from({ length: 60 }, (_, i) => [1 + (i % 10), 1 + ((i * 7) % 23), 1 + (i % 5)]);
    const text = `userId,movieId,rating\n${rows.join('\n')}\n`;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'dropped.csv'));
    document
      .querySelector('.workbench')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  });

/** What happens, until it can be seen. */
const happenings: Record<string, (page: Page) => Promise<void>> = {
  'Reset is pressed': async (page) => {
    await press(page, /^(Reset|Restart)$/);
    const begun = run(page, 'ALS').getByText('iteration 0').or(batch(page).getByText('Batch 0 of 48'));
    await expect(begun).toHaveCount(1);
  },
  'a file is dropped': async (page) => {
    await drop(page);
    await expect(summary(page)).toContainText('dropped.csv · 10 × 23 · 60 ratings');
  },
  'a run is opened': async (page) => {
    await picker(page).setInputFiles(savedRun('held-out.zip'));
    await expect(summary(page)).toContainText('Plasma · 32 × 32 · an opened run');
  },
  'somebody goes back to pictures': async (page) => {
    await press(page, 'Back to pictures');
    await expect(summary(page)).toContainText('Portrait');
  },
};

for (const [name, happens] of Object.entries(happenings))
  for (const [item, opened] of [
    ['GIF of the race', openRace],
    [/^Save runs/, openRace],
    ['GIF of the stream', openStream],
  ] as const)
    test(`${String(item).replaceAll(/[/^]/g, '')}: the file is the same where ${name} meanwhile`, async ({
      page,
    }) => {
      await opened(page);
      const undisturbed = await contents(await saved(page, item));
      await gate(page, 'shut');
      const disturbed = await saved(page, item, async () => {
        await gateSays(page, 'reached');
        await happens(page);
        await gate(page, 'open');
      });
      expect(await contents(disturbed)).toEqual(undisturbed);
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
