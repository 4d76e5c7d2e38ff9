import { penalty, sidesOf } from './als';
import { factorise, solve } from './cholesky';
import type { HalfSweep, Kernels, Model } from './kernels';
import type { NormalEquations } from './row-solvers';

/**
 * One side of a half-sweep of implicit ALS. What was rated is preferred, p = 1 (0 for a rating of 0 or below), and all
 * else is not, p = 0; that is the surer the larger the rating: c = 1 + α|r|, and 1 where nothing is known. Then
 *
 *   U_x = (PᵀP + P_Ωᵀ(C − I)P_Ω + λ'I)⁻¹ P_Ωᵀ C p
 *
 * minimises Σ c(p − U_x·P_y)² over all items, those that were not rated among them: PᵀP is the same for all users.
 * α is per rating unit. Lines that know nothing get a zero row, which is their minimum. Factors are those of
 * preferences: units of the model, whatever its unit.
 * Source: Hu, Koren, Volinsky, "Collaborative filtering for implicit feedback datasets", 2008.
 */
export const solveImplicitLines: Kernels['solveImplicitLines'] = (
  ...[model, side, lines, lambda, regularisation, alpha, from, to]
) => {
  const { target } = sidesOf(model, side);
  const { rank, rowLength } = model;
  const whole = gramOf(model, side);
  for (let x = from; x < to; x++) {
    const at = x * rowLength;
    target.fill(0, at, at + rank);
    if (lines.start[x] === lines.start[x + 1]) continue;
    const gram = whole.slice();
    const { rightSide } = addLine(gram, model, side, lines, lambda, regularisation, alpha, x);
    factorise(gram, rank);
    solve(gram, rank, rightSide);
    target.set(rightSide, at);
  }
};

/** The normal equations of one line, by both triangles of G. */
export function implicitEquations(...line: [...HalfSweep, alpha: number, x: number]): NormalEquations {
  const [model, side] = line;
  const { rank } = model;
  const gram = gramOf(model, side);
  const { rightSide } = addLine(gram, ...line);
  for (let i = 0; i < rank; i++) for (let j = 0; j < i; j++) gram[j * rank + i] = gram[i * rank + j];
  return { gram, stride: rank, rightSide };
}

/** PᵀP of the side that stays, by its lower triangle. */
function gramOf(model: Model, side: HalfSweep[1]): Float64Array {
  const { source } = sidesOf(model, side);
  const { rank, rowLength } = model;
  const gram = new Float64Array(rank * rank);
  for (let row = 0; row < source.length; row += rowLength)
    for (let i = 0; i < rank; i++)
      for (let j = 0; j <= i; j++) gram[i * rank + j] += source[row + i] * source[row + j];
  return gram;
}

/** Adds P_Ωᵀ(C − I)P_Ω + λ'I of line x to G, by its lower triangle, and gives b = P_Ωᵀ C p. */
function addLine(
  gram: Float64Array,
  ...[model, side, lines, lambda, regularisation, alpha, x]: [...HalfSweep, alpha: number, x: number]
) {
  const { source } = sidesOf(model, side);
  const { rank, rowLength } = model;
  const rightSide = new Float64Array(rank);
  for (let p = lines.start[x]; p < lines.start[x + 1]; p++) {
    const row = lines.other[p] * rowLength;
    const surer = alpha * Math.abs(lines.value[p]); // c − 1
    const pull = lines.value[p] > 0 ? 1 + surer : 0; // c·p
    for (let i = 0; i < rank; i++) {
      const a = source[row + i];
      rightSide[i] += pull * a; // P_Ωᵀ C p
      for (let j = 0; j <= i; j++) gram[i * rank + j] += surer * a * source[row + j]; // P_Ωᵀ(C − I)P_Ω
    }
  }
  const diagonal = penalty(lambda, regularisation, lines.start[x + 1] - lines.start[x]);
  for (let i = 0; i < rank; i++) gram[i * rank + i] += diagonal;
  return { rightSide };
}

/**
 * Σ c(p − p̂)² over all cells, which every half-sweep lowers with its penalty: Σ p̂² of all cells is the sum of the
 * products of UᵀU and PᵀP, entry by entry, and only the ratings are gone through.
 */
export function implicitErrors(model: Model, byUser: HalfSweep[2], alpha: number): number {
  const { rank, rowLength, userFactors, itemFactors } = model;
  const [ofUsers, ofItems] = [gramOf(model, 'items'), gramOf(model, 'users')];
  let sum = 0;
  for (let i = 0; i < rank; i++)
    for (let j = 0; j <= i; j++) sum += (i === j ? 1 : 2) * ofUsers[i * rank + j] * ofItems[i * rank + j];
  for (let x = 0; x < byUser.lineCount; x++)
    for (let p = byUser.start[x]; p < byUser.start[x + 1]; p++) {
      const y = byUser.other[p];
      let prediction = 0;
      for (let f = 0; f < rank; f++)
        prediction += userFactors[x * rowLength + f] * itemFactors[y * rowLength + f];
      const preference = byUser.value[p] > 0 ? 1 : 0;
      const confidence = 1 + alpha * Math.abs(byUser.value[p]);
      sum += confidence * (preference - prediction) ** 2 - prediction ** 2;
    }
  return sum;
}
