import { type FilmedRun, type FilmOptions, paintedAt } from '../../draw/film';
import { entitled, stageSheet } from '../../draw/image';
import { cellsShown } from '../../draw/pane';
import { layoutFilm } from '../../draw/sheet/layout';
import type { Sheet, SheetPane } from '../../draw/sheet/painter';
import { filmDefaults } from '../film/defaults';
import { formatOf } from '../film/formats';
import { evenly, type Planned, planFilm, snapshotAt } from '../film/plan';
import { type Frame, preview, type Reel, shoot } from '../film/shoot';
import { type Export, type Offer, unbegun } from './export';
import type { Subject } from './subject';

/** From so many of its frames the colours of a GIF are chosen. */
const sampled = 8;

/** What is not chosen of a film is as most people want it. */
type Wanted = Pick<FilmOptions, 'format'> & Partial<FilmOptions>;

/** The race, or one matrix of it, from one place of its axis to another. */
export const film: Export<Wanted, Reel, Frame> = {
  id: 'film',
  offers: (subject) =>
    subject.race ? [{ label: 'Film…', ready: subject.begun || unbegun }, ...usualFilms(subject, 'race')] : [],
  gather(subject, chosen) {
    const { race, title } = subject;
    const options = { ...filmDefaults(chosen.format, subject), ...chosen };
    const { format, frameCount, composition } = options;
    const dark = options.background === 'transparent' ? subject.dark : options.background === 'dark';
    const runs = race?.runs(dark) ?? [];
    if (!race?.scene || runs.length === 0) return null;
    const { scene } = race;
    const look = { ...race.look(dark), transparent: options.background === 'transparent' };
    const sheetAt = (at: number) => {
      const models = runs.map((run) => paintedAt(run, snapshotAt(run.snapshots, options.axis, at)));
      return entitled(stageSheet(scene, look, title, models));
    };
    // The edges of a window cut through cells, so there is no size at which every cell has whole pixels.
    const cut = look.window && options.aspect !== 'fit';
    const cells = cut ? { width: 1, height: 1 } : cellsShown(scene, look.window);
    const paneCount = composition === 'matrix' ? 1 : runs.length + 1;
    const { what, extension, indexed } = formatOf(format);
    const plan = planFilm(options);
    return {
      fileName: nameOf(subject, options, runs, extension),
      wanted: {
        ...{ format, frameCount, layout: layoutFilm(options, cells, paneCount) },
        sheet: {
          ...{ ...sheetAt(options.to), panes: [] },
          ...(composition === 'race-chart' && { chart: race.chartOf(runs, options) }),
        },
        some: indexed ? evenly(plan, sampled).flatMap((place) => [...frames(sheetAt, options, [place])]) : [],
      },
      parts: frames(sheetAt, options, plan),
      steps: { what, unit: 'frame', of: plan.length },
    };
  },
  make: shoot,
  preview,
};

/** The films that most people want, without a form to fill in. */
export function usualFilms({ begun, unable }: Subject, of: string): Offer<Wanted>[] {
  return (['mp4', 'gif'] as const).map((format) => ({
    label: `${formatOf(format).name} of the ${of}`,
    ready: unable.includes(format) ? 'not in this browser' : begun || unbegun,
    options: { format },
  }));
}

/** The name of a film says what is in its last frame. */
function nameOf(
  subject: Subject,
  { composition, pane, axis, to }: FilmOptions,
  runs: readonly FilmedRun[],
  extension: string,
): string {
  const isRace = composition !== 'matrix';
  const shown = isRace ? runs : pane === 0 ? [] : [runs[pane - 1]];
  const what = isRace ? composition : (shown[0]?.config.method ?? 'ratings');
  const last = shown.flatMap((run) => {
    const snapshot = snapshotAt(run.snapshots, axis, to);
    return snapshot ? [paintedAt(run, snapshot)] : [];
  });
  return subject.fileName(what, last, extension);
}

/** Makes each frame when its turn comes. A pane that shows the same as in the frame before is not sent again. */
function* frames(
  sheetAt: (at: number) => Sheet,
  { caption, composition, pane: only }: FilmOptions,
  places: readonly Planned[],
): Generator<Frame> {
  const isRace = composition !== 'matrix';
  let before: readonly SheetPane[] = [];
  for (const { at, seconds } of places) {
    const { panes } = sheetAt(at);
    const now = (isRace ? panes : [panes[only]]).map((pane) => ({
      ...pane,
      heading: caption || isRace ? pane.heading : null,
      lines: caption ? pane.lines : [],
    }));
    const moved = now.map((pane, i) => (showsSame(pane, before[i]) ? null : pane));
    yield { upTo: at, seconds, panes: moved };
    before = now;
  }
}

function showsSame({ shows: one }: SheetPane, before: SheetPane | undefined): boolean {
  const other = before?.shows;
  return Array.isArray(one) && Array.isArray(other)
    ? one.every((model, i) => model === other[i])
    : one === other;
}
