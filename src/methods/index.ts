import { als } from './als';
import { biasSgd } from './bias-sgd';
import { biases } from './biases';
import type { RunSetting } from './config';
import { foldIn } from './fold-in';
import { implicitAls } from './implicit-als';
import { mean } from './mean';
import type { Arriving, AtOnce, Method, MethodId } from './method';
import { miniBatch } from './mini-batch';
import { nonNegativeAls } from './non-negative-als';
import { refit } from './refit';
import type { Snapshot } from './snapshot';
import { spark } from './spark';

/** Every method there is, in the order in which they are offered. This is the only list of them. */
export const methods: readonly Method[] = [
  als,
  biasSgd,
  miniBatch,
  foldIn,
  refit,
  nonNegativeAls,
  spark,
  biases,
  mean,
  implicitAls,
];

/** The method of this id; a mistake of ours where there is none. */
export function methodOf(id: MethodId): Method {
  const method = methods.find((one) => one.id === id);
  if (!method) throw new Error(`no method ${id}`);
  return method;
}

/** A method that can learn from ratings that are all known. */
export type RaceMethod = Method & { readonly atOnce: AtOnce };
export const raceMethods = methods.filter((method): method is RaceMethod => method.atOnce !== undefined);

/** Who races, and who follows a stream, where nobody chose others. */
export const raceIds: readonly MethodId[] = raceMethods.slice(0, 2).map(({ id }) => id);

/** How this method learns where all ratings are known; a mistake of ours where it cannot. */
export function atOnceOf(id: MethodId): AtOnce {
  const { atOnce } = methodOf(id);
  if (!atOnce) throw new Error(`${id} needs ratings that arrive`);
  return atOnce;
}

/** What decides a run that was recorded elsewhere, by a method that needs ratings that arrive. */
const elsewhere: readonly RunSetting[] = ['rank', 'lambda', 'learningRate', 'seed'];

/** Whether a setting decides the bits of a run of this method. */
export const takes = (id: MethodId, name: RunSetting): boolean =>
  (methodOf(id).atOnce?.settings ?? elsewhere).includes(name);

/** A method that can learn from ratings that arrive. */
export type StreamMethod = Method & { readonly arriving: Arriving };
export const streamMethods = methods.filter(
  (method): method is StreamMethod => method.arriving !== undefined,
);

export const streamIds: readonly MethodId[] = streamMethods
  .filter(({ arriving }) => !arriving.isExtra)
  .map(({ id }) => id);

/** Units that a run had done at a frame of it: half-sweeps or observations. */
export function unitOf({
  method,
  step,
  observations,
}: Pick<Snapshot, 'method' | 'step' | 'observations'>): number {
  return methodOf(method).atOnce?.sweeps ? 2 * step : observations;
}

/** Ids of the methods that can race, and of those that can follow a stream. */
export const raceMethodIds: readonly MethodId[] = raceMethods.map(({ id }) => id);
export const streamMethodIds: readonly MethodId[] = streamMethods.map(({ id }) => id);
