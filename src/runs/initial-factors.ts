import { fillNormal, fillUniform } from '../kernels/initial';
import type { Model } from '../kernels/kernels';
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
 * @param span  of the rating scale, and `level` the mean that U·P has to reach, both in rating units
 * @param unit  rating units in one unit of the model
 */
export function fillInitialFactors(
  model: Model,
  config: Pick<RunConfig, 'initial' | 'initialNoise' | 'seed' | 'rank'>,
  span: number,
  level: number,
  unit: number,
): void {
  const random = seededRandom(config.seed);
  const spread = Math.sqrt((config.initialNoise * span) / (Math.sqrt(config.rank) * unit));
  const fill = (factors: Float64Array, from: Random) => {
    if (config.initial === 'normal') fillNormal(factors, spread, from);
    else
      fillUniform(
        factors,
        level > 0 ? 2 * Math.sqrt(level / config.rank / unit) : spread / Math.sqrt(uniformProductDeviation),
        from,
      );
  };
  fill(model.userFactors, random);
  fill(model.itemFactors, random);
}

/** A model of zeros. */
export function emptyModel(userCount: number, itemCount: number, rank: number): Model {
  return {
    rank,
    userCount,
    itemCount,
    mean: 0,
    userBias: new Float64Array(userCount),
    itemBias: new Float64Array(itemCount),
    userFactors: new Float64Array(userCount * rank),
    itemFactors: new Float64Array(itemCount * rank),
  };
}
