import { metrics } from '../../metrics';
import type { Part } from '../../metrics/metric';
import { type Axis, type Moment, placeOn, valueAt } from '../../metrics/moment';
import { fontOf, type Theme } from '../theme';

export interface ReferenceLine {
  readonly value: number;
  readonly label: string;
}

/** What a chart is drawn of; lengths from its top left corner, in its own units. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly stroke: string;
      readonly width: number;
      readonly dash?: readonly number[];
    }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly r: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly weight: number;
      readonly fill: string;
      readonly anchor: 'start' | 'middle' | 'end';
      /** Around the letters, where they stand over curves; null: none. */
      readonly halo: string | null;
    };

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** What a chart of RMSE shows. */
export interface ChartContent {
  readonly runs: readonly {
    readonly name: string;
    readonly colour: string;
    readonly moments: readonly Moment[];
  }[];
  readonly axis: Axis;
  /** Of the x-axis, in its unit. */
  readonly from: number;
  readonly to: number;
  /** Curves end here; null: nowhere. */
  readonly upTo: number | null;
  readonly references: readonly ReferenceLine[];
  /** Of the RMSE, rating units. */
  readonly range: readonly [low: number, high: number];
  readonly log: boolean;
}

const axisTitles = {
  step: 'iterations / epochs',
  observations: 'ratings seen',
  flops: 'floating-point operations',
  seconds: 'seconds of compute',
} as const;

/** The chart of RMSE, so large; `unit` is the size of its text, as a multiple of the page's. */
export function chartFigure(
  { runs, axis, from, to, upTo, references, range: [low, high], log }: ChartContent,
  { ground, ink, muted, grid, reference }: Theme,
  width: number,
  height: number,
  unit: number,
): Figure {
  const shapes: Shape[] = [];
  const size = 11 * unit;
  const plot = { left: 46 * unit, top: 20 * unit, right: width - 6 * unit, bottom: height - 36 * unit };
  const span = to > from ? to - from : 1;
  const x = (value: number) => plot.left + ((value - from) / span) * (plot.right - plot.left);
  const scaled = log ? Math.log : (value: number) => value;
  const spread = scaled(high) - scaled(low) || 1;
  const y = (value: number) =>
    plot.bottom - ((scaled(value) - scaled(low)) / spread) * (plot.bottom - plot.top);
  const write = (
    text: string,
    at: { x: number; y: number },
    anchor: 'start' | 'middle' | 'end',
    fill: string,
    weight = 400,
    halo: string | null = null,
  ) => shapes.push({ kind: 'text', ...at, text, size, weight, fill, anchor, halo });
  const line = (points: (readonly [number, number])[], stroke: string, thick: number, dash?: number[]) =>
    shapes.push({ kind: 'line', points, stroke, width: thick, ...(dash ? { dash } : {}) });

  for (const value of ticks(from, from + span, Math.max(2, (plot.right - plot.left) / (90 * unit)))) {
    line(
      [
        [x(value), plot.top],
        [x(value), plot.bottom],
      ],
      grid,
      unit,
    );
    write(short(value), { x: x(value), y: plot.bottom + 14 * unit }, 'middle', muted);
  }
  const levels = (log ? logTicks : ticks)(low, high, Math.max(2, (plot.bottom - plot.top) / (34 * unit)));
  for (const value of levels) {
    line(
      [
        [plot.left, y(value)],
        [plot.right, y(value)],
      ],
      grid,
      unit,
    );
    write(short(value), { x: plot.left - 6 * unit, y: y(value) + size * 0.36 }, 'end', muted);
  }
  write(axisTitles[axis], { x: (plot.left + plot.right) / 2, y: height - 5 * unit }, 'middle', muted);
  let across = plot.left;
  write('RMSE', { x: across, y: 12 * unit }, 'start', ink, 600);
  across += 44 * unit;
  for (const { name, colour } of runs) {
    line(
      [
        [across, 8 * unit],
        [across + 16 * unit, 8 * unit],
      ],
      colour,
      2 * unit,
    );
    write(name, { x: across + 21 * unit, y: 12 * unit }, 'start', ink);
    across += (36 + 6.6 * name.length) * unit;
  }

  let taken = Number.NEGATIVE_INFINITY;
  for (const { value, label } of [...references].sort((a, b) => b.value - a.value)) {
    const at = y(value);
    if (!(at >= plot.top - 1 && at <= plot.bottom + 1)) continue;
    line(
      [
        [plot.left, at],
        [plot.right, at],
      ],
      reference,
      unit,
      [6 * unit, 5 * unit],
    );
    const above = at - 4 * unit;
    const baseline = above - size < taken ? at + size + 2 * unit : above;
    const words = `${label} ${Number(value.toPrecision(4))}`;
    write(words, { x: plot.right - 4 * unit, y: baseline }, 'end', ink, 400, ground);
    taken = baseline;
  }
  for (const { colour, moments } of runs) {
    const places = moments.map((moment) => placeOn(moment, axis));
    const curve = (part: Part) => {
      const points: [number, number][] = [];
      for (let i = 0; i < places.length && places[i] <= (upTo ?? Number.POSITIVE_INFINITY); i++)
        if (places[i] >= from && places[i] <= from + span) {
          const value = valueAt(moments[i], part, metrics[0]);
          if (value !== null && Number.isFinite(value))
            points.push([x(places[i]), Math.min(plot.bottom, Math.max(plot.top, y(value)))]);
        }
      return thinned(points);
    };
    const train = curve('train');
    line(train, colour, 1.75 * unit);
    const validation = curve('validation');
    if (validation.length > 0) line(validation, colour, 1.25 * unit, [5 * unit, 4 * unit]);
    const newest = train.at(-1);
    if (newest && upTo !== null)
      shapes.push({ kind: 'dot', x: newest[0], y: newest[1], r: 3 * unit, fill: colour });
  }
  return { width, height, shapes };
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

/** Round values in a range, about so many. */
export function ticks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5].find((times) => times * power >= raw) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  if (!Number.isFinite(step) || step <= 0) return [low];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** 1, 2 and 5 times powers of ten; where those are few, as on a linear scale. */
function logTicks(low: number, high: number, count: number): number[] {
  const out: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const times of [1, 2, 5]) {
      const value = Number((times * 10 ** power).toPrecision(6));
      if (value >= low && value <= high) out.push(value);
    }
  return out.length >= 3 ? out : ticks(low, high, count);
}

const short = (value: number) =>
  Math.abs(value) >= 1e9
    ? `${+(value / 1e9).toPrecision(3)} G`
    : Math.abs(value) >= 1e6
      ? `${+(value / 1e6).toPrecision(3)} M`
      : Math.abs(value) >= 1e4
        ? `${+(value / 1e3).toPrecision(3)} k`
        : String(+value.toPrecision(4));

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws a figure with its corner at a place, device pixels. */
export function drawFigure(context: Context, { shapes }: Figure, left: number, top: number): void {
  context.save();
  context.translate(left, top);
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  for (const shape of shapes) {
    context.beginPath();
    if (shape.kind === 'line') {
      context.strokeStyle = shape.stroke;
      context.lineWidth = shape.width;
      context.setLineDash(shape.dash ? [...shape.dash] : []);
      for (const [x, y] of shape.points) context.lineTo(x, y);
      context.stroke();
    } else if (shape.kind === 'dot') {
      context.fillStyle = shape.fill;
      context.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
      context.fill();
    } else {
      context.setLineDash([]);
      context.font = fontOf(shape.weight, shape.size);
      context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      if (shape.halo) {
        context.strokeStyle = shape.halo;
        context.lineWidth = shape.size / 3;
        context.strokeText(shape.text, shape.x, shape.y);
      }
      context.fillStyle = shape.fill;
      context.fillText(shape.text, shape.x, shape.y);
    }
  }
  context.restore();
}
