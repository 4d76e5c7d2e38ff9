import type { Regularisation } from '../kernels/kernels';
import { raceIds, raceMethodIds, raceMethods } from '../methods';
import type { Baseline, InitialFactors, RunConfig } from '../methods/config';
import { usualAlpha } from '../methods/implicit-als';
import type { MethodId } from '../methods/method';
import { type ScheduleId, type SgdSteps, schedules, usualSteps } from '../methods/schedules';
import type { HoldOutKind } from '../ratings/hold-out';
import { type PictureKind, pictureNames } from '../ratings/pictures/pictures';
import {
  choice,
  choiceOfMethods,
  flag,
  lambda as lambdaSetting,
  linear,
  log,
  percent,
  type Setting,
  type SettingList,
  type ValuesOf,
} from './setting';
import { changerOf, defaultsOf } from './values';

/** Cores that the browser tells of. Workers never change what is computed, only how fast. */
const cores =
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 2;

const starts: Record<InitialFactors, string> = { normal: 'small normal', uniform: 'all-positive' };
const startInfo = 'Small normal numbers around zero, or all-positive uniform ones.';

const holdOuts: Record<HoldOutKind, string> = {
  random: 'at random',
  latest: 'the latest',
  last: 'last of each user',
  test: 'the test file',
};

const scheduleNames = Object.fromEntries(
  Object.entries(schedules).map(([id, { name }]) => [id, name]),
) as Record<ScheduleId, string>;

/**
 * What the race is set to. The defaults are for complete pictures, as in the post: no hold-out, no baseline, an
 * all-positive start for ALS. Files have some of their own, because most of their cells are unknown, and plain ALS
 * would predict 0 for what it never saw.
 */
export const raceSettings = {
  /** Each has a pane, and room in the memory of the ratings. */
  methods: choiceOfMethods(raceMethods, raceIds, { fewest: 2, effect: 'division', isQuiet: true }),
  picture: choice<PictureKind | 'yours'>({ ...pictureNames, yours: 'Your picture' }, 'portrait', {
    label: 'Picture',
    effect: 'data',
    unlinked: ['yours'],
  }),
  holdOut: choice<HoldOutKind>(holdOuts, 'random', {
    label: 'Held out',
    info: 'Which ratings training never sees. At random; the latest of all by time (one cut, as if today were then); the last of every user; or those of a test file. By time is the harder test, and nearer to real use.',
    effect: 'division',
    forFiles: ({ testCount = 0 }) => (testCount > 0 ? 'test' : 'random'),
  }),
  regularisation: choice<Regularisation>({ plain: 'plain', weighted: 'weighted' }, 'plain', {
    label: 'λ counts',
    info: 'Plain: λ(‖U‖² + ‖P‖²). Weighted: λ times the number of ratings of each row (ALS-WR; what Spark does). B-SGD is always weighted.',
    forFiles: 'weighted',
  }),
  baseline: choice<Baseline>({ none: 'none', mean: 'mean', biases: 'mean + biases' }, 'none', {
    label: 'ALS baseline',
    info: 'What is subtracted before ALS: without one, ALS predicts 0 for whatever it never saw.',
    forFiles: 'biases',
  }),
  alsInitial: choice(starts, 'uniform', { label: 'ALS starts', info: startInfo, forFiles: 'normal' }),
  sgdInitial: choice(starts, 'normal', { label: 'B-SGD starts', info: startInfo }),
  size: linear(32, 512, 300, {
    label: 'Size',
    unit: 'rows',
    info: 'Users and products: n × n.',
    effect: 'data',
  }),
  pictureRank: linear(1, 32, 5, {
    label: 'True rank',
    info: 'The rank of the matrix: with as many factors it can be learnt exactly, but for rounding.',
    effect: 'data',
    where: ['picture', ['low-rank']],
  }),
  pictureSeed: linear(1, 9999, 1, {
    label: 'Picture seed',
    info: 'Draws the same picture with other hills, folds and phases.',
    effect: 'data',
  }),
  knownShare: log(0.01, 1, 1, {
    label: 'Known ratings',
    ...percent,
    info: 'Share of the cells whose rating is known. With gaps the picture has to be guessed from what the rows and columns have in common; errors are told on the hidden cells.',
    effect: 'data',
  }),
  noise: linear(0, 64, 0, {
    label: 'Noise',
    info: 'Standard deviation of what is added to every rating, in rating units: what no model can learn.',
    effect: 'data',
  }),
  holdOutShare: linear(0, 0.9, 0, {
    step: 0.01,
    label: 'Hold-out',
    ...percent,
    info: 'Share of the known ratings that training never sees. Errors on it are what counts; those on what was learnt from stand beside them.',
    effect: 'division',
    forFiles: 0.2,
    where: ['holdOut', ['random', 'latest']],
  }),
  rank: linear(1, 128, 20, {
    label: 'Rank',
    info: 'k, the number of factors of every user and item. More factors draw finer detail, and overfit sooner where little is known. Restarts all runs.',
  }),
  /** In rating units, in ALS's convention. */
  lambda: lambdaSetting(15, 0.12, {
    label: 'Lambda',
    info: 'λ, the price of large factors. More of it flattens the picture towards its mean and calms cells that are hardly known. Applies from the next step, marked on the chart.',
    effect: 'live',
  }),
  learningRate: log(1e-4, 1, 0.02, {
    label: 'Learning rate',
    info: 'γ, how far B-SGD moves after each rating. Larger learns faster, then jitters, then diverges. Applies from the next observation. It counts as on ratings in stars, however large the scale is.',
    effect: 'live',
    forFiles: 0.015,
  }),
  alpha: log(0.01, 1000, usualAlpha, {
    label: 'Confidence',
    info: 'α of implicit ALS: a rating of so many stars makes it 1 + α · stars times as sure as a missing one is. More of it heeds what was rated, less of it what was not.',
    isQuiet: true,
  }),
  schedule: choice<ScheduleId>(scheduleNames, usualSteps.schedule, {
    label: 'γ over time',
    info: 'Whether γ of B-SGD stays as it is set, or goes down from epoch to epoch: small steps at the end settle what large ones keep shaking.',
    isQuiet: true,
  }),
  rateLoss: linear(0.01, 0.9, usualSteps.rateLoss, {
    step: 0.01,
    label: 'γ loses',
    ...percent,
    info: 'Every epoch, or every so many, γ is so much less of itself; as 1/t, it is γ divided by 1 + this times the epochs done.',
    where: ['schedule', ['epoch', 'step', 'inverse']],
    isQuiet: true,
  }),
  rateEvery: linear(1, 100, usualSteps.rateEvery, {
    label: 'γ steps down every',
    unit: 'epochs',
    where: ['schedule', ['step']],
    isQuiet: true,
  }),
  factorRateTimes: linear(0, 10, usualSteps.factorRateTimes, {
    step: 0.1,
    label: 'γ of factors',
    unit: '× γ',
    info: 'Factors of B-SGD move by so many times the γ of the biases; at 0 only biases are learnt.',
    isQuiet: true,
  }),
  biasLambdaTimes: linear(0, 10, usualSteps.biasLambdaTimes, {
    step: 0.1,
    label: 'λ of biases',
    unit: '× λ',
    info: 'Biases of B-SGD are held down by so many times the λ of the factors; at 0 not at all.',
    isQuiet: true,
  }),
  initialNoise: log(0.001, 0.5, 0.15, {
    label: 'Initial noise',
    ...percent,
    info: 'How far the first guess scatters, as a share of the rating span.',
    forFiles: 0.01,
  }),
  seed: linear(0, 9999, 1, {
    label: 'Seed',
    info: 'Everything random comes from it: same seed, same bits. Restarts all runs.',
  }),
  iterations: linear(1, 200, 30, {
    label: 'ALS iterations',
    info: 'Where ALS stops. One iteration solves all users, then all items.',
    effect: 'length',
    forFiles: 15,
  }),
  epochs: linear(1, 500, 60, {
    label: 'B-SGD epochs',
    info: 'Where B-SGD stops. One epoch visits every training rating once.',
    effect: 'length',
    forFiles: 40,
  }),
  /** Observations per frame, of which there are 60 a second. */
  speed: log(1 / 60, 1e6, 3000, {
    label: 'Speed',
    unit: 'per frame',
    info: 'Ratings that each method touches per frame, or, in slow motion, per second. B-SGD learns them one by one; ALS makes a half-sweep whenever it has been given enough for one, and at least one a second.',
    effect: 'machine',
    // Two epochs a second.
    forFiles: ({ ratingCount }) => Math.min(1e6, Math.max(1, Math.round(ratingCount / 30))),
  }),
  /** Per method; all methods run at once. */
  workers: linear(1, Math.min(8, Math.max(2, cores)), Math.min(8, Math.max(1, cores >> 1)), {
    label: 'Workers',
    unit: 'each',
    info: 'Workers per method, helping with large data. How many there are changes how long a step takes, never a bit of its result.',
    effect: 'machine',
  }),
  /** Megabytes of frames that a run keeps to look back at. */
  budget: linear(16, 512, 64, {
    step: 16,
    label: 'Film',
    unit: 'MB per run',
    info: 'How much of each run is kept to look back at. Where it is not enough, frames are thinned out evenly; any that is missing can be computed again. Counts from the next run on.',
    effect: 'machine',
  }),
  /** As fast as the machine can; `speed` then waits. */
  flatOut: flag(false, { label: 'Flat out', effect: 'machine' }),
} as const satisfies SettingList;

/** What a run is configured by, and the setting that says it. How factors start, each method has its own. */
const { rank, lambda, regularisation, baseline, learningRate, initialNoise, seed, holdOutShare } =
  raceSettings;
export const configSettings = {
  ...{ rank, lambda, regularisation, baseline, learningRate, initialNoise, seed, holdOutShare },
  initial: raceSettings.alsInitial,
} satisfies Record<Exclude<keyof RunConfig, 'method' | 'alpha' | keyof SgdSteps>, Setting>;

/** Settings that a run says only where its method takes them, and that stand at their defaults where none does. */
const { alpha, schedule, rateLoss, rateEvery, factorRateTimes, biasLambdaTimes } = raceSettings;
export const stepSettings = {
  ...{ alpha, schedule, rateLoss, rateEvery, factorRateTimes, biasLambdaTimes },
} satisfies Record<'alpha' | keyof SgdSteps, Setting>;

/** Where they stand on the panels, from top to bottom; what is not here has a place of its own. */
export const racePanels = {
  picture: ['pictureRank', 'knownShare', 'noise'],
  pictureMore: ['size', 'pictureSeed'],
  model: ['methods', 'rank', 'lambda', 'learningRate', 'alpha'],
  modelMore: ['regularisation', 'baseline', 'initialNoise', 'alsInitial', 'sgdInitial'],
  sgdSteps: ['schedule', 'rateLoss', 'rateEvery', 'factorRateTimes', 'biasLambdaTimes'],
  heldOut: ['holdOut', 'holdOutShare'],
  run: ['speed', 'flatOut', 'iterations', 'epochs', 'seed'],
  machine: ['workers', 'budget'],
} as const satisfies Record<string, readonly SettingName[]>;

export type Settings = ValuesOf<typeof raceSettings>;
export type SettingName = keyof Settings;

export const pictureDefaults: Settings = defaultsOf(raceSettings);

/** Who races, in the order of the list of methods. */
export const racingOf = ({ methods }: Pick<Settings, 'methods'>): readonly MethodId[] =>
  raceMethodIds.filter((id) => methods.includes(id));

/** Whose setting it is: of those who race; nobody's where it concerns whoever races. */
export const usersOf = (name: SettingName, racing: readonly MethodId[]): readonly MethodId[] =>
  raceMethods
    .filter(({ id, atOnce }) => racing.includes(id) && atOnce.settings.some((used) => used === name))
    .map(({ id }) => id);

/** Whether a setting is of use to somebody in a race of these methods: to one of them, or whoever races. */
export const isNeeded = (name: SettingName, racing: readonly MethodId[]): boolean =>
  usersOf(name, racing).length > 0 || usersOf(name, raceMethodIds).length === 0;

/** The settings with a change; null where the change is out of bounds. */
export const changed = changerOf(raceSettings);
