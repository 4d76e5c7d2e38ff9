import { factorise, substitute } from './cholesky';
import { addExactGram, clearExact, factoriseExact, gatherExact, substituteExact } from './exact';
import { addDiagonal, addGram } from './gram';
import { exactRows, gathered, gatheredRows, gram, wholeGram } from './scratch';
import { load4, madd } from './vectors';

/**
 * Implicit ALS, rows from…to−1 of `target`; see ../../implicit-als.ts. G of all rows of `source` is summed once, and
 * for every line what its ratings add to it: rows times √(α|r|) are gathered, so that their G is that of the weighted.
 */
export function solveImplicitLines(
  bytes: usize,
  target: usize,
  source: usize,
  count: u32,
  start: usize,
  other: usize,
  value: usize,
  lambda: f32,
  weighted: bool,
  alpha: f32,
  from: u32,
  to: u32,
): void {
  const size = (bytes >> 2) * bytes;
  memory.fill(gram, 0, size);
  for (let y: u32 = 0; y < count; y += gatheredRows)
    addGram(source + <usize>y * bytes, bytes, min(gatheredRows, count - y));
  memory.copy(wholeGram, gram, size);
  for (let x: usize = from; x < <usize>to; x++) {
    const row = target + x * bytes;
    memory.fill(row, 0, bytes);
    const first: usize = load<u32>(start + 4 * x);
    const end: usize = load<u32>(start + 4 * x, 4);
    if (first == end) continue;
    memory.copy(gram, wholeGram, size);
    addLine(bytes, source, first, end, other, value, alpha, row);
    const penalty = weighted ? lambda * <f32>(end - first) : lambda;
    addDiagonal(bytes, penalty);
    if (factorise(gram, bytes, row)) {
      substitute(gram, bytes, row);
      continue;
    }
    sumExactly(bytes, source, count, first, end, other, value, alpha);
    factoriseExact(bytes, penalty);
    substituteExact(bytes, row);
  }
}

/** G += Σ α|r|·aᵀa and b += Σ (1 + α|r|)·a, the latter over what is preferred. */
function addLine(
  bytes: usize,
  source: usize,
  first: usize,
  end: usize,
  other: usize,
  value: usize,
  alpha: f32,
  b: usize,
): void {
  for (let begin = first; begin < end; begin += gatheredRows) {
    const count = min<usize>(gatheredRows, end - begin);
    for (let i: usize = 0; i < count; i++) {
      const y: usize = load<u32>(other + 4 * (begin + i));
      const r = load<f32>(value + 4 * (begin + i));
      const surer = alpha * abs(r);
      const root = f32x4.splat(sqrt(surer));
      const pull = f32x4.splat(r > 0 ? 1 + surer : 0);
      const from = source + y * bytes;
      const to = gathered + i * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        const a = load4(from + at);
        v128.store(to + at, f32x4.mul(root, a));
        v128.store(b + at, madd(load4(b + at), pull, a));
      }
    }
    addGram(gathered, bytes, count);
  }
}

/** The same of a line in float64, all rows of `source` among it, for exact.ts. */
function sumExactly(
  bytes: usize,
  source: usize,
  count: u32,
  first: usize,
  end: usize,
  other: usize,
  value: usize,
  alpha: f32,
): void {
  clearExact(bytes);
  for (let y: u32 = 0; y < count; y += exactRows) {
    const rows = min(exactRows, count - y);
    for (let i: usize = 0; i < rows; i++) gatherExact(i, source + (<usize>y + i) * bytes, bytes, 0);
    addExactGram(bytes, rows);
  }
  for (let begin = first; begin < end; begin += exactRows) {
    const rows = min<usize>(exactRows, end - begin);
    for (let i: usize = 0; i < rows; i++) {
      const y: usize = load<u32>(other + 4 * (begin + i));
      const r: f64 = load<f32>(value + 4 * (begin + i));
      const surer: f64 = <f64>alpha * abs(r);
      gatherExact(i, source + y * bytes, bytes, r > 0 ? 1 + surer : 0);
      const to = gathered + 2 * i * bytes;
      const root = f64x2.splat(sqrt(surer));
      for (let at: usize = 0; at < 2 * bytes; at += 16) v128.store(to + at, f64x2.mul(root, v128.load(to + at)));
    }
    addExactGram(bytes, rows);
  }
}
