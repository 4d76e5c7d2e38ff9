import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lensOf } from '../src/draw/lens';
import { inOrderOfIndex } from '../src/draw/orders';
import { paintModel } from '../src/draw/painter';
import { predictionBuffer } from '../src/draw/predictions';
import { cellsOf, sceneOf } from '../src/draw/scene';
import { coloursFor } from '../src/draw/theme';
import { prediction } from '../src/draw/views/prediction';
import { wholeWindow } from '../src/draw/window';
import { reconstructor } from '../src/kernels/simd/reconstruct';
import { holdOut } from '../src/ratings/hold-out';
import { sourceOf } from '../src/ratings/lines';
import { settle } from '../src/ratings/sliced';
import { completeRatings } from './data';

const module = new WebAssembly.Module(
  readFileSync(fileURLToPath(new URL('../../src/kernels/simd/wasm/own.wasm', import.meta.url))),
);

/** Reconstructs and colours size × size at a rank: the plain painter, and the SIMD kernel. Milliseconds per picture. */
export function painters(size: number, rank: number): { name: string; step(): number }[] {
  const ratings = completeRatings(size);
  const split = settle(holdOut(sourceOf(ratings, size, size), { kind: 'random', share: 0, seed: 1 }));
  const order = inOrderOfIndex(size);
  const cells = cellsOf(split, lensOf({ users: order, items: order }, wholeWindow(ratings), size));
  const scene = sceneOf(ratings, cells);
  const colours = coloursFor('viridis', false);
  const factors = () => Float32Array.from({ length: size * rank }, (_, i) => 8 * Math.sin(i * 1.7) ** 2);
  const snapshot = () => ({
    ...{
      method: 'als' as const,
      step: 0,
      observations: 0,
      flops: 0,
      seconds: 0,
      rank,
      userCount: size,
      itemCount: size,
    },
    ...{ mean: 0, userBias: new Float32Array(size), itemBias: new Float32Array(size) },
    ...{ userFactors: factors(), itemFactors: factors(), tallies: {} },
  });
  const shots = [snapshot(), snapshot()];
  const buffer = predictionBuffer(scene);
  const out = new Uint32Array(size * size);
  let turn = 0;

  const reconstruct = reconstructor(module, false);
  const timed = (paint: () => void) => () => {
    const begun = performance.now();
    paint();
    return performance.now() - begun;
  };
  return [
    {
      name: 'plain JavaScript',
      step: timed(() => paintModel(scene, colours, prediction, buffer, shots[turn++ % 2], out)),
    },
    {
      name: 'SIMD',
      step: timed(() => paintModel(scene, colours, prediction, buffer, shots[turn++ % 2], out, reconstruct)),
    },
  ];
}
