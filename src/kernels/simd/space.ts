import type { Arrays, Floats } from '../../ratings/lines';

/** A stretch of a WebAssembly memory, in bytes: where arrays that the kernels can work on are put. */
export interface Space {
  readonly memory: WebAssembly.Memory;
  readonly from: number;
  readonly to: number;
}

/** Arrays start where a cache line starts, so that a row of 16 floats lies in one. */
const alignment = 64;

/** Zeroed arrays one after the other; throws a RangeError, with numbers, when the space is used up. */
export function arraysIn({ memory, from, to }: Space): Arrays & { readonly used: number } {
  let next = from;
  const take = (bytes: number) => {
    const at = Math.ceil(next / alignment) * alignment;
    if (at + bytes > to) throw new RangeError(`${bytes} bytes do not fit between ${at} and ${to}`);
    next = at + bytes;
    return at;
  };
  return {
    get used() {
      return next - from;
    },
    indices: (length) => new Uint32Array(memory.buffer, take(4 * length), length).fill(0),
    floats: (length): Floats => new Float32Array(memory.buffer, take(4 * length), length).fill(0),
  };
}

/** Bytes that so many arrays of 4-byte entries take at most. */
export function bytesFor(...lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + 4 * length + alignment, 0);
}
