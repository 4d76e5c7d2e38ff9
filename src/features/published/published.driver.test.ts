import { describe, expect, test } from 'vitest';
import { type Published, published } from '../../experiments/published';
import { type Compared, comparedWith } from '../../experiments/reproduction';
import { meanOf } from '../../metrics/lists';
import { chooseFold } from '../../ratings/folds';
import { holdOut, wholeOf } from '../../ratings/hold-out';
import { sourceOf, sourceOfLines, visit } from '../../ratings/lines';
import { seededRandom, shuffledIndices } from '../../ratings/random';
import { madeUpRatings } from '../../ratings/sample';
import { settle } from '../../ratings/sliced';
import { dataOf } from '../../state/fixtures/data-of';
import { defaultsFor } from '../../state/run-configs';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { workbenchWith } from '../fixtures/loaded';
import { realRuns } from '../search/fixtures/real-runs';
import { until } from '../until';
import { baselineOnly, biasedMf, type Errors, type Row, type Sizes, sparkAls, svd } from './fixtures/pages';
import { publishedDriver } from './published.driver';

const sizes = { userCount: 100, itemCount: 120 };
const scale = { min: 1, max: 5, step: 1 };

/** Whole stars in a random order of time, a fifth of them held out by the race. */
const split = (() => {
  const work = madeUpRatings({ ...sizes, ratingCount: 5000 }, 3, 'few');
  for (;;) {
    const slice = work.next();
    if (!slice.done) continue;
    const { users, items, values } = slice.value;
    const at = shuffledIndices(5000, seededRandom(5), new Uint32Array(5000));
    const times = { at, origin: 0, unit: 1 };
    const stars = values.map((value) => Math.max(1, Math.round(value)));
    const source = sourceOf({ users, items, values: stars, times }, sizes.userCount, sizes.itemCount);
    return settle(holdOut(source, { kind: 'random', share: 0.2, seed: 1 }));
  }
})();

/** A driver with ratings, and workers that learn in truth. */
function bench() {
  const { pool, made } = realRuns();
  const { ratings, ...rest } = dataOf('file');
  const about = { ...ratings, ...sizes, ratingCount: 5000, scale, clock: { origin: 0, unit: 1 } };
  const data = { ...rest, ratings: { ...about, name: 'few.csv' } };
  const workbench = workbenchWith(data);
  const recipe = {
    method: 'als',
    metric: 'rmse',
    strategy: 'grid',
    folds: 5,
    seeds: 1,
    axes: [],
    fixed: null,
  };
  workbench.setState({
    settings: { ...defaultsFor('file', data.ratings), workers: 1 },
    search: { recipe: recipe as never, found: null },
  });
  const driver = publishedDriver({ workbench, pool, ratings: { held: () => ({ split }) } as never });
  const now = () => workbench.getState().search?.reproduction ?? null;
  const isOver = () => until(workbench, () => now()?.status !== 'going');
  return { driver, workbench, now, isOver, made };
}

const ofKind = (kind: Published['protocol']['kind'], id = '') => {
  const found = published.find((one) => one.protocol.kind === kind && one.id.startsWith(id));
  if (!found) throw new Error(`nothing of ${kind}`);
  return found;
};

async function reproduced(of: Published) {
  const { driver, now, isOver } = bench();
  driver.begin(of.id);
  await isOver();
  expect(now()).toMatchObject({ status: 'finished', share: 1, isTheirs: false });
  return comparedWith(of, now()?.parts ?? []);
}

/** Mean errors over the folds of a protocol, as somebody else would do it. */
function overFolds(folds: number, page: (train: Row[], test: Row[], sizes: Sizes) => Errors): Errors {
  const source = sourceOfLines(settle(wholeOf(split)).byUser);
  const each = Array.from({ length: folds }, (_, fold) => {
    const { marks } = settle(chooseFold(source, { fold, folds, seed: 1 }));
    const parts: [Row[], Row[]] = [[], []];
    let j = 0;
    visit(source, 0, source.ratingCount, (x, y, r) => void parts[marks[j++]].push([x, y, r]));
    return page(...parts, sizes);
  });
  return { rmse: meanOf(each.map(({ rmse }) => rmse)).value, mae: meanOf(each.map(({ mae }) => mae)).value };
}

describe('on ratings of the same form, what is found is what a plain page of the same protocol finds', () => {
  test('of biases, to ten digits', async () => {
    const [{ rmse, mae }] = await reproduced(ofKind('biases'));
    const page = overFolds(5, baselineOnly);
    expect(rmse?.value).toBeCloseTo(page.rmse, 10);
    expect(mae?.value).toBeCloseTo(page.mae, 10);
    expect(rmse?.error).toBeGreaterThan(0);
  });

  test('of B-SGD over folds, as near as another draw of first factors is', async () => {
    const [found] = await reproduced(ofKind('run', 'surprise'));
    expectNear(
      found,
      overFolds(5, (...parts) => svd(...parts, seededRandom(9))),
      0.01,
    );
  });

  test('of ALS over folds, as near as another draw of first factors is', async () => {
    const [found] = await reproduced(ofKind('run', 'spark'));
    expectNear(
      found,
      overFolds(4, (...parts) => sparkAls(...parts, seededRandom(9))),
      0.01,
    );
  });

  test('of a stream, as near as another draw of first factors is, and not so near with other rates', async () => {
    const found = await reproduced(ofKind('stream'));
    const { byUser } = settle(wholeOf(split));
    const rows: Row[] = [];
    visit(sourceOfLines(byUser), 0, 5000, (x, y, r) => void rows.push([x, y, r]));
    const times = byUser.time ?? new Uint32Array(0);
    const arrived = rows.map((_, j) => j).toSorted((a, b) => times[a] - times[b]);
    const page = (share: number) =>
      biasedMf(
        arrived.map((j) => rows[j]),
        sizes,
        seededRandom(9),
        share,
      );
    // Each place is beyond the end of so few.
    for (const one of found) expectNear(one, page(1), 0.015);
    expect(Math.abs(page(1 / 8).rmse - page(1).rmse)).toBeGreaterThan(0.02);
  });
});

function expectNear({ rmse, mae }: Compared, page: Errors, within: number) {
  expect(Math.abs((rmse?.value ?? Infinity) - page.rmse)).toBeLessThan(within);
  expect(Math.abs((mae?.value ?? Infinity) - page.mae)).toBeLessThan(within);
}

describe('a figure that is being found', () => {
  const of = ofKind('biases');

  test('is paused, keeps the folds that are known, and comes to the same', async () => {
    const { driver, workbench, now, isOver, made } = bench();
    driver.begin(of.id);
    await until(workbench, () => (now()?.share ?? 0) > 0.3);
    driver.pause();
    await allQuiet();
    const before = now()?.parts.filter((one) => one !== undefined).length ?? 0;
    expect(now()?.status).toBe('paused');
    expect(before).toBeLessThan(5);
    expect(made.every(({ alive }) => !alive)).toBe(true);
    const begun = made.length;
    driver.resume();
    await isOver();
    const asked = made.slice(begun).flatMap(({ called }) => called.filter((name) => name === 'judgeBiases'));
    expect(asked).toHaveLength(5 - before);
    expect(comparedWith(of, now()?.parts ?? [])).toEqual(await reproduced(of));
  });

  test('whose worker dies says so, and can be gone on with', async () => {
    const { driver, workbench, now, isOver, made } = bench();
    driver.begin(of.id);
    await until(workbench, () => (now()?.share ?? 0) > 0);
    for (const worker of made) worker.die();
    await isOver();
    expect(now()?.status).toBe('lost');
    driver.resume();
    await isOver();
    expect(now()?.status).toBe('finished');
  });

  test('goes with its ratings, and is not begun where a stream has no times', async () => {
    const { driver, workbench, now, isOver } = bench();
    driver.begin(of.id);
    await isOver();
    const { data } = workbench.getState();
    workbench.setState({ data: data && { ...data, ratings: { ...data.ratings, clock: null } } });
    expect(now()).toBeNull();
    driver.begin(ofKind('stream').id);
    expect(now()).toBeNull();
  });
});
