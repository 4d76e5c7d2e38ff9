import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { scratchBytes, simdKernels } from '../kernels/simd/simd-kernels';
import { arraysIn, type Space } from '../kernels/simd/space';
import type { MethodId } from '../methods/method';
import type { StreamConfig } from '../methods/stream-config';
import { placedSplit, type Split } from '../ratings/hold-out';
import { failure } from '../ratings/result';
import { labBytes } from '../sessions/room';
import { type Crew, crewOf } from './crew';
import { isolated, simdModule } from './kernel-modules';
import { memoryOf, mostWorkers, type NoRoom, roomInTab, scratchOf } from './layout';
import type { Loadable } from './learn-protocol';

/** What sessions stand on: kernels with the memory that they work in, and who works on it. */
export interface Ground {
  readonly split: Split;
  readonly crew: Crew;
  /** Kernels whose room for arrays is empty again. */
  fresh(): Kernels;
  /** Where snapshots are put for the page to copy; null: each is sent away with its arrays. */
  readonly shown: Space | null;
}

/** Shared memory is worked on as it is; else the ratings are put into a memory of this worker's own, if it can. */
export async function groundOfRuns(method: MethodId, { split, layout, memory }: Loadable): Promise<Ground> {
  const module = isolated && !memory ? null : await simdModule();
  if (!module) return { split, crew: crewOf(null), fresh: () => pageKernels, shown: null };
  const room = layout.methods[method];
  const own = memory ?? memoryOf(layout, false);
  return {
    split: memory ? split : placedSplit(split, arraysIn({ memory: own, ...layout.ratings })),
    crew: crewOf(memory ? { module, memory, ...room } : null),
    fresh: () => simdKernels(module, { memory: own, ...room.run }, scratchOf(room, 0)),
    shown: memory ? { memory, ...room.snapshot } : null,
  };
}

/**
 * Bytes that a stream may take: some ten million ratings. Beyond, putting them in order would keep the worker from its
 * mail for longer than it is waited for.
 */
const mostBytes = Math.min(roomInTab / 2, 600 * 2 ** 20);
const page = 65536;

/** A memory of its own, as large as the stream's arrays. Throws a RangeError where the browser has no such room. */
export async function groundOfStream(split: Split, config: StreamConfig): Promise<Ground | NoRoom> {
  const { lineCount: userCount, otherCount: itemCount, value } = split.byUser;
  const validationCount = (split.hidden ?? split.validation).value.length;
  const counts = { userCount, itemCount, ratingCount: value.length, validationCount };
  const needed = labBytes(counts, config);
  if (needed > mostBytes) return failure('no-room', { needed, most: mostBytes });
  const module = await simdModule();
  if (!module) return { split, crew: crewOf(null), fresh: () => pageKernels, shown: null };
  // The first page holds nothing, so that no array is at address 0; then the workers' scratch.
  const from = page + mostWorkers * scratchBytes;
  const pages = Math.ceil((from + needed) / page) + 1;
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isolated });
    return {
      split,
      crew: crewOf(isolated ? { module, memory, scratch: page } : null),
      fresh: () => simdKernels(module, { memory, from, to: memory.buffer.byteLength }, page),
      shown: null,
    };
  } catch (error) {
    if (error instanceof RangeError) return failure('no-room', { needed, most: mostBytes });
    throw error;
  }
}
