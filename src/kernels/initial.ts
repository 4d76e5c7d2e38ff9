import type { Floats } from '../ratings/lines';
import type { Random } from '../ratings/random';

/** Fills rows of `rank` factors with σ·N(0, 1), in order; what pads a row to `rowLength` stays. */
export function fillNormal(
  factors: Floats,
  rank: number,
  rowLength: number,
  sigma: number,
  random: Random,
): void {
  for (let row = 0; row < factors.length; row += rowLength)
    for (let i = row; i < row + rank; i++) factors[i] = sigma * random.normal();
}

/** The same with uniform numbers in [0, top): the post's all-positive start. */
export function fillUniform(
  factors: Floats,
  rank: number,
  rowLength: number,
  top: number,
  random: Random,
): void {
  for (let row = 0; row < factors.length; row += rowLength)
    for (let i = row; i < row + rank; i++) factors[i] = top * random.uniform();
}
