import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RatingSet } from '../src/ratings/rating-set';
import { sampleSizes } from '../src/ratings/sample';
import { type Contender, libmf, page, prepared, simd } from './contenders';
import { completeRatings, movieLens, sampleOf } from './data';
import { painters } from './painting';
import { timeRanking } from './ranking';
import { readers } from './reading';

/**
 * Times the kernels, through the pieces that runs hand out, against the float64 page, LIBMF and numpy: contenders
 * take turns, medians of at least 7. Prints tables; the result goes to standard output's last line as JSON.
 */
const quick = process.argv.includes('--quick');
const long = process.argv.includes('--long');
const rounds = quick ? 3 : 7;

interface Row {
  readonly what: string;
  readonly rank: number;
  readonly who: string;
  readonly ms: number;
  readonly rate: string;
}
const rows: Row[] = [];
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
const round = (value: number, digits = 3) => Number(value.toPrecision(digits));

async function race(
  contenders: (Contender | null)[],
  what: string,
  rank: number,
  rate: (ms: number) => string,
) {
  const times = new Map<string, number[]>();
  const present = contenders.filter((contender) => contender !== null);
  const steps = new Map<Contender, number>();
  for (const contender of present) {
    // Warm: engines compile what is hot better while it runs. Short steps are taken in bundles of some 10 ms.
    if (contender.timesItself) continue;
    let ms = await contender.step();
    for (let spent = ms; spent < 100; spent += ms) ms = await contender.step();
    steps.set(contender, Math.max(1, Math.round(10 / ms)));
  }
  for (let turn = 0; turn < rounds; turn++) {
    for (const contender of present) {
      const count = steps.get(contender) ?? 1;
      let spent = 0;
      for (let i = 0; i < count; i++) spent += await contender.step();
      times.set(contender.name, [...(times.get(contender.name) ?? []), spent / count]);
    }
  }
  for (const contender of present) {
    const ms = median(times.get(contender.name) ?? []);
    rows.push({ what, rank, who: contender.name, ms: round(ms), rate: rate(ms) });
    contender.end?.();
  }
  return (name: string) => median(times.get(name) ?? [Number.NaN]);
}

const one = 'SIMD, 1 worker';
const two = 'SIMD, 2 workers';
const own = 'page (float64)';
const native = 'LIBMF, 1 thread';
const targets: { target: string; measured: string; met: boolean }[] = [];
const target = (text: string, measured: number, met: boolean, unit: string) =>
  targets.push({ target: text, measured: `${round(measured)} ${unit}`, met });

/** Multiplications and additions of an ALS iteration, both half-sweeps. */
const flops = (n: number, lines: number, k: number) => n * 2 * (k * k + 2 * k) + (lines * k ** 3) / 3;
/** Bytes that an epoch of B-SGD reads and writes: two rows and two biases, there and back, and the rating. */
const traffic = (n: number, k: number) => n * (2 * 2 * (4 * k + 4) + 12);

async function sparse(name: string, ratings: RatingSet, ranks: number[]) {
  const data = prepared(ratings, Math.max(...ranks));
  const { ratingCount: n, userCount, itemCount } = ratings;
  const huge = n > 5e6;
  for (const k of ranks) {
    const gflops = (ms: number) => `${round(flops(n, userCount + itemCount, k) / ms / 1e6)} GFLOP/s`;
    const withPage = !huge && (k < 64 || n < 5e5 || long);
    const als = await race(
      [simd(data, 'als', k, 1), simd(data, 'als', k, 2), withPage ? page(data, 'als', k) : null],
      `ALS iteration, ${name}`,
      k,
      gflops,
    );
    const sgd = await race(
      [
        simd(data, 'sgd', k, 1),
        n >= 500_000 ? simd(data, 'sgd', k, 2) : null,
        withPage ? page(data, 'sgd', k) : null,
        huge ? null : await libmf(data, k),
      ],
      `B-SGD epoch, ${name}`,
      k,
      (ms) => `${round(n / ms / 1e3)} M/s, ${round(traffic(n, k) / ms / 1e6)} GB/s`,
    );
    if (name === '1 M') {
      const least = { 16: 16, 32: 19, 64: 19 }[k] ?? 0;
      const reached = flops(n, userCount + itemCount, k) / als(one) / 1e6;
      target(`ALS 1 M, k=${k}: at least ${least} GFLOP/s`, reached, reached >= least, 'GFLOP/s');
      const ofPage = als(own) / als(one);
      if (withPage) target(`ALS 1 M, k=${k}: 12 × the page`, ofPage, ofPage >= 12, '×');
      const ofPageSgd = sgd(own) / sgd(one);
      if (withPage) target(`B-SGD 1 M, k=${k}: 6 × the page`, ofPageSgd, ofPageSgd >= 6, '×');
      const ofLibmf = sgd(native) / sgd(one);
      if (k <= 32 && ofLibmf > 0)
        target(
          `B-SGD 1 M, k=${k}: ${k === 16 ? 2.5 : 2} × LIBMF`,
          ofLibmf,
          ofLibmf >= (k === 16 ? 2.5 : 2),
          '×',
        );
    }
    if (huge && k === 16) {
      target('ALS 26 M, k=16: at most 1.5 s', als(one) / 1000, als(one) <= 1500, 's');
      target('ALS 26 M, k=16: two workers 1.6 ×', als(one) / als(two), als(one) / als(two) >= 1.6, '×');
      const rate = n / sgd(one) / 1e3;
      target('B-SGD 26 M, k=16: at least 36 M/s, aim 50', rate, rate >= 36, 'M/s');
    }
  }
}

async function complete() {
  const data = prepared(completeRatings(300), 64);
  for (const k of [16, 20, 32, 64]) {
    const als = await race(
      [simd(data, 'als', k, 1), page(data, 'als', k), numpy(k)],
      'ALS iteration, 300 × 300',
      k,
      () => '',
    );
    await race(
      [simd(data, 'sgd', k, 1), page(data, 'sgd', k), await libmf(data, k)],
      'B-SGD epoch with its shuffle, 300 × 300',
      k,
      (ms) => `${round(90 / ms)} M/s`,
    );
    const ratio = als(one) / als('numpy');
    if (k === 20 && ratio > 0) target('ALS 300 × 300, k=20: within 1.5 × of numpy', ratio, ratio <= 1.5, '×');
  }
}

/** Its own process, which times itself; null where there is none. */
function numpy(rank: number): Contender | null {
  const script = fileURLToPath(new URL('../../bench/dense_als.py', import.meta.url));
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const measure = () => {
    const { status, stdout } = spawnSync('python3', [script, String(rank)], { env, encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  };
  if (Number.isNaN(measure())) {
    console.log('numpy is not there (python3 with numpy): left out');
    return null;
  }
  return { name: 'numpy', step: async () => measure(), timesItself: true };
}

function painting() {
  for (const [size, rank, most] of [
    [300, 20, 0.7],
    [1000, 32, 8],
  ]) {
    const contenders = painters(size, rank);
    const times = contenders.map(() => [] as number[]);
    for (let turn = 0; turn < 60; turn++)
      for (const [i, { step }] of contenders.entries()) times[i].push(step());
    const what = `picture, ${size} × ${size}`;
    for (const [i, { name }] of contenders.entries())
      rows.push({ what, rank, who: name, ms: round(median(times[i])), rate: '' });
    const fast = median(times[1]);
    target(`picture ${size}², k=${rank}: under ${most} ms`, fast, fast < most, 'ms');
  }
}

/** What the machine can do: multiply-adds of four floats, and copying memory far larger than its caches. */
function peaks() {
  const peak = new WebAssembly.Module(readFileSync(fileURLToPath(new URL('./peak.wasm', import.meta.url))));
  const { spin } = new WebAssembly.Instance(peak, {}).exports as { spin(turns: number): number };
  const turns = 20_000_000;
  const flopTimes: number[] = [];
  const [from, to] = [new Float64Array(2 ** 25), new Float64Array(2 ** 25)];
  const copyTimes: number[] = [];
  for (let turn = 0; turn < 7; turn++) {
    let begun = performance.now();
    spin(turns);
    flopTimes.push(performance.now() - begun);
    begun = performance.now();
    to.set(from);
    copyTimes.push(performance.now() - begun);
  }
  return {
    'float32 SIMD, GFLOP/s': round((turns * 8 * 4 * 2) / median(flopTimes) / 1e6),
    'copying memory, read and write, GB/s': round((2 * from.byteLength) / median(copyTimes) / 1e6),
  };
}

async function reading() {
  const count = 1_000_000;
  const ms = await race(
    readers(count),
    'reading CSV, 1 M rows',
    0,
    (ms) => `${round(count / ms / 1e3)} M rows/s`,
  );
  const ratio = ms('Papa Parse, tokens only') / ms('plain rows');
  target('reading plain rows: faster than tokens alone', ratio, ratio >= 1, '×');
}

function ranking() {
  const { simd, page } = timeRanking(rounds);
  const what = 'ranking 9,000 items for 1,000 users';
  rows.push({ what, rank: 20, who: one, ms: round(simd), rate: `${round(1e3 / simd)} k users/s` });
  rows.push({ what, rank: 20, who: own, ms: round(page), rate: `${round(1e3 / page)} k users/s` });
  target(`${what}, k=20: at most 25 ms`, simd, simd <= 25, 'ms');
}

const machine = peaks();
console.table(machine);
painting();
await reading();
ranking();
await complete();
const real = movieLens();
if (real) await sparse('MovieLens 100 k', real, [16, 32, 64]);
await sparse('100 k', sampleOf({ userCount: 600, itemCount: 9000, ratingCount: 100_000 }), [16, 32, 64]);
await sparse('1 M', sampleOf(sampleSizes.million), [16, 32, 64]);
if (!quick) await sparse('26 M', sampleOf(sampleSizes.full), long ? [16, 32, 64] : [16, 32]);
console.table(rows);
console.table(targets);
console.log(JSON.stringify({ rounds, machine, rows, targets }));
process.exit(0);
