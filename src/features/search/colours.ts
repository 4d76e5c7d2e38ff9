import { rgbOf } from '../../draw/palette';
import type { Summary } from '../../experiments/search';

/** From which mean error to which colours go: null where nothing is known. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/**
 * What colours stand for. Cells that are far worse than most would leave all others alike: the scale goes as far above
 * the median as the best is below it, and they have its last colour.
 */
export function spanOf(cells: readonly Summary[]): Span | null {
  const means = cells.flatMap(({ mean }) => (mean === null ? [] : [mean])).toSorted((a, b) => a - b);
  if (means.length === 0) return null;
  const low = means[0];
  const median = means[means.length >> 1];
  return { low, high: Math.min(means[means.length - 1], 2 * median - low) };
}

/** Where an error is between the worst, 0, and the best, 1. */
export const goodness = ({ low, high }: Span, mean: number): number =>
  high > low ? Math.max(0, 1 - (mean - low) / (high - low)) : 1;

/** A ground, and the ink that is read on it: the better of black and white (WCAG 2's relative luminance). */
export function groundAndInk(table: ArrayLike<number>, share: number): { ground: string; ink: string } {
  const rgb = rgbOf(table[Math.round(255 * share)]);
  const [r, g, b] = rgb.map((value) => {
    const linear = value / 255;
    return linear <= 0.04045 ? linear / 12.92 : ((linear + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return { ground: `rgb(${rgb.join(' ')})`, ink: luminance > 0.179 ? '#000' : '#fff' };
}
