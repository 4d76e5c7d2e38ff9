import * as v from 'valibot';
import { streamMethodIds } from '../methods';
import { arrivalOrders, type StreamConfig, sparkDefects } from '../methods/stream-config';
import { linear, log, type Range, wholeWithin, within } from './settings';

/** Every number there is to set in the stream lab; λ in rating units, shares 0…1, the interval in seconds. */
export const streamRanges = {
  batchSize: log(1, 100_000, 1000, 1),
  interval: linear(0, 5, 0, 0.1),
  rank: linear(1, 64, 10),
  learningRate: log(1e-4, 1, 0.03),
  factorRate: log(1e-4, 1, 0.15),
  lambda: log(1e-4, 10, 0.02),
  alsLambda: log(1e-4, 10, 0.15),
  passes: linear(1, 10, 1),
  decay: linear(0.5, 1, 0.9, 0.01),
  refitEvery: log(1, 10_000, 10, 1),
  driftUsers: linear(0, 1, 0, 0.01),
  driftAt: linear(0, 1, 0.5, 0.01),
  seed: linear(0, 9999, 1),
} as const satisfies Record<string, Range>;
export type StreamRangeName = keyof typeof streamRanges;

const number = (name: StreamRangeName) => within(streamRanges[name]);
const whole = (name: StreamRangeName) => wholeWithin(streamRanges[name]);

/** What the stream lab is set to. All but the interval begin the stream anew. */
export const streamSettingsSchema = v.strictObject({
  order: v.picklist(arrivalOrders),
  batchSize: whole('batchSize'),
  interval: number('interval'),
  methods: v.array(v.picklist(streamMethodIds)),
  rank: whole('rank'),
  learningRate: number('learningRate'),
  factorRate: number('factorRate'),
  lambda: number('lambda'),
  alsLambda: number('alsLambda'),
  alsBaseline: v.picklist(['none', 'biases']),
  passes: whole('passes'),
  decay: number('decay'),
  step: v.picklist(['bounded', 'summed']),
  /** null: about twenty times in a stream. */
  refitEvery: v.nullable(whole('refitEvery')),
  defects: v.array(v.picklist(sparkDefects)),
  driftUsers: number('driftUsers'),
  driftAt: number('driftAt'),
  seed: whole('seed'),
});
export type StreamSettings = v.InferOutput<typeof streamSettingsSchema>;

const numbers = Object.fromEntries(
  Object.entries(streamRanges).map(([name, range]) => [name, range.fallback]),
) as Record<StreamRangeName, number>;

export const streamDefaults: StreamSettings = {
  ...numbers,
  order: 'time',
  methods: ['sgd', 'mini-batch', 'fold-in', 'refit', 'biases', 'mean'],
  alsBaseline: 'biases',
  step: 'bounded',
  refitEvery: null,
  defects: ['forgets', 'frozen-mean', 'clips', 'divides', 'decays', 'heavy-lambda'],
};

/** The settings with a change, or null where the change is out of bounds. */
export function changedStream(
  settings: StreamSettings,
  change: Partial<StreamSettings>,
): StreamSettings | null {
  const parsed = v.safeParse(streamSettingsSchema, { ...settings, ...change });
  return parsed.success ? parsed.output : null;
}

/** Refits in a stream, where nobody says otherwise. */
const usualRefits = 20;
const refitIterations = 5;

export function refitEveryOf({ refitEvery, batchSize }: StreamSettings, ratingCount: number): number {
  return refitEvery ?? Math.max(1, Math.round(ratingCount / batchSize / usualRefits));
}

/** @param timed whether it is known when ratings were given: without that, "by time" is shuffled */
export function streamConfig(settings: StreamSettings, ratingCount: number, timed: boolean): StreamConfig {
  const { interval: _, driftUsers, driftAt, order, methods, ...same } = settings;
  return {
    ...same,
    order: order === 'time' && !timed ? 'random' : order,
    methods: streamMethodIds.filter((method) => methods.includes(method)),
    refitEvery: refitEveryOf(settings, ratingCount),
    refitIterations,
    drift: { users: driftUsers, at: driftAt },
  };
}
