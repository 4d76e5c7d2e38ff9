import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import {
  BlobReader,
  BlobWriter,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { npyHeader } from '../src/files/run-file/npy';

// A window in which a matrix of the portrait is painted a pixel to a cell.
test.use({ viewport: { width: 1330, height: 900 } });

/** Opens the page paused, and takes so many steps. */
async function openAt(page: Page, steps: number) {
  await page.addInitScript(`globalThis.toTextThere = ${toText}`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await atStart(page);
  for (let step = 1; step <= steps; step++) await stepTo(page, step);
}
async function stepTo(page: Page, step: number) {
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(run(page, 'ALS')).toContainText(`iteration ${step}`);
  await expect(run(page, 'B-SGD')).toContainText(`epoch ${step}.00`);
}
async function atStart(page: Page) {
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  await expect(run(page, 'ALS')).toContainText('iteration 0');
}
const run = (page: Page, name: string) => page.getByRole('region', { name: `${name} run` });

/** Does what ends in a download. */
async function downloaded(page: Page, act: () => Promise<void>) {
  const waiting = page.waitForEvent('download');
  await act();
  const download: Download = await waiting;
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes };
}

async function choose(page: Page, item: string | RegExp) {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

interface Wanted {
  readonly format: string;
  readonly shows: string;
  readonly shape?: string;
  readonly size?: string;
  readonly frames?: number;
  readonly caption?: boolean;
}

/** Films by the dialog; the film is as it was described. */
async function filmed(page: Page, { format, shows, shape, size, frames, caption = true }: Wanted) {
  await choose(page, 'Film…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(format, { exact: true }).click();
  await dialog.getByLabel('Shows', { exact: true }).selectOption(shows);
  if (shape) await dialog.getByLabel('Shape', { exact: true }).selectOption(shape);
  if (size) await dialog.getByLabel('Size', { exact: true }).selectOption(size);
  if (frames) {
    await dialog.getByLabel('Frames', { exact: true }).fill(String(frames));
    await dialog.getByLabel('Frames a second', { exact: true }).fill('30');
  }
  await dialog.getByRole('checkbox', { name: /in the picture/ }).setChecked(caption);
  return downloaded(page, () => dialog.getByRole('button', { name: `Save ${format}`, exact: true }).click());
}

/** Words as text and back, there and here: a picture is a megabyte. */
const toText = `(words) => {
  const bytes = new Uint8Array(words.buffer);
  let text = '';
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
}`;
const toWords = (text: string) => new Uint32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
const digest = (words: Uint32Array) =>
  createHash('sha256').update(new Uint8Array(words.buffer)).digest('hex');
declare function toTextThere(words: Uint32Array): string;

/** Pixels of every frame of a GIF, or of a picture, as the browser decodes them; digests, but the last one whole. */
async function decoded(page: Page, bytes: Uint8Array, type: string) {
  const { frames, last, ...size } = await page.evaluate(
    async ({ base64, type }) => {
      const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const decoder = new ImageDecoder({ data, type });
      await decoder.tracks.ready;
      const frames: { digest: number; seconds: number }[] = [];
      let pixels = new Uint32Array(0);
      let size = { width: 0, height: 0 };
      for (let i = 0; i < (decoder.tracks.selectedTrack?.frameCount ?? 0); i++) {
        const { image } = await decoder.decode({ frameIndex: i });
        const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
        size = { width: canvas.width, height: canvas.height };
        const digest = pixels.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
        frames.push({ digest, seconds: (image.duration ?? 0) / 1e6 });
        image.close();
      }
      return { frames, last: toTextThere(pixels), ...size };
    },
    { base64: Buffer.from(bytes).toString('base64'), type },
  );
  return { frames, last: toWords(last), ...size };
}

/** A cell's colour each, as they stand in a pane. */
async function painted(page: Page, name: string, cells: number) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return toWords(
    await page.getByRole('img', { name, exact: true }).evaluate((element, cells) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const words = new Uint32Array(canvas.getContext('2d')!.getImageData(0, 0, width, height).data.buffer);
      const at = (cell: number) => Math.floor(((cell + 0.5) * width) / cells);
      if (width % cells !== 0) throw new Error(`${width} pixels for ${cells} cells`);
      const middles = Uint32Array.from(
        { length: cells * cells },
        (_, i) => words[at(Math.floor(i / cells)) * width + at(i % cells)],
      );
      return toTextThere(middles);
    }, cells),
  );
}

test('a GIF of a matrix is exactly what is painted, frame by frame', async ({ page }) => {
  await openAt(page, 3);
  const { name, bytes } = await filmed(page, {
    format: 'GIF',
    shows: 'ALS alone',
    frames: 4,
    caption: false,
  });
  expect(name).toBe('factorscope_portrait_als_rank20_lambda15_step3.00.gif');
  const gif = await decoded(page, bytes, 'image/gif');
  expect(gif).toMatchObject({ width: 600, height: 600 });
  expect(gif.frames.map(({ seconds }) => seconds)).toEqual([0.03, 0.04, 0.03, 2.03]);
  // At steps 0, 1, 2 and 3: all different.
  expect(new Set(gif.frames.map(({ digest }) => digest)).size).toBe(4);
  const cells = Uint32Array.from(
    { length: 90_000 },
    (_, i) => gif.last[2 * Math.floor(i / 300) * 600 + 2 * (i % 300)],
  );
  expect(digest(cells)).toBe(digest(await painted(page, 'Matrix predicted by batch ALS', 300)));
});

test('pictures are exactly what is painted, of frames looked back at too; frames come numbered in a ZIP', async ({
  page,
}) => {
  await openAt(page, 2);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitemradio', { name: '1×' }).click();
  const pngOf = async () =>
    downloaded(page, () => page.getByRole('menuitem', { name: 'B-SGD PNG' }).click()).then(({ bytes }) =>
      decoded(page, bytes, 'image/png'),
    );
  const newest = await pngOf();
  expect(digest(newest.last)).toBe(digest(await painted(page, 'Matrix predicted by bias-SGD', 300)));
  await page.getByRole('textbox', { name: 'Step' }).fill('1');
  await page.getByRole('textbox', { name: 'Step' }).press('Enter');
  await expect(run(page, 'B-SGD')).toContainText('epoch 1.00');
  await page.getByRole('button', { name: 'Export' }).click();
  const before = await pngOf();
  expect(digest(before.last)).toBe(digest(await painted(page, 'Matrix predicted by bias-SGD', 300)));
  expect(digest(before.last)).not.toBe(digest(newest.last));

  const wanted = { shows: 'The race with its chart', shape: '9:16', size: '360 pixels' };
  const zip = await filmed(page, { format: 'PNG frames', ...wanted, frames: 3 });
  const entries = await unzipped(zip.bytes);
  expect([...entries.keys()]).toEqual(['frame_0001.png', 'frame_0002.png', 'frame_0003.png']);
  const png = await filmed(page, { format: 'PNG', ...wanted });
  const last = await decoded(page, png.bytes, 'image/png');
  expect(last).toMatchObject({ width: 360, height: 640 });
  const frame = async (name: string) => digest((await decoded(page, entries.get(name)!, 'image/png')).last);
  expect(await frame('frame_0003.png')).toBe(digest(last.last));
  expect(await frame('frame_0001.png')).not.toBe(digest(last.last));
});

async function unzipped(bytes: Uint8Array): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const reader = new ZipReader(new BlobReader(new Blob([Uint8Array.from(bytes)])), { useWebWorkers: false });
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of await reader.getEntries())
    if (!entry.directory)
      files.set(
        entry.filename,
        (await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })) as Uint8Array<ArrayBuffer>,
      );
  return files;
}

/** A video, as the browser plays it: what it shows at a time, in seconds, as words. */
async function playedIn(page: Page, bytes: Uint8Array, type: string) {
  const video = await page.evaluateHandle(
    async ({ base64, type }) => {
      const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const video = document.createElement('video');
      video.muted = true;
      await new Promise((done, fail) => {
        video.addEventListener('loadeddata', done, { once: true });
        video.addEventListener('error', () => fail(new Error(video.error?.message)), { once: true });
        video.src = URL.createObjectURL(new Blob([data], { type }));
      });
      return video;
    },
    { base64: Buffer.from(bytes).toString('base64'), type },
  );
  return async (at: number) =>
    toWords(
      await video.evaluate(async (video, at) => {
        const sought = new Promise((done) => video.addEventListener('seeked', done, { once: true }));
        video.currentTime = at;
        await sought;
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
        const context = canvas.getContext('2d')!;
        context.drawImage(video, 0, 0);
        return toTextThere(
          new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer),
        );
      }, at),
    );
}

/** Mean difference of two pictures, levels of 256. */
function distance(a: Uint32Array, b: Uint32Array): number {
  const [x, y] = [a, b].map((words) => new Uint8Array(words.buffer));
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.abs(x[i] - y[i]);
  return sum / (0.75 * x.length);
}

for (const [format, mime, codec] of [
  ['MP4', 'video/mp4', 'avc'],
  ['WebM', 'video/webm', 'vp9'],
] as const) {
  test(`${format} of the race plays, frame for frame, and ends with what is painted`, async ({ page }) => {
    await openAt(page, 3);
    const wanted = { shows: 'The race', shape: '1:1', size: '600 pixels' };
    const { name, bytes } = await filmed(page, { format, ...wanted, frames: 12 });
    expect(name).toMatch(
      /^factorscope_portrait_race(?:-chart)?_als_rank20_lambda15_step3\.00_sgd_.*\.(mp4|webm)$/,
    );
    const input = new Input({ source: new BufferSource(Uint8Array.from(bytes)), formats: ALL_FORMATS });
    const track = (await input.getPrimaryVideoTrack())!;
    expect(track).toMatchObject({ codec, displayWidth: 600, displayHeight: 600 });
    expect((await track.computePacketStats()).packetCount).toBe(12 + 1);
    // The end of the frame that is held is another.
    const seconds = await input.computeDuration();
    expect(seconds).toBeCloseTo(12 / 30 + 2, 1);
    const pictureAt = await playedIn(page, bytes, mime);
    const first = await pictureAt(0.001);
    const still = await decoded(page, (await filmed(page, { format: 'PNG', ...wanted })).bytes, 'image/png');
    // What a browser draws of a video is behind what it has sought, for a moment.
    const loss = async () => distance(await pictureAt(seconds - 0.05), still.last);
    await expect.poll(loss).toBeLessThan(4);
    console.info(
      `${format}: ${(bytes.length / 1024).toFixed(0)} kB, the last frame is off by ${(await loss()).toFixed(2)} of 256`,
    );
    expect(distance(first, still.last)).toBeGreaterThan(5);
  });
}

test('the usual film is two clicks; it shows how far it is, and stops at once', async ({ page }) => {
  await openAt(page, 1);
  const quick = await downloaded(page, () => choose(page, 'GIF of the race'));
  expect(quick.name).toMatch(/^factorscope_portrait_race-chart_.*\.gif$/);
  await choose(page, 'Film…');
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByLabel('Frames', { exact: true }).fill('3000');
  await page.getByText('PNG frames', { exact: true }).click();
  await page.getByRole('button', { name: 'Save PNG frames' }).click();
  const making = page.getByRole('dialog', { name: 'Making PNG frames' });
  await expect(making).toContainText(/frame [1-9]\d* of 3,000/);
  await making.getByRole('button', { name: 'Cancel' }).click();
  await expect(making).toBeHidden();
  await expect(page.getByRole('alert')).toBeHidden();
  // And another one can be made.
  expect((await filmed(page, { format: 'PNG', shows: 'The ratings alone' })).bytes.length).toBeGreaterThan(
    1000,
  );
});

test('where the browser cannot encode video, that is said, and GIF is there', async ({ page }) => {
  await page.route('**/export.worker*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete self.VideoEncoder;${await response.text()}` });
  });
  await openAt(page, 1);
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: /MP4 of the race/ })).toContainText('not in this browser');
  await page.getByRole('menuitem', { name: 'Film…' }).click();
  await expect(page.getByText('cannot encode video by itself')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'MP4' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'GIF' })).toBeChecked();
});

test('the chart exports as vectors and as numbers', async ({ page }) => {
  await openAt(page, 2);
  const svg = (await downloaded(page, () => choose(page, 'Chart SVG'))).bytes.toString();
  const drawn = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, svg);
  expect(drawn).toEqual([800, 360]);
  expect(svg).toContain('B-SGD');
  const csv = (await downloaded(page, () => choose(page, 'Metrics CSV'))).bytes.toString().split('\r\n');
  expect(csv[0]).toContain('step,observations,flops,seconds,trainRmse,validationRmse,hiddenRmse');
  const als = csv.filter((row) => row.startsWith('ALS 1,als,20,15,,1,'));
  expect(als.map((row) => Number(row.split(',')[6]))).toEqual([0, 0.5, 1, 1.5, 2]);
});

test('predictions export as CSV: what is held out, whose error is the one that is shown, and the best unseen items', async ({
  page,
}) => {
  await openAt(page, 0);
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await atStart(page);
  await stepTo(page, 1);
  await choose(page, 'Predictions CSV…');
  const save = () => page.getByRole('button', { name: 'Save CSV' }).click();
  const heldOut = await downloaded(page, save);
  expect(heldOut.name).toMatch(/^factorscope_Sample_ratings_held-out_als_.*\.csv$/);
  const [header, ...rows] = tableOf(heldOut.bytes);
  expect(header.slice(-3)).toEqual(['rating', 'ALS', 'B-SGD']);
  expect(rows).toHaveLength(12_000);
  for (const [name, column] of [
    ['ALS', header.length - 2],
    ['B-SGD', header.length - 1],
  ] as const) {
    const squares = rows.reduce(
      (sum, row) => sum + (Number(row[column]) - Number(row[header.length - 3])) ** 2,
      0,
    );
    const shown = (await run(page, name).textContent())?.match(/validation ([\d.]+)/)?.[1];
    expect(Math.sqrt(squares / rows.length)).toBeCloseTo(Number(shown), 3);
  }
  await choose(page, 'Predictions CSV…');
  await page.getByRole('radio', { name: /have not rated/ }).check();
  await page.getByLabel('Items per user').fill('3');
  const top = tableOf((await downloaded(page, save)).bytes);
  expect(top[0].slice(0, 3)).toEqual(['userId', 'place', 'itemId']);
  expect(top).toHaveLength(1 + 3 * 600);
});

/** Rows of a CSV without quotes. */
const tableOf = (bytes: Buffer) =>
  bytes
    .toString()
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

/** Digests of both predicted matrices. */
const pictures = async (page: Page) => {
  const panes = [];
  for (const name of ['batch ALS', 'bias-SGD'])
    panes.push(digest(await painted(page, `Matrix predicted by ${name}`, 300)));
  return panes;
};

test('a run that was saved is opened again as it was, and goes on to the same bits', async ({ page }) => {
  await openAt(page, 3);
  const before = await pictures(page);
  const saved = await downloaded(page, () => choose(page, /^Save runs/));
  expect(saved.name).toBe('factorscope_portrait_run.zip');
  await stepTo(page, 4);
  const next = await pictures(page);
  await page.reload();
  await atStart(page);
  expect(await pictures(page)).not.toEqual(before);
  await open(page, 'saved.zip', saved.bytes);
  await expect.poll(() => pictures(page)).toEqual(before);
  const again = await downloaded(page, () => choose(page, /^Save runs/));
  const [one, other] = [await unzipped(saved.bytes), await unzipped(again.bytes)];
  const arrays = [...other.values()].map((bytes) => Buffer.from(bytes).toString('base64'));
  const npy = [...one].filter(([name]) => name.endsWith('.npy'));
  expect(npy).toHaveLength(8);
  for (const [, bytes] of npy) expect(arrays).toContain(Buffer.from(bytes).toString('base64'));
  await stepTo(page, 4);
  expect(await pictures(page)).toEqual(next);
});

test('a run of other data stands alone: it is looked at and filmed, but cannot go on', async ({ page }) => {
  await openAt(page, 1);
  const saved = await downloaded(page, () => choose(page, /^Save runs/));
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  await open(page, 'portrait.zip', saved.bytes);
  await expect(page.getByTestId('summary')).toHaveText('Portrait · 300 × 300 · an opened run');
  await expect(run(page, 'ALS')).toContainText('iteration 1');
  await expect(page.getByText('Its ratings are not in the file')).toBeVisible();
  await page.getByRole('slider', { name: 'Film' }).press('Home');
  await expect(run(page, 'B-SGD')).toContainText('epoch 0.00');
  const { bytes } = await filmed(page, { format: 'GIF', shows: 'B-SGD alone', frames: 3, caption: false });
  expect((await decoded(page, bytes, 'image/gif')).frames).toHaveLength(3);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('its ratings are not here');
  await page.getByRole('button', { name: 'Back to pictures' }).click();
  await expect(page.getByTestId('summary')).toContainText('90,000 ratings');
  await expect(run(page, 'ALS')).toContainText('iteration 0');
});

test('a run by another program, without a word on its ratings, lies beside the runs that are here', async ({
  page,
}) => {
  await openAt(page, 1);
  const before = await pictures(page);
  const manifest = {
    format: 'factorscope-run',
    version: 1,
    data: { name: 'notebook', userCount: 300, itemCount: 300, scale: { min: 0, max: 255 } },
    runs: [
      {
        name: 'Spark ALS',
        folder: 'run1',
        config: { method: 'als', rank: 1 },
        snapshots: { step: [0, 5], trainRmse: [90, 70] },
      },
    ],
  };
  const halves = Float32Array.from({ length: 600 }, (_, i) => (i < 300 ? 4 : 12));
  const files = new Map(
    ['user', 'item'].map((side) => [
      `run1/${side}Factors.npy`,
      new Uint8Array([...npyHeader([2, 300, 1]), ...new Uint8Array(halves.buffer)]),
    ]),
  );
  await open(
    page,
    'spark.zip',
    await rezipped(new Map([['manifest.json', new Uint8Array()], ...files]), JSON.stringify(manifest)),
  );
  await expect(page.getByRole('heading', { name: 'Spark ALS' })).toBeVisible();
  await expect(page.getByTestId('summary')).toContainText('90,000 ratings');
  // What stands under a picture is of the run that is in it.
  await expect(run(page, 'ALS')).toContainText('RMSE 70.00');
  await expect(run(page, 'ALS')).toContainText('iteration 5');
  const [als, sgd] = await pictures(page);
  expect(als).not.toBe(before[0]);
  expect(sgd).toBe(before[1]);
  // 12 · 12 in every cell.
  const colours = new Set(await painted(page, 'Matrix predicted by batch ALS', 300));
  expect(colours.size).toBe(1);
});

test('damaged, newer and other archives are refused in words, and what was there is kept', async ({
  page,
}) => {
  await openAt(page, 1);
  const saved = await downloaded(page, () => choose(page, /^Save runs/));
  const before = await pictures(page);
  const damaged = Uint8Array.from(saved.bytes);
  damaged[Math.floor(damaged.length / 2)] ^= 1;
  const files = await unzipped(saved.bytes);
  const manifest = new TextDecoder().decode(files.get('manifest.json'));
  const newer = await rezipped(files, manifest.replace('"version": 1', '"version": 2'));
  const misshapen = await rezipped(files, manifest.replace('"userCount": 300', '"userCount": 299'));
  for (const [name, bytes, words] of [
    ['damaged.zip', damaged, 'it is damaged'],
    ['cut.zip', saved.bytes.subarray(0, 5000), 'it ends too early'],
    ['newer.zip', newer, 'made by a newer version of Factorscope'],
    ['misshapen.zip', misshapen, 'the numbers in it do not fit together'],
  ] as const) {
    await open(page, name, bytes);
    await expect(page.getByRole('alert')).toContainText(`${name} was not loaded: `);
    await expect(page.getByRole('alert')).toContainText(words);
    await page.getByRole('button', { name: 'Dismiss' }).click();
  }
  expect(await pictures(page)).toEqual(before);
  await expect(page.getByTestId('summary')).toContainText('Portrait · 300 × 300 · 90,000 ratings');
});

async function rezipped(files: ReadonlyMap<string, Uint8Array>, manifest: string): Promise<Uint8Array> {
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false, level: 0 });
  for (const [name, bytes] of files)
    await zip.add(name, name === 'manifest.json' ? new TextReader(manifest) : new Uint8ArrayReader(bytes));
  return new Uint8Array(await (await zip.close()).arrayBuffer());
}

async function open(page: Page, name: string, bytes: Uint8Array) {
  await page
    .getByLabel('Open a ratings file or a picture')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
}
