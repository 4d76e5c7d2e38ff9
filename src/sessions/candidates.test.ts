import { expect, test } from 'vitest';
import { streamMethods } from '../methods';
import type { Entrant, StreamConfig } from '../methods/stream-config';
import { bundledSample, defaults, labOn, learnt, on } from './fixtures/labs';

const sample = bundledSample();
const candidate = (id: string, method: string, change: Partial<StreamConfig>): Entrant => ({
  ...{ id, method },
  config: { ...defaults, ...change, methods: [method] },
});

test('candidates learn as each of them would alone, to the bit, whoever learns beside them', () => {
  const candidates = [
    candidate('a', 'sgd', { factorRate: 0.05, rank: 3 }),
    candidate('b', 'sgd', { learningRate: 0.1 }),
    candidate('c', 'mini-batch', { rank: 7, passes: 2 }),
    candidate('d', 'mini-batch', { lambda: 0.1 }),
    candidate('e', 'fold-in', { rank: 2, alsLambda: 0.3 }),
    candidate('f', 'refit', { refitEvery: 4, rank: 4 }),
  ];
  for (const kernels of ['simd', 'page'] as const) {
    const lab = labOn(
      sample,
      { rank: 7, batchSize: 12_000 },
      kernels,
      candidates.map((one) => ({
        ...one,
        config: { ...one.config, batchSize: 12_000 },
      })),
    );
    const { methods } = learnt(lab);
    for (const { id, method, config } of candidates) {
      const alone = learnt(labOn(sample, { ...config, batchSize: 12_000 }, kernels)).methods[method];
      expect([id, ...methods[id].prequential]).toEqual([id, ...alone.prequential]);
    }
  }
});

test('who is stopped is measured no more, and the others learn on as if nothing had happened', () => {
  const pair = [candidate('a', 'sgd', {}), candidate('b', 'sgd', { factorRate: 0.01 })];
  const [lab, whole] = [labOn(sample, {}, 'simd', pair), labOn(sample, {}, 'simd', pair)];
  const before = learnt(lab, 5);
  expect(Object.keys(before.methods)).toEqual(['a', 'b']);
  expect(before.methods.a.validation.every((sum) => sum === 0)).toBe(true);
  lab.stop?.(['a']);
  const after = learnt(lab);
  expect(Object.keys(after.methods)).toEqual(['b']);
  expect(after.methods.b.prequential).toEqual(learnt(whole).methods.b.prequential);
});

test('every setting that a method says it has decides its errors', () => {
  const others: Partial<StreamConfig> = {
    ...{ rank: 3, learningRate: 0.1, factorRate: 0.01, lambda: 0.5, passes: 3, decay: 0.5, step: 'summed' },
    ...{ alsLambda: 1, alsBaseline: 'none', refitEvery: 2 },
  };
  for (const { id, arriving } of streamMethods) {
    // A second pass is what γ fades towards.
    const base = { batchSize: 1500, passes: arriving.settings.includes('decay') ? 2 : 1 };
    const entrants = [
      candidate('as it is', id, base),
      ...arriving.settings.map((name) => candidate(name, id, { ...base, [name]: others[name] })),
    ];
    const lab = labOn(sample, { ...base, methods: [id] }, 'simd', entrants);
    on(lab, lab.advance(4));
    const { methods } = on(lab, lab.measured([])).moment;
    for (const name of arriving.settings)
      expect([id, name, methods[name].prequential]).not.toEqual([id, name, methods['as it is'].prequential]);
  }
});
