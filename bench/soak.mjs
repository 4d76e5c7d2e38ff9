import { residentMegabytes, servedApp } from './served.mjs';

/**
 * Everything in turn, for ten minutes (or as many as an argument says): ratings are loaded, played, scrubbed, forked,
 * filmed, ranked, recommended, searched, streamed and reset. After each round, once what nobody holds is collected, what is left is counted; prints a
 * table, whether it is flat, and JSON on a line.
 */

const minutes = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 10);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
/**
 * More than so large a share, and so much, from the first half to the second is a leak. What the browser has compiled is
 * told and not judged: it goes on for as long as there are functions that it had not found to be hot.
 */
const most = {
  share: 0.03,
  of: { 'objects, MB': 0.3, 'buffers, MB': 4, nodes: 30, listeners: 8, workers: 0, 'tab, MB': 20 },
};

const { open, close } = await servedApp(4188);
const page = await open();
// A turn ends when it ends, however busy the machine.
page.setDefaultTimeout(300_000);
const failures = [];
page.on('pageerror', (error) => failures.push(error.message));
const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');

const run = (name) => page.getByRole('region', { name: `${name} run`, exact: true });
const button = (name) => page.getByRole('button', { name, exact: true });
const start = () => page.getByRole('button', { name: /^(Start|Play|Replay)$/ });
const mode = (name) => page.locator('.mode-tabs').getByText(name, { exact: true }).click();
const iterations = (count) =>
  run('ALS')
    .getByText(new RegExp(`iteration ${count}\\b`))
    .waitFor();
const csv = (round) =>
  ['userId,movieId,rating,timestamp']
    .concat(
      Array.from(
        { length: 60_000 },
        (_, i) =>
          `${1 + (i % 600)},${1 + ((20 * Math.floor(i / 600) + 7 * i + round) % 2000)},${1 + (i % 5)},${1e9 + i}`,
      ),
    )
    .join('\n');

const turns = {
  async load(round) {
    await page.getByLabel('Open a ratings file or a picture').setInputFiles({
      ...{ name: `soak ${round}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv(round)) },
    });
    await page.getByTestId('summary').getByText(`soak ${round}.csv`).waitFor();
  },
  async play() {
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByLabel('Flat out').check();
    if (await start().isVisible()) await start().click();
    for (const name of ['ALS', 'B-SGD']) await run(name).getByText('finished').waitFor();
  },
  async scrub() {
    const chart = page.getByRole('slider', { name: /as they learn/ });
    await chart.focus();
    for (const key of ['Home', ...Array(30).fill('ArrowRight'), 'End', ...Array(10).fill('ArrowLeft')])
      await page.keyboard.press(key);
  },
  async fork() {
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.getByRole('slider', { name: 'Lambda', exact: true }).press('ArrowRight');
    await page.getByRole('button', { name: /^(Play|Replay|Start)$/ }).click();
    await button('Runs')
      .or(page.getByRole('button', { name: /^Runs/ }))
      .first()
      .waitFor();
    // Of a run that has only begun there is nothing to film.
    await run('ALS')
      .getByText(/iteration [1-9]/)
      .waitFor();
    await run('B-SGD')
      .getByText(/epoch \d/)
      .waitFor();
  },
  async film() {
    await button('Export').click();
    await page.getByRole('menuitem', { name: 'Film…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('GIF', { exact: true }).click();
    await dialog.getByLabel('Frames', { exact: true }).fill('8');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save GIF' }).click();
    await (await download).path();
  },
  async rank() {
    await page.getByRole('tab', { name: 'View' }).click();
    const metric = page.getByRole('combobox', { name: 'Metric' });
    await metric.selectOption('NDCG@k');
    await page.getByText(/^NDCG@10 of \d+ users: ALS/).waitFor();
    await metric.selectOption('RMSE');
  },
  async recommend(round) {
    await mode('Recommend');
    await page.getByText('You', { exact: true }).click();
    await page.getByLabel('Find an item to rate').fill(`item ${1 + (round % 50)}`);
    await page.getByLabel('Rating', { exact: true }).fill('5');
    await button('Rate').click();
    await page.getByRole('heading', { name: /^For you: the top/ }).waitFor();
    await page.getByRole('list', { name: 'Recommended items' }).getByRole('listitem').first().waitFor();
    await page
      .getByRole('button', { name: /^Take back/ })
      .first()
      .click();
    await mode('Race');
  },
  async search() {
    await page.getByRole('tab', { name: 'Search' }).click();
    for (const [what, values] of [
      ['Rank', '1 2'],
      ['Lambda', '0.05 0.1'],
    ]) {
      const field = page.getByLabel(`${what}: what is tried`);
      await field.fill(values);
      await field.press('Enter');
    }
    await button('Search').click();
    await page.getByText('20 runs done.').waitFor();
    await page.getByRole('button', { name: /^Rank 2, λ 0\.1: RMSE/ }).click();
    await button('Open on the stage').click();
    await button('Take ALS, rank 2, λ 0.1 out of this pane').click();
  },
  async stream() {
    await mode('Stream lab');
    const transport = page.getByRole('region', { name: 'Stream transport' });
    await transport.getByText(/Batch [1-9]/).waitFor();
    await button('One batch').click();
    for (const name of ['Recommend', 'Factors', 'Race']) await mode(name);
  },
  async reset() {
    for (let press = 0; press < 40; press++) await button('Reset').click();
    await iterations(0);
  },
};

/** Megabytes that somebody holds, in the page itself: objects, what their buffers have, and what was compiled. */
async function held() {
  const chunks = [];
  const add = ({ chunk }) => chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', add);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', add);
  const { snapshot, nodes, strings } = JSON.parse(chunks.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const bytes = { objects: 0, buffers: 0, compiled: 0, others: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[type][nodes[at + type]];
    const isBuffer = strings[nodes[at + name]].endsWith('JSArrayBufferData');
    // What is native otherwise is of the document, and counted as nodes.
    const native = isBuffer ? 'buffers' : 'others';
    bytes[kind === 'code' ? 'compiled' : kind === 'native' ? native : 'objects'] += nodes[at + size];
  }
  const megabytes = (of) => Number((bytes[of] / 2 ** 20).toFixed(2));
  return Object.fromEntries(['objects', 'buffers', 'compiled'].map((of) => [`${of}, MB`, megabytes(of)]));
}

/** What there is once what nobody holds is gone. */
async function left() {
  for (let time = 0; time < 3; time++) await devtools.send('HeapProfiler.collectGarbage');
  // Each has a heap of its own, and nobody else has it collected while it rests.
  for (const worker of page.workers()) await worker.evaluate(() => gc());
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    ...(await held()),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    workers: page.workers().length,
    'tab, MB': residentMegabytes(),
  };
}

await run('ALS')
  .getByText(/iteration \d/)
  .waitFor();
const rounds = [];
const until = Date.now() + 60_000 * minutes;
try {
  while (Date.now() < until || rounds.length < 5) {
    for (const [name, turn] of Object.entries(turns))
      await turn(rounds.length).catch((error) => {
        throw new Error(`round ${rounds.length}, ${name}`, { cause: error });
      });
    rounds.push(await left());
  }
} finally {
  await close();
}
console.table(rounds);
// The first round brings what is loaded once.
const halves = [rounds.slice(1, (rounds.length + 1) >> 1), rounds.slice((rounds.length + 1) >> 1)];
const result = { 'minutes of everything in turn': minutes, rounds: rounds.length };
for (const name of Object.keys(most.of)) {
  const [before, after] = halves.map((half) => median(half.map((round) => round[name])));
  const isFlat = after - before <= Math.max(most.of[name], most.share * before);
  result[`${name}: first half, second half`] = `${before}, ${after}: ${isFlat ? 'flat' : 'NOT FLAT'}`;
}
result.errors = failures.length > 0 ? failures.join('; ') : 'none';
console.table(result);
console.log(JSON.stringify(result));
