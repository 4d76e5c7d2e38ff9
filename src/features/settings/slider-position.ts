import { type Bounds, isWhole } from '../../settings/setting';

/** Positions on a log slider: 0…100. */
const positions = 100;

/** Where a log scale begins; and at which position: where there is something below it, that has the first. */
const beginOf = ({ min, begins = min }: Bounds): number => begins;
const firstOf = (bounds: Bounds): number => (beginOf(bounds) > bounds.min ? 1 : 0);

/** Where a slider begins and ends, and its steps: in values on a linear scale, in positions on a log scale. */
export function sliderBounds(bounds: Bounds): { min: number; max: number; step: number } {
  return bounds.scale === 'linear'
    ? { min: bounds.min, max: bounds.max, step: bounds.step }
    : { min: 0, max: positions, step: 1 };
}

/** The smallest change worth making: a step of a linear scale, the second significant digit of a log scale. */
export function fineStep(bounds: Bounds, value: number): number {
  if (bounds.scale === 'linear') return bounds.step;
  return Math.max(bounds.step, 10 ** (Math.floor(Math.log10(Math.max(value, beginOf(bounds))) + 1e-9) - 1));
}

/**
 * Where one key press on the slider leads. Rounding would swallow it where positions lie closer than what is
 * shown (from 1 to 1.1 ratings per frame): then it is a fine step.
 */
export function valueAfterKey(bounds: Bounds, value: number, position: number): number {
  const direction = Math.sign(position - positionOf(bounds, value));
  const there = valueAt(bounds, position);
  const next = (there - value) * direction > 0 ? there : value + direction * fineStep(bounds, value);
  return Math.min(bounds.max, Math.max(bounds.min, Number(next.toPrecision(6))));
}

export function positionOf(bounds: Bounds, value: number): number {
  if (bounds.scale === 'linear') return value;
  const begin = beginOf(bounds);
  if (value < begin) return 0;
  const first = firstOf(bounds);
  return first + ((positions - first) * Math.log(value / begin)) / Math.log(bounds.max / begin);
}

export function valueAt(bounds: Bounds, position: number): number {
  if (bounds.scale === 'linear') return Number(position.toPrecision(6));
  const [begin, first] = [beginOf(bounds), firstOf(bounds)];
  if (position < first || position <= 0) return bounds.min;
  if (position >= positions) return bounds.max;
  const share = (position - first) / (positions - first);
  const value = Number((begin * (bounds.max / begin) ** share).toPrecision(2));
  const whole = isWhole(bounds) ? Math.round(value) : value;
  return Math.min(bounds.max, Math.max(bounds.min, whole));
}
