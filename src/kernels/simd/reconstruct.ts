import { arraysIn } from './space';

/** A picture to be reconstructed and coloured: averaged rows of a model, and which value has which colour. */
interface Reconstruction {
  readonly height: number;
  readonly width: number;
  readonly rank: number;
  /** μ + b_x of each row of pixels. */
  readonly base: Float32Array;
  /** height × rank, row-major. */
  readonly users: Float32Array;
  /** b_y of each column of pixels. */
  readonly itemBias: Float32Array;
  /** P the other way round: rank × width, row-major. */
  readonly columns: Float32Array;
  /** Value v has colour table[⌊(v − low)·perStep + offset⌋], the first and the last beyond; not finite: `other`. */
  readonly low: number;
  readonly perStep: number;
  readonly offset: number;
  readonly table: Uint32Array;
  readonly other: number;
}

/** Writes height × width words. */
export type Reconstruct = (picture: Reconstruction, out: Uint32Array) => void;

/**
 * μ + b_x + b_y + U_x·P_y of every pixel, coloured, in one pass (assembly/paint.ts), in a memory of its own that
 * grows with the pictures.
 *
 * @param shared whether the module imports a shared memory
 */
export function reconstructor(module: WebAssembly.Module, shared: boolean): Reconstruct {
  const page = 65536;
  let memory: WebAssembly.Memory | null = null;
  let wasm: { paint(...parameters: number[]): void } | null = null;

  function room(bytes: number): WebAssembly.Memory {
    if (memory && memory.buffer.byteLength >= bytes) return memory;
    const pages = Math.ceil(bytes / page);
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as NonNullable<
      typeof wasm
    >;
    return memory;
  }

  return (
    { height, width, rank, base, users, itemBias, columns, low, perStep, offset, table, other },
    out,
  ) => {
    const padded = Math.ceil(width / 4) * 4;
    const words = height * width;
    const used = 4 * (height * (1 + rank) + padded * (rank + 2) + 256 + words) + 8 * 64;
    const at = room(page + used);
    const { floats, indices } = arraysIn({ memory: at, from: page, to: at.buffer.byteLength });
    const put = (values: Float32Array, length = values.length) => {
      const array = floats(length);
      array.set(values);
      return array.byteOffset;
    };
    const colours = indices(256);
    colours.set(table);
    const turned = floats(rank * padded);
    for (let f = 0; f < rank; f++) turned.set(columns.subarray(f * width, (f + 1) * width), f * padded);
    const picture = indices(words);
    wasm?.paint(
      ...[height, width, rank, put(base), put(users), put(itemBias, padded), turned.byteOffset],
      ...[low, perStep, offset, colours.byteOffset, other, floats(padded).byteOffset, picture.byteOffset],
    );
    out.set(picture);
  };
}
