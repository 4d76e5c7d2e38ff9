import { describe, expect, test, vi } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { holdOut } from '../../ratings/hold-out';
import { sourceOf } from '../../ratings/lines';
import { madeUpRatings } from '../../ratings/sample';
import { settle } from '../../ratings/sliced';
import type { Track } from '../../sessions/track';
import { changed } from '../../settings/race';
import type { SearchSettings } from '../../settings/search';
import { dataOf } from '../../state/fixtures/data-of';
import { defaultsFor } from '../../state/run-configs';
import { inUnits } from '../../words/numbers';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { workbenchWith } from '../fixtures/loaded';
import { until } from '../until';
import { realRuns } from './fixtures/real-runs';
import { resultsOf } from './found';
import type { Recipe, SearchAxis } from './recipe';
import { said } from './said';
import { searchDriver } from './search.driver';
import type { Found } from './slice';
import { scoreWords } from './words';

const ratings = (() => {
  const work = madeUpRatings({ userCount: 150, itemCount: 160, ratingCount: 6000 }, 3, 'few');
  for (;;) {
    const slice = work.next();
    if (slice.done) return slice.value;
  }
})();
const split = settle(holdOut(sourceOf(ratings, 150, 160), { kind: 'random', share: 0.2, seed: 1 }));

const axes: readonly SearchAxis[] = [
  { name: 'rank', values: [1, 2, 4] },
  { name: 'lambda', values: [0.01, 0.03, 0.1, 0.3] },
];

/** A driver with ratings, and so many workers that learn in truth. */
function bench(workers = 2) {
  const { pool, made } = realRuns();
  const { userCount, itemCount, ratingCount, scale } = ratings;
  const data = dataOf('file', {
    ratings: { ...dataOf('file').ratings, userCount, itemCount, ratingCount, scale },
    ...{ trainingCount: split.trainingCount, validationCount: split.validationCount, highestRank: 64 },
  });
  const workbench = workbenchWith(data);
  const settings = changed(defaultsFor('file', data.ratings), { iterations: 4, epochs: 3, workers: 1 });
  if (!settings) throw new Error('bad settings');
  const methods = settings.methods.slice(0, workers === 1 ? 1 : 2);
  workbench.setState({ settings: { ...settings, methods, workers: Math.ceil(workers / methods.length) } });
  const held = { current: split };
  const laidDown: { name: string; config: RunConfig; track: Track }[] = [];
  const change = vi.fn();
  const search = searchDriver(
    { workbench, pool, ratings: { held: () => ({ split: held.current }) } as never },
    { layDown: (run) => laidDown.push(run) },
    { change },
    () => 0,
    // At once: how fast the machine is must not decide how much is known when a test looks.
    0,
  );
  const found = () => workbench.getState().search?.found;
  const isOver = () => until(workbench, () => found()?.status !== 'going');
  return { search, workbench, found, isOver, made, laidDown, change, held };
}

/** What was found, without the seconds that it took. */
async function searched(workers: number, change: Partial<SearchSettings> = {}) {
  const { search, found, isOver } = bench(workers);
  search.edit({ axes, ...change });
  search.begin();
  await isOver();
  return found();
}

describe('a search', () => {
  test('comes to the same, to the bit, with any number of workers', async () => {
    const [one, three] = [await searched(1), await searched(3)];
    expect(one?.status).toBe('finished');
    expect(one?.outcomes).toHaveLength(60);
    expect(three).toEqual(one);
  });

  test('leaves some ratings of every user out, with the same bits by any number of workers', async () => {
    const leave = { division: 'users', leave: 3, folds: 2 } as const;
    const [one, three] = [await searched(1, leave), await searched(3, leave)];
    expect(three).toEqual(one);
    // Everybody has twenty ratings, most of which are trained on.
    const counts = one?.outcomes.map((outcome) => outcome?.tallies.validation?.[0]);
    expect(new Set(counts).size).toBeLessThanOrEqual(2);
    expect(counts?.[0]).toBeLessThanOrEqual(450);
    expect(counts?.[0]).toBeGreaterThan(430);
    expect(one?.outcomes[0]?.tallies.validation).not.toEqual(one?.outcomes[1]?.tallies.validation);
  });

  test('has errors on the fold that is held out, and learns from the others alone', async () => {
    const found = await searched(2);
    const { choice, cells } = resultsOf(found as NonNullable<typeof found>);
    const counts = [0, 1, 2, 3, 4].map((part) => found?.outcomes[part]?.tallies.validation?.[0] ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(split.trainingCount);
    expect(found?.outcomes[0]?.tallies.train?.[0]).toBe(split.trainingCount - counts[0]);
    // The true rank is six: more factors than one, and some λ.
    expect(choice?.best.cell).toBeGreaterThan(3);
    expect(cells.every(({ error }) => error !== null && error > 0)).toBe(true);
  });

  test('that halves comes within a standard error of the whole grid, with at most 40 % of its work', async () => {
    const [grid, halving] = [await searched(2), await searched(2, { strategy: 'halving' })];
    if (!grid || !halving) throw new Error('nothing was found');
    const work = ({ outcomes }: typeof grid) => outcomes.reduce((sum, one) => sum + (one?.flops ?? 0), 0);
    expect(work(halving) / work(grid)).toBeLessThanOrEqual(0.4);
    const best = resultsOf(grid).choice?.best;
    const chosen = resultsOf(halving).choice?.best;
    expect(chosen?.mean).toBeLessThanOrEqual((best?.mean ?? 0) + (best?.error ?? 0));
  });

  test('of what only ranks goes for the most, by a metric of lists', async () => {
    const { search, workbench, found, isOver } = bench();
    search.edit({ method: 'implicit-als' });
    expect(workbench.getState().search?.recipe.metric).toBe('ndcg');
    search.edit({ axes: [{ name: 'rank', values: [1, 2, 8] }], folds: 3, listSize: 5 });
    search.begin();
    await isOver();
    const gains = [0, 1, 2].map((cell) =>
      [0, 1, 2].map((part) => found()?.outcomes[3 * cell + part]?.values?.validationNdcg ?? Number.NaN),
    );
    expect(gains.flat().every((gain) => gain > 0 && gain < 1)).toBe(true);
    const means = gains.map((own) => (own[0] + own[1] + own[2]) / 3);
    const { recipe, ...rest } = found() as Found;
    const results = resultsOf({ recipe, ...rest });
    const best = means.indexOf(Math.max(...means));
    expect(results.choice?.best.cell).toBe(best);
    expect(scoreWords(recipe, results.cells[best])).toContain(inUnits(means[best]));
    const simplest = results.choice?.simplest.cell ?? Number.NaN;
    expect(means[simplest]).toBeGreaterThanOrEqual(means[best] - (results.choice?.best.error ?? 0));
    // Another k is another number of the same run.
    expect(gains).not.toEqual(
      await (async () => {
        search.edit({ listSize: 20 });
        search.begin();
        await isOver();
        return [0, 1, 2].map((cell) =>
          [0, 1, 2].map((part) => found()?.outcomes[3 * cell + part]?.values?.validationNdcg),
        );
      })(),
    );
  });

  test('says where nobody likes anything that was held out', async () => {
    const { search, workbench, found, isOver } = bench();
    const { data } = workbench.getState();
    const scale = { min: 0.5, max: 50, step: 0.5 };
    workbench.setState({ data: data && { ...data, ratings: { ...data.ratings, scale } } });
    search.edit({ axes: [{ name: 'rank', values: [1, 2] }], metric: 'recall' });
    search.begin();
    await isOver();
    expect(found()?.status).toBe('no-likes');
  });

  test('shows what diverges as such, and goes on', async () => {
    const { search, found, isOver } = bench();
    search.edit({ method: 'sgd' });
    search.edit({ axes: [{ name: 'learningRate', values: [0.01, 1] }], folds: 2 });
    search.begin();
    await isOver();
    const results = resultsOf(found() as never);
    expect(results.cells.map(({ isDiverged }) => isDiverged)).toEqual([false, true]);
    expect(results.choice?.best.cell).toBe(0);
  });

  test('that is paused goes on where it was, and does nothing twice', async () => {
    const { search, workbench, found, isOver, made } = bench();
    search.edit({ axes });
    search.begin();
    const known = () => found()?.outcomes.filter((one) => one !== undefined).length ?? 0;
    await until(workbench, () => known() > 5);
    search.pause();
    await allQuiet();
    const before = known();
    expect(found()?.status).toBe('paused');
    expect(before).toBeLessThan(60);
    expect(made.every(({ alive }) => !alive)).toBe(true);
    const begun = made.length;
    search.resume();
    await isOver();
    expect(known()).toBe(60);
    const runs = made.slice(begun).flatMap(({ called }) => called.filter((name) => name === 'start'));
    expect(runs).toHaveLength(60 - before);
    expect({ ...found(), seconds: 0 }).toEqual(await searched(2));
  });

  test('whose worker dies says so, and can be gone on with', async () => {
    const { search, workbench, found, isOver, made } = bench();
    search.edit({ axes });
    search.begin();
    await until(workbench, () => (found()?.outcomes.filter(Boolean).length ?? 0) > 0);
    made[0].die();
    await isOver();
    expect(found()?.status).toBe('lost');
    search.resume();
    await isOver();
    expect(found()?.status).toBe('finished');
  });

  test('is dropped once the ratings are divided otherwise', async () => {
    const { search, workbench, found, isOver, held } = bench();
    search.edit({ axes });
    search.begin();
    await isOver();
    held.current = settle(holdOut(sourceOf(ratings, 150, 160), { kind: 'random', share: 0.5, seed: 1 }));
    const { data } = workbench.getState();
    workbench.setState({ data: data && { ...data } });
    expect(found()).toBeNull();
  });
});

describe('a link to a search', () => {
  test('sets what is searched, and leads to the same bits once somebody begins it', async () => {
    const there = await searched(2);
    const { search, workbench, found, isOver } = bench();
    const text = said(there?.recipe as Recipe);
    workbench.setState({ searchSaid: text });
    expect(found()).toBeNull();
    expect(workbench.getState().search?.recipe).toEqual(there?.recipe);
    search.begin();
    await isOver();
    expect(found()).toEqual(there);
    expect(workbench.getState().searchSaid).toBe(text);
    search.clear();
    expect(workbench.getState().searchSaid).toBeNull();
  });

  test('that cannot be followed is said, and leaves what is set', () => {
    const { workbench } = bench();
    const before = workbench.getState().search;
    workbench.setState({ searchSaid: 'method=als&rank=0+4' });
    expect(workbench.getState()).toMatchObject({
      ...{ search: before, searchSaid: null },
      notice: { kind: 'link', problems: [{ code: 'bad-value', key: 'search' }] },
    });
  });
});

describe('a cell of a search', () => {
  test('is learnt from all that the race is trained on, and can be looked back at', async () => {
    const { search, isOver, laidDown } = bench();
    search.edit({ axes, folds: 2 });
    search.begin();
    await isOver();
    await search.open(6);
    const [{ name, config, track }] = laidDown;
    expect(name).toBe('ALS, rank 2, λ 0.1');
    expect(config).toMatchObject({ method: 'als', rank: 2, lambda: 0.1 });
    expect(track.snapshots.map(({ step }) => step)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
    expect(track.moments.at(-1)?.tallies.train?.[0]).toBe(split.trainingCount);
  });

  test('sets the race as it is', async () => {
    const { search, isOver, change } = bench();
    search.edit({ axes, folds: 2 });
    search.begin();
    await isOver();
    search.use(6);
    expect(change).toHaveBeenCalledWith(
      expect.objectContaining({ rank: 2, lambda: 0.1, iterations: 4, regularisation: 'weighted' }),
    );
  });
});
