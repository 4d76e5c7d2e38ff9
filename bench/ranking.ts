import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type RankingTask, rankItems } from '../src/kernels/ranking';
import { simdRanker } from '../src/kernels/simd/ranker';
import { seededRandom, shuffledIndices } from '../src/ratings/random';

/** What is measured: so many users of so many items, at a rank. */
const size = { users: 1000, items: 9000, rank: 20, seen: 150, liked: 20 };

/** Milliseconds of ranking all items for all users: the median of some turns, by SIMD and by the page (of a tenth of the users). */
export function timeRanking(turns: number) {
  const { users: userCount, items: itemCount, rank, ...each } = size;
  const random = seededRandom(1);
  const floats = (length: number) => Float32Array.from({ length }, () => random.normal());
  const model = {
    ...{ rank, itemBias: floats(itemCount) },
    ...{ userFactors: floats(userCount * rank), itemFactors: floats(itemCount * rank) },
  };
  const lines = (users: number, count: number) => ({
    start: Uint32Array.from({ length: users + 1 }, (_, x) => x * count),
    other: Uint32Array.from({ length: users * count }, () => random.below(itemCount)),
  });
  const task = (count: number): RankingTask => ({
    ...{ seen: lines(count, each.seen), liked: lines(count, each.liked), size: 10 },
    order: shuffledIndices(itemCount, random, new Uint32Array(itemCount)),
  });
  const wasm = readFileSync(fileURLToPath(new URL('../../src/kernels/simd/wasm/own.wasm', import.meta.url)));
  const simd = simdRanker(new WebAssembly.Module(wasm), false);
  const time = (work: () => void) => {
    const times = Array.from({ length: turns }, () => {
      const begun = performance.now();
      work();
      return performance.now() - begun;
    });
    return times.toSorted((a, b) => a - b)[turns >> 1];
  };
  const [whole, part] = [task(userCount), task(userCount / 10)];
  simd(model, whole);
  return { simd: time(() => simd(model, whole)), page: 10 * time(() => rankItems(model, part)) };
}
