import type { Kernels } from '../kernels/kernels';
import type { Lines } from '../ratings/lines';

/** Kernels that solve lines of one side against the other. */
export type SolvingCall = 'solveLines' | 'solveCompleteLines';
type Call = SolvingCall | 'learn' | 'squaredError';

/** One call of a kernel, small enough that whoever makes it stays responsive: some milliseconds of the page. */
export type Piece = { readonly [C in Call]: { call: C; args: Parameters<Kernels[C]> } }[Call];

/**
 * Work as batches of pieces. The pieces of one batch do not touch what another writes: they may be done in any
 * order, by any workers, and give the same bits. A batch is done before the next is asked for, and its results
 * come back in the order of its pieces.
 */
export type Work<T> = Generator<readonly Piece[], T, readonly number[]>;

/** Makes the call; what returns nothing gives 0. */
export function perform(kernels: Kernels, piece: Piece): number {
  switch (piece.call) {
    case 'learn':
      return kernels.learn(...piece.args);
    case 'squaredError':
      return kernels.squaredError(...piece.args);
    default:
      kernels[piece.call](...piece.args);
      return 0;
  }
}

/** Ranges of lines with about so many ratings each: at least one line, then as many as fit. */
export function slicesOf(lines: Lines, ratings: number): (readonly [from: number, to: number])[] {
  const slices: [number, number][] = [];
  for (let from = 0; from < lines.lineCount; ) {
    let to = from + 1;
    while (to < lines.lineCount && lines.start[to + 1] - lines.start[from] <= ratings) to++;
    slices.push([from, to]);
    from = to;
  }
  return slices;
}
