import { type Chart, type ChartAxis, mainCurves } from '../../draw/chart/chart';
import { countUpTo } from '../../sessions/track';
import { lastBefore } from '../chart/aligned';

/** The tone at the bottom of the chart, Hz, and how many octaves above it the one at its top is. */
const lowest = 220;
const octaves = 2;

/** Said of the button: what high and low mean. */
export const pitchWords = `two curves as two sounds: ${lowest} Hz at the bottom of the chart, ${lowest * 2 ** octaves} Hz at its top`;

/** The tone of a value, Hz: as high as it stands on the chart; beyond the chart, as at its edge. */
export function pitchOf(value: number, { range: [low, high], log }: ChartAxis): number {
  const level = log ? Math.log : (one: number) => one;
  const share = (level(value) - level(low)) / (level(high) - level(low) || 1);
  return lowest * 2 ** (octaves * Math.min(1, Math.max(0, share)));
}

/**
 * The tones of a chart, one for each run that goes on: of the error that leads, at a place, or where the run has come to.
 * Null for a run of which nothing is known there.
 */
export function tonesOf(chart: Chart, at: number | null): (number | null)[] {
  const [axis] = chart.values;
  return mainCurves(chart)
    .filter(({ past, stroke }) => !past && stroke === 'solid')
    .map(({ xs, ys }) => {
      const count = at === null ? xs.length : countUpTo(xs.length, (i) => xs[i], at);
      const value = lastBefore(ys, count - 1);
      return value === null ? null : pitchOf(value, axis);
    });
}
