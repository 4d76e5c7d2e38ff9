import { fillNormal, fillUniform } from '../kernels/initial';
import type { Kernels, Model } from '../kernels/kernels';
import type { Floats } from '../ratings/lines';
import { type Random, seededRandom } from '../ratings/random';
import type { RunConfig } from './config';

/** Standard deviation of the product of two uniforms on [0, 1): √(1/9 − 1/16). */
const uniformProductDeviation = Math.sqrt(7) / 12;

/**
 * The first guess: users' factors, then items', from the run's seed.
 *
 * normal: U_x·P_y scatters around 0 with a standard deviation of `initialNoise` spans, so entries have
 * σ = √(noise·span/√k). uniform (all-positive, the post's): where the model has no mean of its own, entries
 * reach 2√(mean/k), so that the first picture is noise around the mean; else the same scatter as normal.
 *
 * @param span of the rating scale, and `level` the mean that U·P has to reach, both in rating units
 */
export function fillInitialFactors(
  model: Model,
  config: Pick<RunConfig, 'initial' | 'initialNoise' | 'seed'>,
  span: number,
  level: number,
): void {
  const { rank, rowLength, unit } = model;
  const random = seededRandom(config.seed);
  const spread = Math.sqrt((config.initialNoise * span) / (Math.sqrt(rank) * unit));
  const fill = (factors: Floats, from: Random) => {
    if (config.initial === 'normal') fillNormal(factors, rank, rowLength, spread, from);
    else
      fillUniform(
        factors,
        rank,
        rowLength,
        level > 0 ? 2 * Math.sqrt(level / rank / unit) : spread / Math.sqrt(uniformProductDeviation),
        from,
      );
  };
  fill(model.userFactors, random);
  fill(model.itemFactors, random);
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
