import { methodOf, takes } from '../methods';
import type { Snapshot } from '../methods/snapshot';
import { metrics } from '../metrics';
import type { Moment } from '../metrics/moment';
import { errorsWords } from '../metrics/parts';
import { historyWords, type Made } from '../settings/history';
import { fixed, significant } from '../words/numbers';
import type { Painted } from './film';
import type { Scene } from './scene';
import type { Sheet, SheetLegend, SheetLook, SheetPane } from './sheet/painter';
import { viewOf } from './views';
import { scaleAroundZero } from './views/view';

/** How a picture of the stage is drawn. */
export interface Look extends SheetLook {
  /** Whether the first pane shows what the first model predicts less what the second does, not the ratings. */
  readonly difference: boolean;
}

/** The whole stage: title, the matrices with their factors, parameters, errors, legend. */
export function stageSheet(
  scene: Scene,
  look: Look,
  title: string,
  models: readonly Painted<Snapshot | null>[],
): Sheet {
  const [one, two] = models;
  const compared = look.difference && two !== undefined;
  return {
    ...{ scene, look, title },
    panes: [compared ? difference(one, two) : ratings, ...models.map(paneOf)],
    legends: legendsOf(scene, look, compared),
  };
}

const ratings: SheetPane = { heading: 'Ratings', colour: null, shows: 'ratings', lines: [] };

/** What one model predicts less what another does: blank where one of them has not begun. */
const difference = (a: Painted<Snapshot | null>, b: Painted<Snapshot | null>): SheetPane => ({
  ...{ heading: `${a.name} − ${b.name}`, colour: null, lines: [] },
  shows: a.snapshot && b.snapshot ? [a.snapshot, b.snapshot] : null,
});

/** What was set and how far it got, and its errors. */
function paneOf({ name, colour, snapshot, ...made }: Painted<Snapshot | null>): SheetPane {
  const lines = snapshot && [
    { words: describeRun(made, snapshot), strong: false },
    { words: describeErrors(snapshot), strong: true },
  ];
  return { heading: name, colour, shows: snapshot, lines: lines ?? [] };
}

/** What was set and how far it got, in one line. */
function describeRun({ config, changes }: Made, snapshot: Snapshot): string {
  const { method, rank, regularisation } = config;
  const { one, digits } = methodOf(method).step;
  const step = digits > 0 ? fixed(snapshot.step, digits) : significant(snapshot.step);
  const [lambda, ...others] = historyWords({ config, changes }, snapshot);
  const counted = takes(method, 'regularisation') ? `${regularisation} ${lambda}` : lambda;
  return [`rank ${rank}`, counted, ...others, `${one} ${step}`].join(' · ');
}

/** 'RMSE validation 9.871 · train 9.312': by the first metric. */
const describeErrors = (moment: Moment): string => errorsWords(moment, metrics[0]).join(' · ');

function legendsOf({ scale }: Scene, { view: id, colours }: Look, compared: boolean): SheetLegend[] {
  const view = viewOf(id);
  return [
    { ...view.scale(scale, colours), unit: view.legend.unit },
    ...(compared ? [{ ...scaleAroundZero(scale, colours), unit: 'difference' }] : []),
  ];
}

/** Encodes a canvas as PNG. Throws where it could not be: it may have been too large. */
export async function pngOf(canvas: OffscreenCanvas): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size === 0) throw new RangeError(`no picture of ${canvas.width} × ${canvas.height}`);
  return blob;
}
