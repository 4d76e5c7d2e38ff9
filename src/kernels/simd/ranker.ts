import { noItem, type Ranker, type RankingTask } from '../ranking';
import { arraysIn, bytesFor } from './space';

/** A score that is beaten by all. */
const beaten = -3.4028234663852886e38;

/** Both lists of a task, as the kernel has them: items by their places in the order. */
function listsOf({ seen, liked, order }: RankingTask): Uint32Array[] {
  const place = new Uint32Array(order.length);
  for (const [at, y] of order.entries()) place[y] = at;
  return [seen, liked].flatMap(({ start, other }) => [start, other.map((y) => place[y])]);
}

/**
 * `rankItems` in float32 and SIMD (assembly/ranking.ts), in a memory of its own that grows with the data.
 *
 * @param shared whether the module imports a shared memory
 */
export function simdRanker(module: WebAssembly.Module, shared: boolean): Ranker {
  const page = 65536;
  let memory: WebAssembly.Memory | null = null;
  let wasm: { rankItems(...parameters: number[]): void } | null = null;
  let last: { task: RankingTask; lists: Uint32Array[] } | null = null;

  function room(bytes: number): WebAssembly.Memory {
    if (memory && memory.buffer.byteLength >= bytes) return memory;
    const pages = Math.ceil(bytes / page);
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    wasm = instance.exports as unknown as NonNullable<typeof wasm>;
    return memory;
  }

  return ({ rank, itemBias, userFactors, itemFactors }, task) => {
    if (last?.task !== task) last = { task, lists: listsOf(task) };
    const { seen, order, size } = task;
    const [count, width] = [seen.start.length - 1, Math.ceil(order.length / 8) * 8];
    const bytes = bytesFor(
      ...[count * rank, rank * width, width, 4 * width, 4 * rank, size, count * size, count],
      ...last.lists.map(({ length }) => length),
    );
    const at = room(page + bytes);
    const { floats, indices } = arraysIn({ memory: at, from: page, to: at.buffer.byteLength });
    const rows = floats(count * rank);
    rows.set(userFactors);
    const columns = floats(rank * width);
    const bias = floats(width).fill(beaten);
    for (let j = 0; j < order.length; j++) {
      const y = order[j];
      bias[j] = itemBias[y];
      for (let f = 0; f < rank; f++) columns[f * width + j] = itemFactors[y * rank + f];
    }
    const put = (values: Uint32Array) => {
      const array = indices(values.length);
      array.set(values);
      return array.byteOffset;
    };
    const offsets = last.lists.map(put);
    const rooms = [floats(4 * width), floats(4 * rank), floats(size)].map(({ byteOffset }) => byteOffset);
    const top = indices(count * size).fill(noItem);
    const first = indices(count);
    wasm?.rankItems(
      ...[rank, width, count, rows.byteOffset, columns.byteOffset, bias.byteOffset, ...offsets, ...rooms],
      ...[size, top.byteOffset, first.byteOffset],
    );
    return { top: top.map((j) => (j === noItem ? noItem : order[j])), first: first.slice() };
  };
}
