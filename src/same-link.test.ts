import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkNow } from './features/link/link-now';
import { runsOf } from './features/race/slice';
import { verdictAt, verdictWords } from './features/stream/verdict-words';
import { createWorkbench, type WorkbenchState } from './features/workbench';
import { digestOfFactors } from './fixtures/bits/digests';
import { crew, dataOf, finish } from './fixtures/bits/from-link';
import { atOnce, factsOf, flatOut, onPage, type Pace, runTo } from './fixtures/bits/raced';
import { atOnceOf, raceMethodIds } from './methods';
import { predictionOf } from './methods/measure';
import { placeOn } from './metrics/moment';
import { rmse } from './metrics/rmse';
import { sourceOfLines, visit } from './ratings/lines';
import { pictureKinds } from './ratings/pictures/names';
import { seededRandom } from './ratings/random';
import { sampleSizes } from './ratings/sample';
import { type Moment, openLab } from './sessions/lab';
import { goingOn } from './sessions/stretch';
import { changed, pictureDefaults, racingOf, type Settings } from './settings/race';
import { type StreamSettings, streamConfig, streamDefaults } from './settings/stream';
import type { LinkedData } from './state/link/data';
import { readLink } from './state/link/link';
import type { LinkedRuns } from './state/link/runs';
import type { LinkedLooks } from './state/looks';
import { defaultsFor } from './state/run-configs';

/** What somebody does: sets something, has it go on by fits and starts, changes λ and γ, and looks at a place. */
interface Script {
  readonly data: LinkedData;
  readonly settings: Partial<Settings>;
  readonly looks: Pick<LinkedLooks, 'chartAxis' | 'metric'>;
  /** How far each method comes, in steps. */
  readonly steps: readonly number[];
  readonly seed: number;
  /** Where they look back to, of how far it has come; null: at the newest frames. */
  readonly back: number | null;
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const scripts: fc.Arbitrary<Script> = fc.record({
  data: fc.constant({ kind: 'picture' } as const),
  settings: fc.record({
    picture: fc.constantFrom(...pictureKinds),
    size: fc.integer({ min: 32, max: 40 }),
    knownShare: fc.oneof(fc.constant(1), number(0.2, 1)),
    noise: fc.constantFrom(0, 8),
    holdOutShare: fc.constantFrom(0, 0.2),
    methods: fc.subarray([...raceMethodIds], { minLength: 2 }),
    rank: fc.integer({ min: 1, max: 6 }),
    lambda: number(0.1, 50),
    learningRate: number(0.001, 0.02),
    regularisation: fc.constantFrom('plain', 'weighted'),
    baseline: fc.constantFrom('none', 'mean', 'biases'),
    seed: fc.nat(9999),
  }),
  looks: fc.record({
    chartAxis: fc.constantFrom('step', 'observations', 'flops'),
    metric: fc.constantFrom('rmse', 'mae'),
  }),
  steps: fc.array(number(0.1, 6), { minLength: raceMethodIds.length, maxLength: raceMethodIds.length }),
  seed: fc.nat(),
  back: fc.option(number(0, 1)),
});

/** One stretch after the other of random length, and now and then another λ and γ before it. */
function paced(seed: number, longest: number): Pace {
  const random = seededRandom(seed);
  return (left) => ({
    units: Math.min(left, 1 + random.below(longest)),
    ...(random.uniform() < 0.1 && {
      live: { lambda: 1 + 20 * random.uniform(), learningRate: 0.001 + 0.01 * random.uniform() },
    }),
  });
}

/** The small sample is read once. */
const read = new Map<string, ReturnType<typeof dataOf>>();
function dataFor(data: LinkedData, settings: Settings): ReturnType<typeof dataOf> {
  const key = JSON.stringify([data, settings]);
  const on = read.get(key) ?? dataOf({ data }, settings);
  if (data.kind === 'sample') read.set(key, on);
  return on;
}

/** The page of somebody who does what a script says. */
async function played({ data, settings: set, looks, steps, seed, back }: Script) {
  const base =
    data.kind === 'sample' ? defaultsFor('sample', sampleSizes[data.size]) : defaultsFor('picture', null);
  const settings = changed(base, set) ?? base;
  const on = await dataFor(data, settings);
  const racing = racingOf(settings);
  const runs = runsOf((method) => {
    const i = racing.indexOf(method);
    const { unitsPerStep, sweeps } = atOnceOf(method);
    const units = unitsPerStep(on.split.trainingCount);
    const unit = i < 0 ? 0 : Math.round(steps[i] * units);
    return runTo(on, settings, method, unit, paced(seed + i, sweeps ? 3 : units / 3), seed);
  });
  const state = createWorkbench({ settings, runs, ...factsOf(on, settings) }).getState();
  const end = Math.max(...racing.map((method) => runs[method].track.latest?.[looks.chartAxis] ?? 0));
  const replayPlace = back === null ? null : back * end;
  return { on, state: { ...state, looks: { ...state.looks, ...looks }, replayPlace } };
}

/** The page of somebody who opens a link to a race, at a pace. */
async function opened(link: string, pace: Pace, seed: number): Promise<ReturnType<typeof onPage>> {
  const { linked, problems } = readLink(link);
  if (!linked?.runs || problems.length > 0) throw new Error(`${link}: ${JSON.stringify(problems)}`);
  const { data, looks } = linked;
  const linkedRuns: LinkedRuns = linked.runs;
  const base =
    data.kind === 'sample' ? defaultsFor('sample', sampleSizes[data.size]) : defaultsFor('picture', null);
  const settings = changed(base, linked.settings) ?? base;
  const on = await dataFor(data, settings);
  const runs = runsOf((method) => {
    const { unit, changes } = linkedRuns[method] ?? { unit: 0, changes: [] };
    return runTo(on, settings, method, unit, pace, seed, changes);
  });
  const state = createWorkbench({ settings, runs, ...factsOf(on, settings) }).getState();
  const shown: WorkbenchState = { ...state, looks: { ...state.looks, ...looks } };
  const frames = racingOf(settings).flatMap((method) => runs[method].track.latest ?? []);
  return onPage(
    {
      ...shown,
      replayPlace: Math.max(...frames.map((frame) => placeOn(frame, shown.looks.chartAxis))),
      replaySteps: Object.fromEntries(frames.map(({ method, step }) => [method, step])),
    },
    on,
  );
}

const ofTheSample: Script = {
  data: { kind: 'sample', size: 'small' },
  ...{ settings: { rank: 4 }, looks: { chartAxis: 'step', metric: 'rmse' } },
  ...{ steps: [2.5, 1.3, 1], seed: 7, back: null },
};

test('a link gives the same curves, sentence and pictures at any pace, which are those of who copied it', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const { on, state } = await played(script);
      const link = linkNow(state, true) ?? '';
      const page = onPage(state, on);
      for (const pace of [flatOut, atOnce, paced(script.seed + 9, 1000)].map(withoutChanges))
        expect(await opened(link, pace, script.seed + 5)).toEqual(page);
    }),
    { numRuns: 10, examples: [[ofTheSample]], endOnFailure: true },
  );
});

/** Whoever opens a link changes nothing. */
const withoutChanges =
  (pace: Pace): Pace =>
  (left) => {
    const { live: _, ...stretch } = pace(left);
    return stretch;
  };

/** A stream of a small picture that has come to a batch, at a pace: what its chart, its table and its sentences follow from. */
async function streamed(set: Partial<StreamSettings>, share: number, pace: Pace, seed: number) {
  const settings = { ...pictureDefaults, size: 46, holdOutShare: 0.05 };
  const { info, split } = await dataFor({ kind: 'picture' }, settings);
  const kernels = crew(1);
  const config = streamConfig({ ...streamDefaults, ...set }, split.trainingCount, false);
  const lab = finish(
    openLab(kernels[0], split, info.scale, config, () => 0),
    kernels,
  );
  const random = seededRandom(seed);
  let time = 0;
  const goOn = goingOn(() => (time += 20 * random.uniform()));
  const batch = Math.round(share * lab.lastUnit);
  const moments: Moment[] = [];
  let newest: Moment | undefined;
  for (let units = 0; ; ) {
    const answer = finish(goOn(lab, { ...pace(batch - lab.unitsDone), units, shown: [] }), kernels);
    if (answer.status === 'diverged') throw new Error('a stream never does');
    moments.push(...answer.moments);
    newest = answer.passing ?? moments.at(-1);
    if (lab.unitsDone >= batch) break;
    ({ units } = pace(batch - lab.unitsDone));
  }
  const said = newest && verdictAt(newest, moments, lab.stream, rmse);
  const digests = config.methods.map((method) => digestOfFactors(lab.snapshot(method)));
  return { table: JSON.stringify([moments, newest]), said: said && verdictWords(said), digests };
}

test('a stream has the same moments, sentences and factors at a batch, at any pace', async () => {
  const streams = fc.record({
    batchSize: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 60 })),
    methods: fc.constantFrom(['sgd', 'biases'], ['sgd', 'fold-in', 'mean']),
    rank: fc.integer({ min: 1, max: 3 }),
    driftUsers: fc.constantFrom(0, 0.5),
    seed: fc.nat(9999),
  });
  await fc.assert(
    fc.asyncProperty(streams, number(0.01, 1), fc.nat(), async (set, share, seed) => {
      const once = await streamed(set, share, atOnce, seed);
      for (const pace of [flatOut, withoutChanges(paced(seed, 9))])
        expect(await streamed(set, share, pace, seed + 1)).toEqual(once);
    }),
    {
      numRuns: 2,
      examples: [[{ batchSize: 1, methods: ['sgd', 'biases'], rank: 1, driftUsers: 0, seed: 1 }, 0.99, 3]],
      endOnFailure: true,
    },
  );
});

test('what is told apart: another λ on the way gives another page', async () => {
  const { on, state } = await played({ ...ofTheSample, data: { kind: 'picture' }, settings: { size: 32 } });
  const link = linkNow(state, true) ?? '';
  const page = onPage(state, on);
  expect(state.runs.als.track.latest?.step).toBe(2.5);
  const other = link.replace(/als=5%2C0\+15/, 'als=5%2C0+15.01');
  expect(other).not.toBe(link);
  expect((await opened(other, atOnce, 1)).curves).not.toEqual(page.curves);
});

test('where cells are hidden, what is told is the error on them', async () => {
  const settings = { size: 40, knownShare: 0.2, holdOutShare: 0.1, rank: 3 };
  const { on, state } = await played({ ...ofTheSample, data: { kind: 'picture' }, settings });
  const page = onPage(state, on);
  expect(page.verdict).toContain('(on hidden cells)');
  expect(page.curves.map(({ name }) => name).slice(0, 3)).toEqual([
    'ALS hidden',
    'ALS validation',
    'ALS train',
  ]);
  const { hidden, trainingCount, validationCount } = on.split;
  const frame = state.runs.als.track.latest;
  if (!hidden || !frame) throw new Error('nothing is hidden');
  expect(trainingCount + validationCount + hidden.value.length).toBe(1600);
  let squares = 0;
  visit(sourceOfLines(hidden), 0, hidden.value.length, (x, y, value) => {
    squares += (value - predictionOf(frame, x, y)) ** 2;
  });
  expect(page.curves[0].points.at(-1)?.[1]).toBeCloseTo(Math.sqrt(squares / hidden.value.length), 3);
});
