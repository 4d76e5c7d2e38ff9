import type { HalfSweep, Kernels } from '../kernels/kernels';
import type { RowSolverId } from '../kernels/row-solvers';
import type { Lines } from '../ratings/lines';

type Call =
  | 'solveLines'
  | 'solveCompleteLines'
  | 'solveImplicitLines'
  | 'solveLinesBy'
  | 'learn'
  | 'sumErrors';

/** One call of a kernel, small enough that whoever makes it stays responsive: some milliseconds of the page. */
export type Piece = { readonly [C in Call]: { call: C; args: Parameters<Kernels[C]> } }[Call];

/**
 * Work as batches of pieces. The pieces of one batch do not touch what another writes: they may be done in any
 * order, by any workers, and give the same bits. A batch is done before the next is asked for, and its results
 * come back in the order of its pieces.
 */
export type Work<T> = Generator<readonly Piece[], T, readonly Result[]>;

/** What a piece gives: the position that `learn` reached, the sums of errors, or nothing. */
export type Result = ReturnType<Kernels[Call]>;

/** Makes the call. */
export function perform(kernels: Kernels, { call, args }: Piece): Result {
  return (kernels[call] as (...args: Piece['args']) => Result)(...args);
}

/** Calls whose last arguments are a range of lines, each of which is solved for itself. */
const ofLines: ReadonlySet<Call> = new Set(['solveLines', 'solveLinesBy']);

/** How many lines a piece solves, each for itself; 0 where it does something else. */
export const linesIn = ({ call, args }: Piece): number =>
  ofLines.has(call) ? (args.at(-1) as number) - (args.at(-2) as number) : 0;

/** A piece in parts of so many lines at most, which give the same bits one after the other; whole where it has none. */
export function* partsOf(piece: Piece, most: number): Generator<Piece> {
  if (linesIn(piece) <= most) return yield piece;
  const to = piece.args.at(-1) as number;
  for (let from = piece.args.at(-2) as number; from < to; from += most)
    yield { ...piece, args: [...piece.args.slice(0, -2), from, Math.min(to, from + most)] } as Piece;
}

/** Multiplications in one piece: about 20 ms of the float64 page. */
export const pieceWork = 1 << 24;

/**
 * A half-sweep: all lines of one side are solved against the other.
 *
 * @param complete every line knows every other, so that one factorisation can serve all of them
 */
export function halfSweep(solver: RowSolverId, sweep: HalfSweep, complete = false): Piece[] {
  const [{ rank }, , lines] = sweep;
  const isShared = complete && solver === 'exact';
  return slicesOf(lines, Math.floor(pieceWork / (isShared ? rank : rank * rank))).map((slice) => {
    if (solver !== 'exact') return { call: 'solveLinesBy', args: [solver, ...sweep, ...slice] };
    return { call: isShared ? 'solveCompleteLines' : 'solveLines', args: [...sweep, ...slice] };
  });
}

/** The same of implicit ALS: every piece sums up the whole of the other side once more, so that none is small. */
export function implicitHalfSweep(sweep: HalfSweep, alpha: number): Piece[] {
  const [{ rank }, , lines] = sweep;
  const ratings = Math.max(Math.floor(pieceWork / rank ** 2), 4 * lines.otherCount);
  return slicesOf(lines, ratings).map((slice) => ({
    call: 'solveImplicitLines',
    args: [...sweep, alpha, ...slice],
  }));
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
