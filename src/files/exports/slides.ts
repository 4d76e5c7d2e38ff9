import { downloadZip } from 'client-zip';
import { type FilmedRun, type NamedFrame, paintedAt } from '../../draw/film';
import { entitled, pngOf, stageSheet } from '../../draw/image';
import { cellsShown } from '../../draw/pane';
import { layoutFilm, type SheetLayout } from '../../draw/sheet/layout';
import { type Sheet, sheetPainter } from '../../draw/sheet/painter';
import { placeOn } from '../../metrics/moment';
import { fileNameOf } from '../file-name';
import { rangeOf, snapshotAt } from '../film/plan';
import { type Export, unbegun } from './export';
import type { Race, Subject } from './subject';

/** Lines of pixels of a slide. */
const height = 1080;

/** The picture of a mark, and what its file is called. */
interface Slide {
  readonly name: string;
  readonly sheet: Sheet;
}

/** A picture of every frame that was given a name: the race with its chart up to there, numbered in the order of the marks. */
export const slides: Export<object, SheetLayout, Slide> = {
  id: 'slides',
  offers: ({ race, begun }) => {
    if (!race) return [];
    const isReady = race.marks.length > 0 || 'M names the frame on the stage, for a slide of it';
    return [{ label: 'Slides of the marks', options: {}, ready: begun ? isReady : unbegun }];
  },
  needs: ({ race }) => race?.marks.map(({ steps }) => steps) ?? [],
  gather(subject) {
    const { race, dark, title, fileName } = subject;
    const runs = race?.runs(dark) ?? [];
    if (!race?.scene || race.marks.length === 0 || runs.length === 0) return null;
    const cells = cellsShown(race.scene, race.look(dark).window);
    const film = {
      format: 'png',
      composition: 'race-chart',
      aspect: '16:9',
      size: height,
      caption: true,
    } as const;
    return {
      fileName: fileName('slides', [], 'zip'),
      wanted: layoutFilm(film, cells, runs.length + 1),
      parts: race.marks.map((mark, i) => slideOf(mark, i, race, runs, { dark, title })),
      steps: { what: 'slides', unit: 'slide', of: race.marks.length },
    };
  },
  async make(layout, { parts, painting }) {
    const { canvas, paint } = sheetPainter(layout, await painting(), false);
    const pictures: { name: string; lastModified: Date; input: Blob }[] = [];
    for await (const { name, sheet } of parts) {
      paint(sheet);
      pictures.push({ name, lastModified: new Date(), input: await pngOf(canvas) });
    }
    return downloadZip(pictures).blob();
  },
};

function slideOf(
  { name, steps }: NamedFrame,
  i: number,
  { scene, look, axis, chartOf }: Race,
  runs: readonly FilmedRun[],
  { dark, title }: Pick<Subject, 'dark' | 'title'>,
): Slide {
  const models = runs.map((run) =>
    paintedAt(run, snapshotAt(run.snapshots, 'step', steps[run.config.method] ?? Number.POSITIVE_INFINITY)),
  );
  const places = models.flatMap(({ snapshot }) => (snapshot ? [placeOn(snapshot, axis)] : []));
  const chart = { ...chartOf(runs, { axis, ...rangeOf(runs, axis) }), upTo: Math.max(0, ...places) };
  return {
    name: fileNameOf([String(i + 1).padStart(2, '0'), name], 'png'),
    sheet: { ...entitled(stageSheet(scene!, look(dark), title, models), name), chart },
  };
}
