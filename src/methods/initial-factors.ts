import type { Kernels, Model } from '../kernels/kernels';
import { ownOf } from '../kernels/sides';
import type { Split } from '../ratings/hold-out';
import type { Floats } from '../ratings/lines';
import { seededRandom } from '../ratings/random';
import type { RunConfig } from './config';
import type { Snapshot } from './snapshot';

/** Standard deviation of the product of two uniforms on [0, 1): √(1/9 − 1/16). */
const uniformProductDeviation = Math.sqrt(7) / 12;

/** What the first guess follows from. */
type Guess = [config: Pick<RunConfig, 'initial' | 'initialNoise' | 'seed'>, span: number, level: number];

/**
 * The first guess: users' factors, then items', from the run's seed.
 *
 * normal: U_x·P_y scatters around 0 with a standard deviation of `initialNoise` spans, so entries have
 * σ = √(noise·span/√k). uniform (all-positive, the post's): where the model has no mean of its own, entries
 * reach 2√(mean/k), so that the first picture is noise around the mean; else the same scatter as normal.
 *
 * @param span of the rating scale, and `level` the mean that U·P has to reach, both in rating units
 */
export function fillInitialFactors(model: Model, ...[config, span, level]: Guess): void {
  const { rank, rowLength, unit } = model;
  const random = seededRandom(config.seed);
  const spread = Math.sqrt((config.initialNoise * span) / (Math.sqrt(rank) * unit));
  const top = level > 0 ? 2 * Math.sqrt(level / rank / unit) : spread / Math.sqrt(uniformProductDeviation);
  const draw = config.initial === 'normal' ? () => spread * random.normal() : () => top * random.uniform();
  for (const factors of [model.userFactors, model.itemFactors])
    for (let row = 0; row < factors.length; row += rowLength)
      for (let i = row; i < row + rank; i++) factors[i] = draw();
}

/**
 * What a run begins with: a snapshot, or the first guess. Who has no training rating has no row and no bias of its own:
 * nothing is ever learnt of them, and a random row would only add noise to what is predicted.
 */
export function beginRows(
  model: Model,
  { byUser, byItem }: Pick<Split, 'byUser' | 'byItem'>,
  from: Snapshot | null,
  ...guess: Guess
): void {
  if (from) fillFrom(model, from);
  else fillInitialFactors(model, ...guess);
  for (const [side, { start }] of [['users', byUser] as const, ['items', byItem] as const]) {
    const { bias, factors } = ownOf(model, side);
    for (let x = 0; x < bias.length; x++) {
      if (start[x] < start[x + 1]) continue;
      bias[x] = 0;
      factors.fill(0, x * model.rowLength, (x + 1) * model.rowLength);
    }
  }
}

/** Takes a snapshot's factors and biases over: exactly, where the model is float32 and √unit a power of two. */
function fillFrom(model: Model, snapshot: Snapshot): void {
  const { unit, rank, rowLength } = model;
  const root = Math.sqrt(unit);
  const fill = (to: Floats, from: Float32Array, width: number, stride: number, by: number) => {
    for (let row = 0, at = 0; row < to.length; row += stride)
      for (let f = 0; f < width; f++) to[row + f] = from[at++] / by;
  };
  fill(model.userBias, snapshot.userBias, 1, 1, unit);
  fill(model.itemBias, snapshot.itemBias, 1, 1, unit);
  fill(model.userFactors, snapshot.userFactors, rank, rowLength, root);
  fill(model.itemFactors, snapshot.itemFactors, rank, rowLength, root);
}

/** A model of zeros, `unit` rating units to one of its own. */
export function emptyModel(
  kernels: Kernels,
  { userCount, itemCount }: { userCount: number; itemCount: number },
  rank: number,
  unit: number,
): Model {
  const rowLength = kernels.rowLength(rank);
  return {
    rank,
    rowLength,
    userCount,
    itemCount,
    unit,
    mean: 0,
    userBias: kernels.floats(userCount),
    itemBias: kernels.floats(itemCount),
    userFactors: kernels.floats(userCount * rowLength),
    itemFactors: kernels.floats(itemCount * rowLength),
  };
}
