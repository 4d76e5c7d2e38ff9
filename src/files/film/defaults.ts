import type { FilmFormat, FilmOptions } from '../../draw/film';
import type { Subject } from '../exports/subject';
import { momentsIn, rangeOf } from './plan';

/** At first a film has as many frames as there are to see, but no more than ten seconds of them. */
const mostAtFirst = 300;
/** A GIF grows with each frame: as many as make less than 3 MB of a race, as measured on pictures and on files. */
const mostOfGif = 50;
/** Nobody can ask for more frames than that. */
export const mostFrames = 3000;

/** A film of the race from its start to its end, as it is wanted most often. */
export function filmDefaults(
  format: FilmFormat,
  subject: Pick<Subject, 'race' | 'dark'> | null,
): FilmOptions {
  const { race, dark = false } = subject ?? {};
  const axis = race?.axis ?? 'step';
  const runs = race?.runs(dark) ?? [];
  const isGif = format === 'gif';
  const range = rangeOf(runs, axis);
  const frameCount = Math.min(isGif ? mostOfGif : mostAtFirst, momentsIn(runs, axis, range));
  // Few frames go by slowly enough to be seen: within six seconds, unless that is slower than two a second.
  const framesPerSecond = Math.min(isGif ? 20 : 30, Math.max(2, Math.ceil(frameCount / 6)));
  return {
    ...{ format, composition: 'race-chart', pane: 1, aspect: '16:9', size: isGif ? 480 : 720 },
    ...{ axis, ...range, frameCount, framesPerSecond, hold: 2 },
    ...{ caption: true, background: dark ? 'dark' : 'light' },
  };
}
