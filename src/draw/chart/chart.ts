import { inUnits } from '../../words/numbers';

/** What is measured along a side of a chart, and how much of it is seen. */
export interface ChartAxis {
  readonly title: string;
  readonly range: readonly [low: number, high: number];
  /** Logarithmic; its range then lies above zero. */
  readonly log?: boolean;
}

export type Stroke = 'solid' | 'dashed' | 'dotted';

/** How wide lines are, and the lengths of their dashes and gaps, pixels of the page. */
export const strokes: Readonly<Record<Stroke, { readonly width: number; readonly dash: number[] }>> = {
  solid: { width: 1.75, dash: [] },
  dashed: { width: 1.25, dash: [5, 4] },
  dotted: { width: 1, dash: [1, 3] },
};

/** What a line is called and how it is drawn: enough for a legend. */
export interface ChartLine {
  /** In full: 'ALS validation'. */
  readonly name: string;
  /** Whose it is: 'ALS'. */
  readonly run: string;
  /** CSS */
  readonly colour: string;
  readonly stroke: Stroke;
  /** A path of SVG, as `markerOf` gives it: on screen only. */
  readonly marker?: string;
}

/** A line and what it goes through. */
export interface Curve extends ChartLine {
  /** Ascending. Curves that share their places share this very array. */
  readonly xs: readonly number[];
  /** As many; null where nothing is known. */
  readonly ys: readonly (number | null)[];
  /** By which of the chart's value axes; the first, unless it says otherwise. */
  readonly by?: number;
  /** So few values that each is shown. */
  readonly dots?: boolean;
  /** Of a run that was left for another: drawn thin, under the others, and not read out. */
  readonly past?: boolean;
}

/** A value that curves are measured against. */
export interface ReferenceLine {
  readonly value: number;
  readonly label: string;
  /** Curves come down to it: its words stand under it, where they do not cross them. */
  readonly under?: boolean;
}

/** Something that happened at a place: a line from top to bottom, a flag or a tick at the bottom, or a cross where a curve ends. */
export interface ChartMark {
  readonly at: number;
  readonly words: string;
  readonly kind: 'line' | 'dashes' | 'flag' | 'tick' | 'cross';
  /** By the first axis: where a cross stands. */
  readonly value?: number;
}

/** A chart, as it is drawn on screen, in an SVG and beside a film: plain data. */
export interface Chart {
  /** Of what is measured: 'RMSE'. */
  readonly title: string;
  readonly across: ChartAxis;
  /** The first stands at the left, with the grid; others at the right, on screen only. */
  readonly values: readonly ChartAxis[];
  readonly curves: readonly Curve[];
  /** How far along the first axis curves are drawn, with a dot where each is then; as far as they go, where absent. */
  readonly upTo?: number;
  readonly references: readonly ReferenceLine[];
  /** At the end of every curve stands whose it is; on screen only. */
  readonly named?: boolean;
  /** On screen only. */
  readonly marks: readonly ChartMark[];
}

export const referenceWords = (label: string, value: number): string => `${label} ${inUnits(value)}`;

/** Of the first value axis, those that are compared with one another. */
export const mainCurves = ({ curves }: Chart): Curve[] => curves.filter(({ by = 0 }) => by === 0);
