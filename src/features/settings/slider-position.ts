import { type Bounds, isWhole } from '../../settings/setting';

/** Positions on a log slider: 0…100. */
const positions = 100;

/** Where a slider begins and ends, and its steps: in values on a linear scale, in positions on a log scale. */
export function sliderBounds(bounds: Bounds): { min: number; max: number; step: number } {
  return bounds.scale === 'linear'
    ? { min: bounds.min, max: bounds.max, step: bounds.step }
    : { min: 0, max: positions, step: 1 };
}

/** The smallest change worth making: a step of a linear scale, the second significant digit of a log scale. */
export function fineStep(bounds: Bounds, value: number): number {
  if (bounds.scale === 'linear') return bounds.step;
  return Math.max(bounds.step, 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1));
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
  return (positions * Math.log(value / bounds.min)) / Math.log(bounds.max / bounds.min);
}

export function valueAt(bounds: Bounds, position: number): number {
  if (bounds.scale === 'linear') return Number(position.toPrecision(6));
  if (position <= 0) return bounds.min;
  if (position >= positions) return bounds.max;
  const value = Number((bounds.min * (bounds.max / bounds.min) ** (position / positions)).toPrecision(2));
  const whole = isWhole(bounds) ? Math.round(value) : value;
  return Math.min(bounds.max, Math.max(bounds.min, whole));
}
