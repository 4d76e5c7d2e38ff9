import { short } from '../../words/numbers';
import type { Theme } from '../theme';
import { type Chart, type ChartAxis, type Curve, mainCurves, referenceWords, strokes } from './chart';
import { logTicks, ticks } from './ticks';

type Point = readonly [x: number, y: number];

interface Line {
  readonly kind: 'line';
  readonly points: readonly Point[];
  readonly stroke: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

interface Dot {
  readonly kind: 'dot';
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly fill: string;
}

interface Text {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: number;
  readonly fill: string;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Around the letters, where they stand over curves. */
  readonly halo?: string;
}

/** What a chart is drawn of; lengths from its top left corner, in its own units. */
export type Shape = Line | Dot | Text;

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Where a chart's shapes go. */
interface Frame {
  /** The edges of the plot. */
  readonly plot: Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>;
  /** Lengths of the page times this are lengths of the figure. */
  readonly unit: number;
  /** Of the text. */
  readonly size: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** A chart, so large, in one theme; `unit` is the size of its text, as a multiple of the page's. */
export function chartFigure(chart: Chart, theme: Theme, width: number, height: number, unit: number): Figure {
  const frame = frameOf(chart, width, height, unit);
  const curves = mainCurves(chart).map((curve) => ({ curve, points: pointsOf(chart, curve, frame) }));
  const lines = curves.filter(({ points }) => points.length > 0);
  const dots = chart.upTo === undefined ? [] : lines.filter(({ curve }) => curve.stroke === 'solid');
  const shapes: Shape[] = [
    ...grid(chart, theme, frame),
    text(chart.across.title, (frame.plot.left + frame.plot.right) / 2, height - 5 * unit, frame, {
      fill: theme.muted,
      anchor: 'middle',
    }),
    ...legend(chart, theme, frame),
    ...references(chart, theme, frame),
    ...lines.map(({ curve: { colour, stroke }, points }) => {
      const { width: thick, dash } = strokes[stroke];
      return line(points, colour, thick * unit, scaled(dash, unit));
    }),
    ...dots.map(({ curve, points }): Shape => {
      const [x, y] = points[points.length - 1];
      return { kind: 'dot', x, y, r: 3 * unit, fill: curve.colour };
    }),
  ];
  return { width, height, shapes };
}

function frameOf({ across, values }: Chart, width: number, height: number, unit: number): Frame {
  const plot = { left: 46 * unit, top: 20 * unit, right: width - 6 * unit, bottom: height - 36 * unit };
  const [from, to] = spanOf(across);
  const [low, high] = values[0].range;
  const level = values[0].log ? Math.log : (value: number) => value;
  const spread = level(high) - level(low) || 1;
  return {
    plot,
    unit,
    size: 11 * unit,
    x: (value) => plot.left + ((value - from) / (to - from)) * (plot.right - plot.left),
    y: (value) => plot.bottom - ((level(value) - level(low)) / spread) * (plot.bottom - plot.top),
  };
}

/** An axis along which nothing has happened yet is one long. */
function spanOf({ range: [from, to] }: ChartAxis): [from: number, to: number] {
  return [from, to > from ? to : from + 1];
}

function grid({ across, values: [up] }: Chart, { grid: ink, muted }: Theme, frame: Frame): Shape[] {
  const { plot, unit, size, x, y } = frame;
  const places = ticks(...spanOf(across), Math.max(2, (plot.right - plot.left) / (90 * unit)));
  const levels = (up.log ? logTicks : ticks)(
    ...up.range,
    Math.max(2, (plot.bottom - plot.top) / (34 * unit)),
  );
  return [
    ...places.flatMap((value) => [
      line(upright(plot, x(value)), ink, unit),
      text(short(value), x(value), plot.bottom + 14 * unit, frame, { fill: muted, anchor: 'middle' }),
    ]),
    ...levels.flatMap((value) => [
      line(level(plot, y(value)), ink, unit),
      text(short(value), plot.left - 6 * unit, y(value) + size * 0.36, frame, { fill: muted, anchor: 'end' }),
    ]),
  ];
}

/** The title, then each run by its solid line, and what the others are of. */
function legend(chart: Chart, { ink }: Theme, frame: Frame): Shape[] {
  const { plot, unit } = frame;
  const shapes: Shape[] = [text(chart.title, plot.left, 12 * unit, frame, { fill: ink, weight: 600 })];
  let across = plot.left + (20 + 6 * chart.title.length) * unit;
  for (const { run, colour } of mainCurves(chart).filter(({ stroke }) => stroke === 'solid')) {
    shapes.push(
      line(level({ left: across, right: across + 16 * unit }, 8 * unit), colour, 2 * unit),
      text(run, across + 21 * unit, 12 * unit, frame, { fill: ink }),
    );
    across += (36 + 6.6 * run.length) * unit;
  }
  // What other strokes are of is said once for all runs.
  const others = new Map(
    mainCurves(chart).map(({ stroke, name, run }) => [stroke, name.slice(run.length + 1)]),
  );
  others.delete('solid');
  for (const [stroke, words] of others) {
    const { width, dash } = strokes[stroke];
    shapes.push(
      line(
        level({ left: across, right: across + 16 * unit }, 8 * unit),
        ink,
        width * unit,
        scaled(dash, unit),
      ),
      text(words, across + 21 * unit, 12 * unit, frame, { fill: ink }),
    );
    across += (36 + 6.6 * words.length) * unit;
  }
  return shapes;
}

/** Dashed lines and their words, which keep clear of those of the line above. */
function references(chart: Chart, { ground, ink, reference }: Theme, frame: Frame): Shape[] {
  const { plot, unit, size, y } = frame;
  const shapes: Shape[] = [];
  let taken = Number.NEGATIVE_INFINITY;
  for (const { value, label, under } of [...chart.references].sort((a, b) => b.value - a.value)) {
    const at = y(value);
    if (!(at >= plot.top - 1 && at <= plot.bottom + 1)) continue;
    const above = at - 4 * unit;
    const isBelow = under ? at + 18 * unit < plot.bottom : above - size < taken;
    const baseline = isBelow ? at + size + 2 * unit : above;
    shapes.push(
      line(level(plot, at), reference, unit, scaled([6, 5], unit)),
      text(referenceWords(label, value), plot.right - 4 * unit, baseline, frame, {
        fill: ink,
        anchor: 'end',
        halo: ground,
      }),
    );
    taken = baseline;
  }
  return shapes;
}

/** Where a curve goes within the plot: values beyond it lie on its edge. */
function pointsOf(
  { across, upTo = Number.POSITIVE_INFINITY }: Chart,
  { xs, ys }: Curve,
  { plot, x, y }: Frame,
): [number, number][] {
  const [from, to] = spanOf(across);
  const points: [number, number][] = [];
  for (let i = 0; i < xs.length && xs[i] <= upTo; i++) {
    const value = ys[i];
    if (value !== null && xs[i] >= from && xs[i] <= to)
      points.push([x(xs[i]), Math.min(plot.bottom, Math.max(plot.top, y(value)))]);
  }
  return thinned(points);
}

/** At most four points to a unit of length: first and last of each, and its extremes. */
function thinned(points: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i < points.length; ) {
    let end = i + 1;
    let [least, most] = [i, i];
    for (; end < points.length && Math.floor(points[end][0]) === Math.floor(points[i][0]); end++) {
      if (points[end][1] < points[least][1]) least = end;
      if (points[end][1] > points[most][1]) most = end;
    }
    for (const at of [...new Set([i, least, most, end - 1])].sort((a, b) => a - b)) out.push(points[at]);
    i = end;
  }
  return out;
}

const scaled = (dash: readonly number[], unit: number) => dash.map((length) => length * unit);

function line(points: readonly Point[], stroke: string, width: number, dash: readonly number[] = []): Line {
  return { kind: 'line', points, stroke, width, ...(dash.length > 0 && { dash }) };
}

const level = ({ left, right }: Pick<Frame['plot'], 'left' | 'right'>, at: number): Point[] => [
  [left, at],
  [right, at],
];

const upright = ({ top, bottom }: Frame['plot'], at: number): Point[] => [
  [at, top],
  [at, bottom],
];

function text(
  words: string,
  x: number,
  y: number,
  { size }: Frame,
  style: Pick<Text, 'fill'> & Partial<Pick<Text, 'anchor' | 'weight' | 'halo'>>,
): Text {
  return { kind: 'text', x, y, text: words, size, weight: 400, anchor: 'start', ...style };
}
