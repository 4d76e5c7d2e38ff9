import { contextOf } from '../../draw/cell-image';
import {
  configAt,
  type Film,
  type FilmedRun,
  type FilmFormat,
  type FilmFrame,
  type FilmOptions,
} from '../../draw/film/film';
import { filmPainter } from '../../draw/film/painter';
import type { Scene } from '../../draw/scene';
import type { Snapshot } from '../../methods/snapshot';
import { filmDefaults } from '../film/defaults';
import { formatOf } from '../film/formats';
import { evenly, type Planned, planFilm, snapshotAt } from '../film/plan';
import { type Shot, shoot } from '../film/shoot';
import { type Export, notHere, unbegun } from './export';
import type { Race, Subject } from './subject';

/** Frames that say which colours a film will have. */
const sampled = 8;

interface Wanted {
  readonly scene: Scene;
  readonly film: Film;
  /** Frames that say which colours it will have, where they are few. */
  readonly some: readonly FilmFrame[];
}

/** The race, or one matrix of it, from one place of its axis to another. */
export const film: Export<FilmOptions, Wanted, Shot<FilmFrame>> = {
  id: 'film',
  group: 'film',
  offers: ({ race, begun, unable }) =>
    race
      ? [
          { label: 'Film…', ready: begun || unbegun },
          ...(['mp4', 'gif'] as const).map((format) => ({
            label: `${formatOf(format).name} of the race`,
            ready: unable.includes(format) ? notHere : begun || unbegun,
            options: (subject: Subject) => usual(subject, format),
          })),
        ]
      : [],
  gather(subject, options) {
    const { race } = subject;
    const dark = options.background === 'transparent' ? subject.dark : options.background === 'dark';
    const runs = race?.runs(dark) ?? [];
    if (!race?.scene || runs.length === 0) return null;
    const { what, extension, indexed } = formatOf(options.format);
    const plan = planFilm(options);
    const some = indexed ? evenly(plan, sampled).map(({ at }) => frameAt(runs, options, at)) : [];
    return {
      fileName: nameOf(subject, options, runs, extension),
      wanted: { scene: race.scene, film: filmOf(subject, race, options, runs, dark), some },
      parts: shots(runs, options, plan),
      steps: { what, unit: 'frame', of: plan.length },
    };
  },
  async make({ scene, film, some }, { parts, painting }) {
    return shoot(film.options, filmPainter(scene, film, await painting()), some, parts);
  },
  async preview({ scene, film }, shots, most, { painting }) {
    const { canvas, paint } = filmPainter(scene, film, await painting());
    const share = Math.min(1, most / Math.max(canvas.width, canvas.height));
    return [shots[0], shots[shots.length - 1]].map(({ frame }) => {
      paint(frame);
      const small = new OffscreenCanvas(Math.ceil(canvas.width * share), Math.ceil(canvas.height * share));
      const context = contextOf(small);
      context.imageSmoothingQuality = 'high';
      context.drawImage(canvas, 0, 0, small.width, small.height);
      return small.transferToImageBitmap();
    });
  },
};

/** A film as it is wanted most often. */
export function usual(subject: Subject | null, format: FilmFormat): FilmOptions {
  const { race, dark = false } = subject ?? {};
  return filmDefaults(format, race?.runs(dark) ?? [], race?.axis ?? 'step', dark ? 'dark' : 'light');
}

function filmOf(
  { title }: Subject,
  race: Race,
  options: FilmOptions,
  runs: readonly FilmedRun[],
  dark: boolean,
): Film {
  const { colours, view, window, difference } = race.look(dark);
  return {
    ...{ options, dark, colours, view, window, difference, title },
    runs: runs.map(({ snapshots: _, moments: __, ...run }) => run),
    chart: race.chartOf(runs, options),
  };
}

/** Named by what it shows in its last frame. */
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

function frameAt(runs: readonly FilmedRun[], { axis }: FilmOptions, at: number) {
  return { at, snapshots: runs.map(({ snapshots }) => snapshotAt(snapshots, axis, at)) };
}

/** Every frame, made when its turn comes; runs that stand still do not cross again. */
function* shots(
  runs: readonly FilmedRun[],
  options: FilmOptions,
  plan: readonly Planned[],
): Generator<Shot<FilmFrame>> {
  let before: readonly (Snapshot | null | undefined)[] = runs.map(() => undefined);
  for (const { at, seconds } of plan) {
    const { snapshots } = frameAt(runs, options, at);
    const known = before;
    const changed = snapshots.map((snapshot, run) => (snapshot === known[run] ? undefined : snapshot));
    before = snapshots;
    yield { frame: { at, snapshots: changed }, seconds };
  }
}
