import * as v from 'valibot';
import { holdOutKinds } from '../ratings/hold-out';
import { pictureKinds } from '../ratings/pictures/pictures';

/** A number a user can set: its bounds, its default, and how it is spread over a slider. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
  readonly scale: 'linear' | 'log';
  /** Spacing of a linear scale; significant digits shown of a log scale are two. */
  readonly step: number;
}

export const linear = (min: number, max: number, fallback: number, step = 1): Range => ({
  min,
  max,
  fallback,
  step,
  scale: 'linear',
});
export const log = (min: number, max: number, fallback: number, step = 0): Range => ({
  min,
  max,
  fallback,
  step,
  scale: 'log',
});

/** Cores that the browser tells of. Workers never change what is computed, only how fast. */
const cores =
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 2;

/** Every number there is to set. λ in rating units, in ALS's convention; speed in observations per frame, of which there are 60 a second. */
export const ranges = {
  size: linear(32, 512, 300),
  pictureRank: linear(1, 32, 5),
  pictureSeed: linear(1, 9999, 1),
  knownShare: log(0.01, 1, 1),
  noise: linear(0, 64, 0),
  holdOutShare: linear(0, 0.9, 0, 0.01),
  rank: linear(1, 64, 20),
  lambda: log(1e-4, 1e3, 15),
  learningRate: log(1e-4, 1, 0.02),
  initialNoise: log(0.001, 0.5, 0.15),
  seed: linear(0, 9999, 1),
  iterations: linear(1, 200, 30),
  epochs: linear(1, 500, 60),
  speed: log(1 / 60, 1e6, 3000),
  /** Megabytes of frames that a run keeps to look back at. */
  film: linear(16, 512, 64, 16),
  /** Per method; both methods run at once. */
  workers: linear(1, Math.min(8, Math.max(2, cores)), Math.min(8, Math.max(1, cores >> 1))),
} as const satisfies Record<string, Range>;
export type RangeName = keyof typeof ranges;

/** A finite number, or a whole one, within the bounds of a range. */
export const within = ({ min, max }: Range) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
export const wholeWithin = (range: Range) => v.pipe(within(range), v.integer());
const number = (name: RangeName) => within(ranges[name]);
const whole = (name: RangeName) => wholeWithin(ranges[name]);

/** What the workbench is set to. Rank, seed and data restart the runs; γ and λ apply from the next step. */
export const settingsSchema = v.strictObject({
  /** The made-up shop, or a picture that was dropped (`picture: 'yours'`). */
  picture: v.picklist([...pictureKinds, 'yours']),
  size: whole('size'),
  pictureRank: whole('pictureRank'),
  pictureSeed: whole('pictureSeed'),
  knownShare: number('knownShare'),
  noise: number('noise'),
  /** `holdOutShare` is of the kinds that have one. */
  holdOut: v.picklist(holdOutKinds),
  holdOutShare: number('holdOutShare'),
  rank: whole('rank'),
  lambda: number('lambda'),
  regularisation: v.picklist(['plain', 'weighted']),
  learningRate: number('learningRate'),
  baseline: v.picklist(['none', 'mean', 'biases']),
  alsInitial: v.picklist(['normal', 'uniform']),
  sgdInitial: v.picklist(['normal', 'uniform']),
  initialNoise: number('initialNoise'),
  seed: whole('seed'),
  iterations: whole('iterations'),
  epochs: whole('epochs'),
  speed: number('speed'),
  workers: whole('workers'),
  film: whole('film'),
  /** As fast as the machine can; `speed` then waits. */
  flatOut: v.boolean(),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

const numbers = Object.fromEntries(
  Object.entries(ranges).map(([name, range]) => [name, range.fallback]),
) as Record<RangeName, number>;

/** For complete pictures: no hold-out, no baseline, an all-positive start for ALS, as in the post. */
export const pictureDefaults: Settings = {
  ...numbers,
  picture: 'portrait',
  holdOut: 'random',
  regularisation: 'plain',
  baseline: 'none',
  alsInitial: 'uniform',
  sgdInitial: 'normal',
  flatOut: false,
};

/** What changes for ratings files, where most is unknown and pure ALS would predict 0 for what it never saw. */
export const fileDefaults: Partial<Settings> = {
  holdOutShare: 0.2,
  rank: 20,
  lambda: 0.12,
  regularisation: 'weighted',
  baseline: 'biases',
  alsInitial: 'normal',
  sgdInitial: 'normal',
  initialNoise: 0.01,
  learningRate: 0.015,
  iterations: 15,
  epochs: 40,
};

/** Settings whose change makes a new data set, restarts the runs, or neither (see `Settings`). */
export const dataSettings = [
  'picture',
  'size',
  'pictureRank',
  'pictureSeed',
  'knownShare',
  'noise',
] as const satisfies (keyof Settings)[];
export const restartSettings = [
  'holdOut',
  'holdOutShare',
  'rank',
  'regularisation',
  'baseline',
  'alsInitial',
  'sgdInitial',
  'initialNoise',
  'seed',
] as const satisfies (keyof Settings)[];

/** The settings with a change, or null where the change is out of bounds. */
export function changed(settings: Settings, change: Partial<Settings>): Settings | null {
  const parsed = v.safeParse(settingsSchema, { ...settings, ...change });
  return parsed.success ? parsed.output : null;
}
