import { factorise, substitute } from './cholesky';
import { addDiagonal, addGram } from './gram';
import { addExactGram, clearExact, factoriseExact, gatherExact, substituteExact } from './exact';
import { exactRows, gathered, gatheredRows, gram, residuals, sides } from './scratch';
import { load4, madd, splat4 } from './vectors';

/**
 * ALS, rows from…to−1 of `target`; see ../../als.ts. For every line, 64 rows of `source` at a time are gathered
 * into a buffer of first-level cache, and the upper triangle of their Gram matrix is accumulated in tiles of 4 × 8
 * sums that stay in registers; then one fused factorisation and forward substitution, and the back substitution.
 */
export function solveLines(
  bytes: usize,
  mean: f32,
  unit: f32,
  target: usize,
  targetBias: usize,
  source: usize,
  sourceBias: usize,
  start: usize,
  other: usize,
  value: usize,
  lambda: f32,
  weighted: bool,
  from: u32,
  to: u32,
): void {
  const perUnit: f32 = 1 / unit;
  for (let x: usize = from; x < <usize>to; x++) {
    const row = target + x * bytes;
    memory.fill(row, 0, bytes);
    const first: usize = load<u32>(start + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    if (first == end) continue;
    const base = mean + load<f32>(targetBias + 4 * x);
    sumLine(bytes, base, perUnit, source, sourceBias, first, end, other, value, row);
    const penalty = weighted ? lambda * <f32>(end - first) : lambda;
    addDiagonal(bytes, penalty);
    if (factorise(gram, bytes, row)) {
      substitute(gram, bytes, row);
      continue;
    }
    sumLineExactly(bytes, base, perUnit, source, sourceBias, first, end, other, value);
    factoriseExact(bytes, penalty);
    substituteExact(bytes, row);
  }
}

/** `sumLine` in float64, for exact.ts. */
function sumLineExactly(
  bytes: usize,
  base: f32,
  perUnit: f32,
  source: usize,
  sourceBias: usize,
  first: usize,
  end: usize,
  other: usize,
  value: usize,
): void {
  clearExact(bytes);
  for (let begin = first; begin < end; begin += exactRows) {
    const count = min<usize>(exactRows, end - begin);
    for (let i: usize = 0; i < count; i++) {
      const y: usize = load<u32>(other + 4 * (begin + i));
      const r = load<f32>(value + 4 * (begin + i)) * perUnit - (base + load<f32>(sourceBias + 4 * y));
      gatherExact(i, source + y * bytes, bytes, r);
    }
    addExactGram(bytes, count);
  }
}

/** G = Σ aᵀa and b += Σ r·a over the ratings first…end−1 of a line whose μ + bias is `base`. */
function sumLine(
  bytes: usize,
  base: f32,
  perUnit: f32,
  source: usize,
  sourceBias: usize,
  first: usize,
  end: usize,
  other: usize,
  value: usize,
  b: usize,
): void {
  memory.fill(gram, 0, (bytes >> 2) * bytes);
  for (let begin = first; begin < end; begin += gatheredRows) {
    const count = min<usize>(gatheredRows, end - begin);
    for (let i: usize = 0; i < count; i++) {
      const y: usize = load<u32>(other + 4 * (begin + i));
      store<f32>(
        residuals + 4 * i,
        load<f32>(value + 4 * (begin + i)) * perUnit - (base + load<f32>(sourceBias + 4 * y)),
      );
      const from = source + y * bytes;
      const to = gathered + i * bytes;
      for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, load4(from + at));
    }
    addGram(gathered, bytes, count);
    addWeighted(gathered, bytes, count, residuals, b);
  }
}

/** The normal equations of line x: G, by its upper triangle, is left in `gram`, and b in `sides`; gives where they are. */
export function normalEquations(
  bytes: usize,
  mean: f32,
  unit: f32,
  target: usize,
  targetBias: usize,
  source: usize,
  sourceBias: usize,
  start: usize,
  other: usize,
  value: usize,
  lambda: f32,
  weighted: bool,
  x: usize,
): usize {
  const first: usize = load<u32>(start + 4 * x);
  const end: usize = load<u32>(start + 4 * x, 4);
  const base = mean + load<f32>(targetBias + 4 * x);
  memory.fill(sides, 0, bytes);
  sumLine(bytes, base, 1 / unit, source, sourceBias, first, end, other, value, sides);
  addDiagonal(bytes, weighted ? lambda * <f32>(end - first) : lambda);
  return gram;
}

/** Where `normalEquations` leaves b. */
export function rightSide(): usize {
  return sides;
}

/** b += Σ r·a over `count` rows, two vectors of b at a time. */
function addWeighted(rows: usize, bytes: usize, count: usize, weights: usize, b: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = load4(b + at);
    let a = rows + at;
    for (let i: usize = 0; i < count; i++, a += bytes) sum = madd(sum, splat4(weights + 4 * i), load4(a));
    v128.store(b + at, sum);
  }
}
