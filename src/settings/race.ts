import type { Regularisation } from '../kernels/kernels';
import { raceIds, raceMethodIds, raceMethods } from '../methods';
import { type Baseline, type InitialFactors, type RunConfig, usualAlpha } from '../methods/config';
import type { MethodId } from '../methods/method';
import { type ScheduleId, type SgdSteps, schedules, usualSteps } from '../methods/schedules';
import type { HoldOutKind } from '../ratings/hold-out';
import { type PictureKind, pictureNames } from '../ratings/pictures/names';
import { fittingLambda, fittingRate } from './fitting';
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
    effect: 'division',
    forFiles: ({ testCount = 0 }) => (testCount > 0 ? 'test' : 'random'),
  }),
  regularisation: choice<Regularisation>({ plain: 'plain', weighted: 'weighted' }, 'plain', {
    label: 'λ counts',
    forFiles: 'weighted',
  }),
  baseline: choice<Baseline>({ none: 'none', mean: 'mean', biases: 'mean + biases' }, 'none', {
    label: 'ALS baseline',
    forFiles: 'biases',
  }),
  alsInitial: choice(starts, 'uniform', { label: 'ALS starts', forFiles: 'normal' }),
  sgdInitial: choice(starts, 'normal', { label: 'B-SGD starts' }),
  size: linear(32, 512, 300, {
    label: 'Size',
    unit: 'rows',
    effect: 'data',
  }),
  pictureRank: linear(1, 32, 5, {
    label: 'True rank',
    effect: 'data',
    where: ['picture', ['low-rank']],
  }),
  pictureSeed: linear(1, 9999, 1, {
    label: 'Picture seed',
    effect: 'data',
  }),
  knownShare: log(0.01, 1, 1, {
    label: 'Known ratings',
    ...percent,
    effect: 'data',
  }),
  noise: linear(0, 64, 0, {
    label: 'Noise',
    effect: 'data',
  }),
  holdOutShare: linear(0, 0.9, 0, {
    step: 0.01,
    label: 'Hold-out',
    ...percent,
    effect: 'division',
    forFiles: 0.2,
    where: ['holdOut', ['random', 'latest']],
  }),
  rank: linear(1, 128, 20, {
    label: 'Rank',
    simpler: 'less',
  }),
  /** In rating units, in ALS's convention. */
  lambda: lambdaSetting(15, fittingLambda, {
    label: 'Lambda',
    simpler: 'more',
    effect: 'live',
  }),
  learningRate: log(1e-4, 1, 0.02, {
    label: 'Learning rate',
    effect: 'live',
    forFiles: fittingRate,
  }),
  alpha: log(0.01, 1000, usualAlpha, {
    label: 'Confidence',
    isQuiet: true,
  }),
  schedule: choice<ScheduleId>(scheduleNames, usualSteps.schedule, {
    label: 'γ over time',
    isQuiet: true,
  }),
  rateLoss: linear(0.01, 0.9, usualSteps.rateLoss, {
    step: 0.01,
    label: 'γ loses',
    ...percent,
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
    isQuiet: true,
  }),
  biasLambdaTimes: linear(0, 10, usualSteps.biasLambdaTimes, {
    step: 0.1,
    label: 'λ of biases',
    unit: '× λ',
    isQuiet: true,
  }),
  initialNoise: log(0.001, 0.5, 0.15, {
    label: 'Initial noise',
    ...percent,
    forFiles: 0.01,
  }),
  seed: linear(0, 9999, 1, {
    label: 'Seed',
  }),
  iterations: linear(1, 200, 30, {
    label: 'ALS iterations',
    effect: 'length',
    forFiles: 15,
  }),
  epochs: linear(1, 500, 60, {
    label: 'B-SGD epochs',
    effect: 'length',
    forFiles: 40,
  }),
  /** Of early stopping: 0 is never. */
  stopAfter: linear(0, 50, 0, {
    label: 'Stop after',
    unit: 'idle steps',
    effect: 'length',
    isQuiet: true,
  }),
  stopBelow: log(1e-4, 0.1, 0.001, {
    label: 'Idle is below',
    ...percent,
    effect: 'length',
    isQuiet: true,
  }),
  /** Observations per frame, of which there are 60 a second. */
  speed: log(1 / 60, 1e6, 3000, {
    label: 'Speed',
    unit: 'per frame',
    effect: 'machine',
    // Two epochs a second.
    forFiles: ({ ratingCount }) => Math.min(1e6, Math.max(1, Math.round(ratingCount / 30))),
  }),
  /** Per method; all methods run at once. */
  workers: linear(1, Math.min(8, Math.max(2, cores)), Math.min(8, Math.max(1, cores >> 1)), {
    label: 'Workers',
    unit: 'each',
    effect: 'machine',
  }),
  /** Megabytes of frames that a run keeps to look back at. */
  budget: linear(16, 512, 64, {
    step: 16,
    label: 'Film',
    unit: 'MB per run',
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
  run: ['speed', 'flatOut', 'iterations', 'epochs', 'stopAfter', 'stopBelow', 'seed'],
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
