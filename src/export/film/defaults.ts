import type { Axis } from '../../runs/timeline';
import type { FilmedRun, FilmFormat, FilmOptions } from './film';
import { momentsIn, rangeOf } from './plan';

/** Frames of a film at first: as many as there is to see, within ten seconds. */
const mostAtFirst = 300;
/** Frames that can be asked for. */
export const mostFrames = 3000;

/** The race from its start to its end, as it is wanted most often. */
export function filmDefaults(
  format: FilmFormat,
  runs: readonly FilmedRun[],
  axis: Axis,
  background: 'light' | 'dark',
): FilmOptions {
  const { from, to } = rangeOf(runs, axis);
  const framesPerSecond = format === 'gif' ? 20 : 30;
  return {
    format,
    composition: 'race',
    pane: 0,
    aspect: '16:9',
    size: format === 'gif' ? 480 : 720,
    axis,
    from,
    to,
    frameCount: Math.min(mostAtFirst, momentsIn(runs, axis, from, to)),
    framesPerSecond,
    hold: 2,
    caption: true,
    background,
  };
}
