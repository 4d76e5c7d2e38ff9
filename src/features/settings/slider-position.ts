import type { Range } from '../../state/settings';

/** Positions on a log slider: 0…100. */
const positions = 100;

/** Bounds and spacing of the slider itself: of the value where linear, of its logarithm's place where not. */
export function sliderBounds(range: Range): { min: number; max: number; step: number } {
  return range.scale === 'linear'
    ? { min: range.min, max: range.max, step: range.step }
    : { min: 0, max: positions, step: 1 };
}

/** The smallest change worth making: a step of a linear scale, the second significant digit of a log scale. */
export function fineStep(range: Range, value: number): number {
  if (range.scale === 'linear') return range.step;
  return Math.max(range.step, 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1));
}

/**
 * Where one key press on the slider leads. Rounding would swallow it where positions lie closer than what is
 * shown (from 1 to 1.1 ratings per frame): then it is a fine step.
 */
export function valueAfterKey(range: Range, value: number, position: number): number {
  const direction = Math.sign(position - positionOf(range, value));
  const there = valueAt(range, position);
  const next = (there - value) * direction > 0 ? there : value + direction * fineStep(range, value);
  return Math.min(range.max, Math.max(range.min, Number(next.toPrecision(6))));
}

export function positionOf(range: Range, value: number): number {
  if (range.scale === 'linear') return value;
  return (positions * Math.log(value / range.min)) / Math.log(range.max / range.min);
}

export function valueAt(range: Range, position: number): number {
  if (range.scale === 'linear') return Number(position.toPrecision(6));
  if (position <= 0) return range.min;
  if (position >= positions) return range.max;
  const value = Number((range.min * (range.max / range.min) ** (position / positions)).toPrecision(2));
  const whole = range.step >= 1 ? Math.round(value) : value;
  return Math.min(range.max, Math.max(range.min, whole));
}
