import type { FilmedRun, FilmFormat, FilmOptions } from '../../draw/film';
import type { Axis } from '../../metrics/moment';
import { momentsIn, rangeOf } from './plan';

/** At first a film has as many frames as there are to see, but no more than ten seconds of them. */
const mostAtFirst = 300;
/** Nobody can ask for more frames than that. */
export const mostFrames = 3000;

/** A film of the race from its start to its end, as it is wanted most often. */
export function filmDefaults(
  format: FilmFormat,
  runs: readonly FilmedRun[],
  axis: Axis,
  background: 'light' | 'dark',
): FilmOptions {
  const { from, to } = rangeOf(runs, axis);
  const frameCount = Math.min(mostAtFirst, momentsIn(runs, axis, from, to));
  return {
    format,
    composition: 'race',
    pane: 0,
    aspect: '16:9',
    size: format === 'gif' ? 480 : 720,
    axis,
    from,
    to,
    frameCount,
    framesPerSecond: rateOf(format, frameCount),
    hold: 2,
    caption: true,
    background,
  };
}

/** Few frames go by slowly enough to be seen: within six seconds, unless that is slower than two a second. */
function rateOf(format: FilmFormat, frameCount: number): number {
  const most = format === 'gif' ? 20 : 30;
  return Math.min(most, Math.max(2, Math.ceil(frameCount / 6)));
}
