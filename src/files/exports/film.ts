import { configAt, type FilmedRun, type FilmFormat, type FilmOptions } from '../../draw/film';
import { firstPane, linesOf } from '../../draw/image';
import { cellsShown } from '../../draw/pane';
import { layoutFilm } from '../../draw/sheet/layout';
import type { SheetPane } from '../../draw/sheet/painter';
import type { Snapshot } from '../../methods/snapshot';
import { filmDefaults } from '../film/defaults';
import { formatOf } from '../film/formats';
import { evenly, planFilm, snapshotAt } from '../film/plan';
import { type Frame, preview, type Reel, shoot } from '../film/shoot';
import { type Export, type Offer, unbegun } from './export';
import type { Subject } from './subject';

/** From so many of its frames the colours of a GIF are chosen. */
const sampled = 8;

/** The race, or one matrix of it, from one place of its axis to another. */
export const film: Export<FilmOptions, Reel, Frame> = {
  id: 'film',
  group: 'film',
  offers: (subject) =>
    subject.race
      ? [{ label: 'Film…', ready: subject.begun || unbegun }, ...usualFilms(subject, 'race', usual)]
      : [],
  gather(subject, options) {
    const { race, title } = subject;
    const { format, frameCount, composition } = options;
    const dark = options.background === 'transparent' ? subject.dark : options.background === 'dark';
    const runs = race?.runs(dark) ?? [];
    if (!race?.scene || runs.length === 0) return null;
    const { scene } = race;
    const look = { ...race.look(dark), transparent: options.background === 'transparent' };
    const shown = composition === 'matrix' ? [options.pane] : (['ratings', ...runs.keys()] as const);
    // The edges of a window cut through cells, so there is no size at which every cell has whole pixels.
    const cut = look.window && options.aspect !== 'fit';
    const cells = cut ? { width: 1, height: 1 } : cellsShown(scene, look.window);
    const framesOf = (places: readonly Place[]) =>
      frames(runs, options, shown, look.difference && runs.length > 1, places);
    const { what, extension, indexed } = formatOf(format);
    const plan = planFilm(options);
    return {
      fileName: nameOf(subject, options, runs, extension),
      wanted: {
        ...{ format, frameCount, layout: layoutFilm(options, cells, shown.length) },
        sheet: {
          ...{ scene, look, title, panes: [] },
          ...(composition === 'race-chart' && { chart: race.chartOf(runs, options) }),
        },
        some: indexed ? evenly(plan, sampled).flatMap((place) => [...framesOf([place])]) : [],
      },
      parts: framesOf(plan),
      steps: { what, unit: 'frame', of: plan.length },
    };
  },
  make: shoot,
  preview,
};

/** The films that most people want, without a form to fill in. */
export function usualFilms<Options>(
  { begun, unable }: Subject,
  of: string,
  options: (subject: Subject, format: FilmFormat) => Options,
): Offer<Options>[] {
  return (['mp4', 'gif'] as const).map((format) => ({
    label: `${formatOf(format).name} of the ${of}`,
    ready: unable.includes(format) ? 'not in this browser' : begun || unbegun,
    options: (subject) => options(subject, format),
  }));
}

/** The options that somebody who does not want to choose gets. */
export function usual(subject: Subject | null, format: FilmFormat): FilmOptions {
  const { race, dark = false } = subject ?? {};
  return filmDefaults(format, race?.runs(dark) ?? [], race?.axis ?? 'step', dark ? 'dark' : 'light');
}

/** The name of a film says what is in its last frame. */
function nameOf(
  subject: Subject,
  options: FilmOptions,
  runs: readonly FilmedRun[],
  extension: string,
): string {
  const { composition, pane, axis, to } = options;
  const shown = composition !== 'matrix' ? runs : pane === 'ratings' ? [] : [runs[pane]];
  const what = composition !== 'matrix' ? 'race' : pane === 'ratings' ? pane : runs[pane].config.method;
  const last = shown.flatMap((run) => {
    const snapshot = snapshotAt(run.snapshots, axis, to);
    return snapshot ? [{ name: run.name, config: configAt(run, snapshot), snapshot }] : [];
  });
  return subject.fileName(what, last, extension);
}

/** Where on the axis a frame is, and how long it stays. */
interface Place {
  readonly at: number;
  readonly seconds: number;
}

/** Makes each frame when its turn comes. A pane that shows the same as in the frame before is not sent again. */
function* frames(
  runs: readonly FilmedRun[],
  { axis, caption, composition }: FilmOptions,
  shown: readonly ('ratings' | number)[],
  compared: boolean,
  places: readonly Place[],
): Generator<Frame> {
  const headed = caption || composition !== 'matrix';
  let before: readonly (Snapshot | null)[] | null = null;
  for (const { at, seconds } of places) {
    const now = runs.map(({ snapshots }) => snapshotAt(snapshots, axis, at));
    const moved = now.map((snapshot, run) => snapshot !== before?.[run]);
    const paneOf = (what: 'ratings' | number): SheetPane | null => {
      if (what === 'ratings') {
        if (before && !(compared && moved.includes(true))) return null;
        return firstPane(compared ? runs.map(({ name }, i) => ({ name, snapshot: now[i] })) : null);
      }
      if (!moved[what]) return null;
      const run = runs[what];
      const snapshot = now[what];
      const lines = caption && snapshot ? linesOf(configAt(run, snapshot), snapshot) : [];
      return { heading: run.name, colour: run.colour, shows: snapshot, lines };
    };
    const panes = shown.map(paneOf).map((pane) => (headed ? pane : pane && { ...pane, heading: null }));
    yield { upTo: at, seconds, panes };
    before = now;
  }
}
