import { type Chart, referenceWords, type Stroke } from '../../draw/chart/chart';

/** What stands at the end of a line: whose it is, or what it stands for. */
export interface End {
  readonly words: string;
  /** CSS; null: that of all words. */
  readonly colour: string | null;
  readonly stroke: Stroke;
  /** A path of SVG. */
  readonly marker?: string | undefined;
  /** Where the line ends, by the first axes; of a value that is null, at the bottom. */
  readonly at: number;
  readonly value: number | null;
}

/** The words at the ends of a chart's lines: names of curves, where it wants them, what these are measured against, and what ticks are. */
export function endsOf({ across, curves, named, references, marks }: Chart): End[] {
  const [, to] = across.range;
  const names = curves.flatMap(({ past, by = 0, run, colour, stroke, marker, xs, ys }) => {
    const last = ys.findLastIndex((value) => value !== null);
    if (!named || past || by !== 0 || last < 0) return [];
    return [{ words: run, colour, stroke, marker, at: xs[last], value: ys[last] }];
  });
  const lines = references.map(
    ({ label, value }): End => ({
      ...{ words: referenceWords(label, value), colour: null, stroke: 'dashed' },
      ...{ at: to, value },
    }),
  );
  const ticks = marks.flatMap(({ kind, words }): End[] =>
    kind === 'tick' && words !== '' ? [{ words, colour: null, stroke: 'solid', at: to, value: null }] : [],
  );
  return [...names, ...lines, ...ticks];
}

/**
 * Room for the ends beside the curves, in the unit of the widths; 0 where it would be more than a third of all there is.
 *
 * @param title how wide what stands under them is
 */
export function roomFor(widths: readonly number[], title: number, all: number): number {
  const room = Math.max(title, ...widths);
  return room <= all / 3 ? room : 0;
}

/** Places of words from top to bottom, each as near to its own as the others let it, none nearer than `least` to the next. */
export function spread(wanted: readonly number[], least: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let limit = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    placed[i] = Math.max(wanted[i], limit);
    limit = placed[i] + least;
  }
  limit = bottom;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i], limit);
    limit = placed[i] - least;
  }
  return placed;
}
