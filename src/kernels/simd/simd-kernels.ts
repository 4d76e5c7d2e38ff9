import type { Floats, Lines, Triples } from '../../ratings/lines';
import { type GradientSums, type Kernels, type Model, type Side, unjudged } from '../kernels';
import { solveLinesBy } from '../solve-lines-by';
import { arraysIn, type Space } from './space';

/** The kernels of assembly/, by the order of their parameters there: pointers are byte offsets. */
interface Exports {
  takeScratch(at: number): void;
  solveLines(...parameters: (number | boolean)[]): void;
  solveCompleteLines(...parameters: (number | boolean)[]): void;
  solveImplicitLines(...parameters: (number | boolean)[]): void;
  normalEquations(...parameters: (number | boolean)[]): number;
  rightSide(): number;
  learn(...parameters: number[]): number;
  addGradients(...parameters: number[]): void;
  applyGradients(...parameters: number[]): void;
  predict(...parameters: number[]): void;
  sumErrors(...parameters: number[]): number;
}

/** Bytes of scratch that each worker needs for itself. */
export const scratchBytes = 256 * 1024;

/**
 * The same kernels in float32 and fixed-width SIMD (assembly/), on arrays of one WebAssembly memory. Rows of
 * factors are padded with zeros to a multiple of four. Same bits on every machine: no relaxed SIMD, no fused
 * multiply-add. New arrays are taken from `space` one after the other; making the kernels anew takes it back.
 *
 * @param module wasm/shared.wasm or wasm/own.wasm, as the memory is
 * @param scratch byte offset of 256 KB that no other worker uses
 */
export function simdKernels(module: WebAssembly.Module, space: Space, scratch: number): Kernels {
  const { memory } = space;
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const wasm = instance.exports as unknown as Exports;
  wasm.takeScratch(scratch);
  const arrays = arraysIn(space);
  const size = memory.buffer.byteLength;

  /** Byte offset of an array in the memory; one that lies elsewhere would be read as something else. */
  function at(array: Floats | Uint32Array): number {
    if (array.buffer.byteLength !== size || array.BYTES_PER_ELEMENT !== 4)
      throw new TypeError('this array is not in the memory of the kernels');
    return array.byteOffset;
  }
  const sidesOf = (model: GradientSums, side: Side) => {
    const users = [at(model.userFactors), at(model.userBias)];
    const items = [at(model.itemFactors), at(model.itemBias)];
    return side === 'users' ? [...users, ...items] : [...items, ...users];
  };
  const sweepAt = (model: Model, side: Side) =>
    [4 * model.rowLength, model.mean, model.unit, ...sidesOf(model, side)] as const;
  const arraysAt = ({ userBias, itemBias, userFactors, itemFactors }: GradientSums) =>
    [userBias, itemBias, userFactors, itemFactors].map(at);
  const modelAt = (model: Model) => [4 * model.rowLength, model.mean, model.unit, ...arraysAt(model)];
  const triplesAt = ({ users, items, values }: Triples) => [users, items, values].map(at);
  const linesAt = (lines: Lines) => [at(lines.start), at(lines.other), at(lines.value)];

  const normalEquations: Kernels['normalEquations'] = (model, side, lines, lambda, regularisation, line) => {
    const stride = model.rowLength;
    const settings = [lambda, regularisation === 'weighted'] as const;
    const gram = wasm.normalEquations(...sweepAt(model, side), ...linesAt(lines), ...settings, line);
    return {
      gram: new Float32Array(memory.buffer, gram, stride * stride),
      stride,
      rightSide: new Float32Array(memory.buffer, wasm.rightSide(), stride),
    };
  };

  return {
    rowLength: (rank) => Math.ceil(rank / 4) * 4,
    floats: arrays.floats,
    ratings: arrays,
    solveLines(model, side, lines, lambda, regularisation, from, to) {
      const settings = [lambda, regularisation === 'weighted'] as const;
      wasm.solveLines(...sweepAt(model, side), ...linesAt(lines), ...settings, from, to);
    },
    solveCompleteLines(model, side, { otherCount, value }, lambda, regularisation, from, to) {
      const settings = [lambda, regularisation === 'weighted'] as const;
      wasm.solveCompleteLines(...sweepAt(model, side), otherCount, at(value), ...settings, from, to);
    },
    solveImplicitLines(model, side, lines, lambda, regularisation, alpha, from, to) {
      const [target, , source] = sidesOf(model, side);
      const settings = [lambda, regularisation === 'weighted', alpha] as const;
      wasm.solveImplicitLines(
        ...[4 * model.rowLength, target, source, lines.otherCount, ...linesAt(lines)],
        ...[...settings, from, to],
      );
    },
    normalEquations,
    solveLinesBy: solveLinesBy(normalEquations),
    learn(
      model,
      ratings,
      order,
      from,
      to,
      rate,
      lambda,
      errorLimit,
      factorRate = rate,
      factorLambda = lambda,
    ) {
      const known = [...triplesAt(ratings), order ? at(order) : 0];
      const settings = [rate, lambda, errorLimit, factorRate, factorLambda] as const;
      return wasm.learn(...modelAt(model), ...known, from, to, ...settings) >>> 0;
    },
    addGradients(model, sums, ratings, from, to, lambda, low, high, factorLambda = lambda) {
      const arrays = [...arraysAt(sums), ...triplesAt(ratings)];
      wasm.addGradients(...modelAt(model), ...arrays, from, to, lambda, low, high, factorLambda);
    },
    applyGradients: (model, sums, side, rows, count, rate, factorRate = rate) => {
      const [factors, bias] = sidesOf(model, side);
      const [factorSums, biasSums] = sidesOf(sums, side);
      wasm.applyGradients(
        ...[4 * model.rowLength, bias, factors, biasSums, factorSums, at(rows), count, rate, factorRate],
      );
    },
    predict: (model, { users, items }, from, to, out) =>
      wasm.predict(...modelAt(model), at(users), at(items), from, to, at(out)),
    sumErrors(model, byUser, from, to, { low, high, learnt } = unjudged) {
      const scale = [low / model.unit, high / model.unit] as const;
      const lines = learnt ? [at(learnt.users), at(learnt.items)] : [0, 0];
      const cold = wasm.sumErrors(...modelAt(model), ...linesAt(byUser), ...scale, ...lines, from, to);
      return { cold: cold >>> 0, sums: new Float64Array(memory.buffer, scratch, 16).slice() };
    },
  };
}
