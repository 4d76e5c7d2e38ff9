import type { Random } from '../ratings/random';

/** Fills factors with σ·N(0, 1), in order. */
export function fillNormal(factors: Float64Array, sigma: number, random: Random): void {
  for (let i = 0; i < factors.length; i++) factors[i] = sigma * random.normal();
}

/** Fills factors with uniform numbers in [0, top), in order: the post's all-positive start. */
export function fillUniform(factors: Float64Array, top: number, random: Random): void {
  for (let i = 0; i < factors.length; i++) factors[i] = top * random.uniform();
}
