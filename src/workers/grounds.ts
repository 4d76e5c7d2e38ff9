import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { scratchBytes, simdKernels } from '../kernels/simd/simd-kernels';
import { arraysIn, type Space } from '../kernels/simd/space';
import type { MethodId } from '../methods/method';
import { biasErrors } from '../methods/references';
import type { Entrant, StreamConfig } from '../methods/stream-config';
import type { Tally } from '../metrics/tally';
import { chooseFold } from '../ratings/folds';
import { inPieces } from '../ratings/formats/read-files';
import { divided, placedSplit, type Split, wholeOf } from '../ratings/hold-out';
import { heapArrays, sourceOfLines } from '../ratings/lines';
import { failure } from '../ratings/result';
import { labBytes, learnersOf } from '../sessions/room';
import { breather } from './breather';
import { type Crew, crewOf } from './crew';
import { canShare, simdModule } from './kernel-modules';
import { layoutOf, memoryOf, mostWorkers, type NoRoom, roomInTab, scratchOf } from './layout';
import type { Apart, Loadable } from './learn-protocol';

const breathe = breather();

/** What sessions stand on: kernels with the memory that they work in, and who works on it. */
export interface Ground {
  readonly split: Split;
  readonly crew: Crew;
  /** Kernels whose room for arrays is empty again. */
  fresh(): Kernels;
  /** Where snapshots are put for the page to copy; null: each is sent away with its arrays. */
  readonly shown: Space | null;
}

/** The ratings as they were handed over, or all of them with nothing held out, in arrays of this worker's own. */
const takenOf = async ({ split, apart }: Pick<Loadable, 'split' | 'apart'>): Promise<Split> =>
  apart?.whole ? inPieces(wholeOf(split), breathe) : split;

/** Errors of biases alone. */
export const judgedBiases = (...asked: Parameters<typeof biasErrors>): Promise<Tally> =>
  inPieces(biasErrors(...asked), breathe);

/** Shared memory is worked on as it is; else the ratings are put into a memory of this worker's own, if it can. */
export async function groundOfRuns(method: MethodId, data: Loadable): Promise<Ground> {
  const { split, layout, memory, apart } = data;
  if (apart) return groundApart(method, await takenOf(data), apart);
  const module = await simdModule(memory !== null);
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

/** The memory of runs that stand apart: the next has it, too, where it is large enough. */
let kept: WebAssembly.Memory | null = null;

/**
 * Ratings divided anew, or as they were, with room for one run. Throws a RangeError where the browser has no such room.
 */
async function groundApart(method: MethodId, split: Split, { fold, rank }: Apart): Promise<Ground> {
  const chosen = fold && (await inPieces(chooseFold(sourceOfLines(split.byUser), fold), breathe));
  const module = await simdModule(false);
  const { lineCount: userCount, otherCount: itemCount, time } = split.byUser;
  const shape = {
    ...{ userCount, itemCount, timed: time !== null },
    trainingCount: chosen?.trainingCount ?? split.trainingCount,
    validationCount: chosen?.validationCount ?? split.validationCount,
    hiddenCount: fold ? 0 : (split.hidden?.value.length ?? 0),
  };
  const layout = layoutOf(shape, rank, [method]);
  if (!kept || kept.buffer.byteLength < layout.bytes) kept = module && memoryOf(layout, false);
  const memory = kept;
  const arrays = memory ? arraysIn({ memory, ...layout.ratings }) : heapArrays;
  const own = chosen ? await inPieces(divided(chosen, arrays), breathe) : placedSplit(split, arrays);
  const room = layout.methods[method];
  const fresh = () =>
    module && memory ? simdKernels(module, { memory, ...room.run }, scratchOf(room, 0)) : pageKernels;
  return { split: own, crew: crewOf(null), fresh, shown: null };
}

/**
 * Bytes that a stream may take: some ten million ratings. Beyond, putting them in order would keep the worker from its
 * mail for longer than it is waited for.
 */
const mostBytes = Math.min(roomInTab / 2, 600 * 2 ** 20);
const page = 65536;

/** A memory of its own, as large as the stream's arrays. Throws a RangeError where the browser has no such room. */
export async function groundOfStream(
  data: Pick<Loadable, 'split' | 'apart'>,
  config: StreamConfig,
  candidates?: readonly Entrant[],
): Promise<Ground | NoRoom> {
  const split = await takenOf(data);
  const { lineCount: userCount, otherCount: itemCount, value } = split.byUser;
  const validationCount = (split.hidden ?? split.validation).value.length;
  const counts = { userCount, itemCount, ratingCount: value.length, validationCount };
  const needed = labBytes(counts, candidates ? learnersOf(candidates) : config);
  if (needed > mostBytes) return failure('no-room', { needed, most: mostBytes });
  const module = await simdModule();
  if (!module) return { split, crew: crewOf(null), fresh: () => pageKernels, shown: null };
  // The first page holds nothing, so that no array is at address 0; then the workers' scratch.
  const from = page + mostWorkers * scratchBytes;
  const pages = Math.ceil((from + needed) / page) + 1;
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: canShare });
    return {
      split,
      crew: crewOf(canShare ? { module, memory, scratch: page } : null),
      fresh: () => simdKernels(module, { memory, from, to: memory.buffer.byteLength }, page),
      shown: null,
    };
  } catch (error) {
    if (error instanceof RangeError) return failure('no-room', { needed, most: mostBytes });
    throw error;
  }
}
