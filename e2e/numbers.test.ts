import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { openPanel } from './panels';

/** Numbers as a reader sees them: with a real minus, thousands apart. What is glued to letters is a name. */
const numbersIn = (text: string): string[] => text.match(/(?<![\p{L}\d])−?\d[\d,]*(?:\.\d+)?/gu) ?? [];
const valueIn = (text: string) => Number(text.replace('−', '-').replaceAll(',', ''));
const lastPlace = (text: string) => 10 ** -(text.split('.')[1]?.length ?? 0);

/** Whether a printed number is one of some, to its last place. */
const isAmong = (text: string, values: readonly number[]) =>
  values.some((value) => Math.abs(value - valueIn(text)) <= lastPlace(text) * 0.5000001);

type Row = Readonly<Record<string, string>>;

/** What was measured of every run, as the table of the export has it. */
async function columns(page: Page): Promise<Row[]> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Metrics CSV' }).click(),
  ]);
  const [header, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
  const names = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [names[i], value])));
}

const text = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).filter((words) => words !== '');

/** 'a = b + c − d', or 'a − b = c': both sides are the same as printed. */
function expectToHold(equation: string) {
  const sides = equation
    .split('=')
    .map((side) =>
      side.trim().match(/^\s*[−\d]/) && /^[−+().,\d\s]+$/.test(side) ? sumOf(side) : Number.NaN,
    );
  const known = sides.filter(Number.isFinite);
  expect(known.length, equation).toBeGreaterThan(1);
  for (const side of known) expect(side, equation).toBeCloseTo(known[0], 9);
}

/** Brackets come after a minus. */
function sumOf(side: string): number {
  const flat = side.replace(
    /− \(([^)]*)\)/,
    (_, inner: string) => `− ${inner.replace(/[−+](?= )/g, (sign) => (sign === '+' ? '−' : '+'))}`,
  );
  return [...flat.matchAll(/([−+])?\s*([\d,]+(?:\.\d+)?)/g)].reduce(
    (sum, [, sign, digits]) => sum + (sign === '−' ? -1 : 1) * valueIn(digits),
    0,
  );
}

const methods = { als: 'ALS', sgd: 'B-SGD' };
const chipOf = (page: Page, name: string) => page.getByRole('region', { name: `${name} run`, exact: true });

/**
 * A chip has four numbers, each to its last place that of one column, and how far the run has come where that is another
 * step; gives the errors held out, as printed.
 */
async function printedOfChips(page: Page, rows: readonly Row[], metric: 'Rmse' | 'Mae') {
  const printed: Record<string, number> = {};
  for (const [method, name] of Object.entries(methods)) {
    const row = rows.find((one) => one.method === method)!;
    const words = (await chipOf(page, name).innerText()).replaceAll(/\s+/g, ' ');
    const [, of, validation, step, last, seen, train, ...more] = words.match(
      /^(\w+) validation ([\d.]+) \S+ (?:iteration|epoch) ([\d.]+)(?: of ([\d.]+))? · ([\d,]+) seen · train ([\d.]+)$/,
    )!;
    expect(last === undefined ? 3 : Number(last)).toBe(3);
    expect([of.toLowerCase(), numbersIn(words), more]).toEqual([
      metric.toLowerCase(),
      [validation, step, ...(last ? [last] : []), seen, train],
      [],
    ]);
    const columns = {
      step,
      observations: seen,
      [`validation${metric}`]: validation,
      [`train${metric}`]: train,
    };
    for (const [column, number] of Object.entries(columns))
      expect(isAmong(number, [Number(row[column])]), `${column} ${row[column]} in “${words}”`).toBe(true);
    printed[method] = valueIn(validation);
  }
  return printed;
}

test('every number beside the pictures is in the columns or the settings, and sums add up as printed', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  const chip = (name: string) => chipOf(page, name);
  await expect(chip('ALS')).toContainText('iteration 0');
  for (const step of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(chip('ALS')).toContainText(`iteration ${step}`);
    await expect(chip('B-SGD')).toContainText(`epoch ${step}.00`);
  }
  await openPanel(page, 'Model');
  const settings = await Promise.all(
    ['Rank', 'Lambda', 'Learning rate'].map(async (label) =>
      Number(await page.getByRole('textbox', { name: `${label} value` }).inputValue()),
    ),
  );
  for (const step of [3, 1.5, 0, 2]) {
    await page.getByRole('textbox', { name: 'Go to step' }).fill(String(step));
    await page.keyboard.press('Enter');
    await expect(chip('B-SGD')).toContainText(`epoch ${step.toFixed(2)}`);
    await expect(chip('ALS')).toContainText(`iteration ${step} `);
    await expect(page.getByText('Computing', { exact: true })).toHaveCount(0);
    const rows = await columns(page);
    const there = rows.filter((row) => Number(row.step) === step);
    expect(there.map(({ method }) => method).sort()).toEqual(['als', 'sgd']);
    const printed = await printedOfChips(page, there, 'Rmse');
    const sentence = (await text(page, '.chart-readout')).join(' ');
    if (step > 0) {
      const [place, gap, ...more] = numbersIn(sentence);
      expect(valueIn(place), sentence).toBe(step);
      expect(valueIn(gap), sentence).toBeCloseTo(Math.abs(printed.als - printed.sgd), 9);
      expect(more, sentence).toEqual([]);
    }
  }
  await openPanel(page, 'Metric');
  await page.getByLabel('Metric', { exact: true }).selectOption('MAE');
  const rowsNow = (await columns(page)).filter((row) => Number(row.step) === 2);
  await expect(chip('ALS')).toContainText('MAE');
  const absolute = await printedOfChips(page, rowsNow, 'Mae');
  await expect(page.locator('.chart-readout')).toContainText(
    Math.abs(absolute.als - absolute.sgd).toFixed(4),
  );
  await page.getByLabel('Metric', { exact: true }).selectOption('RMSE');
  const final = (await columns(page)).filter(({ step }) => Number(step) === 3);
  await page.getByRole('button', { name: /^Runs/ }).click();
  const known = [...settings, ...final.flatMap((row) => Object.values(row).map(Number))];
  for (const facts of await text(page, '.replay-list .replay-facts'))
    for (const number of numbersIn(facts))
      expect(isAmong(number, known), `${number} of “${facts}”`).toBe(true);
  await page.keyboard.press('Escape');

  for (const view of ['Prediction', 'Beyond']) {
    await page.getByRole('group', { name: 'View' }).getByText(view).click();
    for (const position of [
      { x: 20, y: 20 },
      { x: 90, y: 140 },
      { x: 150, y: 60 },
    ]) {
      await page.getByRole('img', { name: 'Matrix predicted by batch ALS' }).hover({ position });
      await expect(page.locator('[data-pane="als"] .pane-reading')).toContainText('=');
      for (const reading of await text(
        page,
        '[data-pane="als"] .pane-reading, [data-pane="sgd"] .pane-reading',
      ))
        expectToHold(reading);
    }
  }
  await page.getByRole('button', { name: 'Difference' }).click();
  await page
    .getByRole('img', { name: 'Matrix predicted by batch ALS' })
    .hover({ position: { x: 40, y: 70 } });
  await expect(page.locator('[data-pane="ratings"] .pane-reading')).toContainText('=');
  expectToHold((await text(page, '[data-pane="ratings"] .pane-reading'))[0]);

  await page.getByRole('button', { name: 'Single' }).click();
  const observation = page.getByRole('region', { name: 'Observation of B-SGD' });
  await expect(observation).toContainText('r̂ = ');
  const [what, sum, error] = await observation.locator('p').allTextContents();
  expectToHold(sum);
  const [r, rHat, epsilon] = [
    what.match(/r = (.*)$/)![1],
    sum.slice(sum.lastIndexOf('=') + 1).trim(),
    error.match(/r̂ = (−?[\d.,]+)/)![1],
  ];
  expect(valueIn(r) - valueIn(rHat)).toBeCloseTo(valueIn(epsilon), 9);
});

/** Words on a chart, as they were drawn last, pixels of its canvas. */
interface Drawn {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: CanvasTextAlign;
}
type Noted = HTMLCanvasElement & { drawn?: Drawn[] };

/** Runs in the page: has every canvas note what is written on it. */
function noteWords() {
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    (this.canvas as Noted).drawn = [];
    clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    const at = this.getTransform().transformPoint({ x, y });
    const canvas = this.canvas as Noted;
    canvas.drawn ??= [];
    canvas.drawn.push({ text, x: at.x, y: at.y, align: this.textAlign });
    fillText.apply(this, [text, x, y, ...rest]);
  };
}

test('ticks stand where their numbers are, for lines and curves', async ({ page }) => {
  await page.addInitScript(noteWords);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Sample ratings' }).click();
  await expect(page.getByTestId('summary')).toContainText('60,000 ratings');
  for (const step of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(chipOf(page, 'ALS')).toContainText(`iteration ${step}`);
    await expect(chipOf(page, 'B-SGD')).toContainText(`epoch ${step}.00`);
  }
  await expect(page.locator('.chart-readout')).toContainText('After 3 steps');
  const canvas = page.getByRole('region', { name: 'RMSE chart' }).locator('.uplot canvas');
  const words = await canvas.evaluate((one: Noted) => one.drawn ?? []);
  const ticksAlong = (align: CanvasTextAlign) =>
    words.filter((one) => one.align === align && /^−?[\d.]+$/.test(one.text));
  const [across, up] = [ticksAlong('center'), ticksAlong('right')];
  /** The pixel of a value, by the outermost of some ticks. */
  const along = (ticks: readonly Drawn[], axis: 'x' | 'y') => {
    const [first, last] = [ticks[0], ticks.at(-1)!];
    const [from, to] = [valueIn(first.text), valueIn(last.text)];
    return (value: number) => first[axis] + ((value - from) / (to - from)) * (last[axis] - first[axis]);
  };
  for (const [ticks, axis] of [
    [across, 'x'],
    [up, 'y'],
  ] as const) {
    expect(ticks.length).toBeGreaterThan(2);
    const pixel = along(ticks, axis);
    for (const tick of ticks)
      expect(Math.abs(tick[axis] - pixel(valueIn(tick.text))), tick.text).toBeLessThan(1.5);
  }
  const lines = words.filter(({ text }) => text.startsWith('mean '));
  expect(lines.map(({ text }) => text.replace(/ [\d.]+$/, ''))).toEqual(['mean predictor', 'mean + biases']);
  for (const { text, y } of lines)
    expect(Math.abs(y - along(up, 'y')(valueIn(numbersIn(text)[0]))), text).toBeLessThan(1.5);

  const rows = await columns(page);
  const box = (await canvas.boundingBox())!;
  for (const step of [1, 2, 3]) {
    await page.mouse.move(box.x + along(across, 'x')(step), box.y + box.height / 2);
    await expect(page.locator('.chart-readout')).toContainText(`at ${step}: `);
    const read = (await page.locator('.chart-readout').innerText()).replace(/^at .*?: /, '');
    const known = rows
      .filter((row) => Number(row.step) === step)
      .flatMap((row) => Object.values(row).map(Number));
    expect(numbersIn(read).length).toBeGreaterThanOrEqual(2);
    for (const number of numbersIn(read)) expect(isAmong(number, known), `${number} in “${read}”`).toBe(true);
  }
});
