import type { Snapshot } from '../../methods/snapshot';
import { inUnits, printedSum } from '../../words/numbers';
import { asSum, hasBaseline } from '../terms';
import { scaleAroundZero, type View } from './view';

/**
 * What the factors say of a user and an item beyond what is said of each alone: r̂ − (μ + b_x + b_y) = U_x·P_y. Cell by
 * cell as far around zero as errors, so that both can be compared; blocks are means, and a quarter as far. Of a model without a baseline it is the prediction.
 */
export const beyondBaseline: View = {
  id: 'beyond-baseline',
  name: 'Beyond the baseline',
  short: 'Beyond',
  legend: { what: 'U·P', unit: 'beyond μ + b' },
  scale: (ratings, colours, ofBlocks) => scaleAroundZero(ratings, colours, ofBlocks ? 1 / 16 : 1 / 4),
  isFirstOfRatings: true,
  formula(_, frame) {
    const baseline = frame ? termsOf(frame) : ['μ', 'b'];
    if (baseline.length === 0) return 'U·P = r̂, no baseline';
    return `U·P = r̂ − ${baseline.length > 1 ? `(${baseline.join(' + ')})` : baseline[0]}`;
  },
  values(buffer, frame) {
    const { base, itemBias, width } = buffer.parts(frame);
    const values = buffer.predict(frame);
    for (let i = 0; i < values.length; i++) values[i] -= base[Math.floor(i / width)] + itemBias[i % width];
    return values;
  },
  parts(buffer, frame) {
    const parts = buffer.parts(frame);
    return { ...parts, base: new Float32Array(parts.height), itemBias: new Float32Array(parts.width) };
  },
  reading(cell) {
    const { mean, userBias, itemBias, product } = cell;
    if (!hasBaseline(cell)) return `${inUnits(product)} = r̂, no baseline`;
    const { terms, sum } = printedSum([mean, userBias, itemBias, product]);
    return `${terms[3]} = ${sum} − (${asSum(terms.slice(0, 3))})`;
  },
};

/** The terms that the baseline of a model has. */
function termsOf({ mean, userBias, itemBias }: Snapshot): string[] {
  const isSome = (bias: number) => bias !== 0;
  return [...(mean !== 0 ? ['μ'] : []), ...(userBias.some(isSome) || itemBias.some(isSome) ? ['b'] : [])];
}
