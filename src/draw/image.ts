import type { Snapshot } from '../methods/snapshot';
import { type Told, toldMetric } from '../metrics';
import { errorsWords } from '../metrics/parts';
import { runWords } from '../settings/history';
import type { Painted } from './film';
import { areBlocks } from './lens';
import type { Scene } from './scene';
import type { Sheet, SheetLegend, SheetLook, SheetPane } from './sheet/painter';
import { viewOf } from './views';
import { scaleAroundZero } from './views/view';

/** How a picture of the stage is drawn. */
export interface Look extends SheetLook {
  /** Whether the first pane shows what the first model predicts less what the second does, not the ratings. */
  readonly difference: boolean;
  /** Which errors are written under the models. */
  readonly told: Told;
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
    panes: [compared ? difference(one, two) : ratings, ...models.map((model) => paneOf(model, look.told))],
    legends: legendsOf(scene, look, compared),
  };
}

/** Under the ratings, where there is room: which they are; `name` stands out before that. */
export const entitled = (sheet: Sheet, name: string | null = null): Sheet => {
  const [first, ...others] = sheet.panes;
  const lines = [
    { words: name === null ? '' : sheet.title, strong: false },
    { words: name ?? sheet.title, strong: true },
  ];
  return { ...sheet, panes: [{ ...first, lines }, ...others] };
};

const ratings: SheetPane = { heading: 'Ratings', colour: null, shows: 'ratings', lines: [] };

/** What one model predicts less what another does: blank where one of them has not begun. */
const difference = (a: Painted<Snapshot | null>, b: Painted<Snapshot | null>): SheetPane => ({
  ...{ heading: `${a.name} − ${b.name}`, colour: null, lines: [] },
  shows: a.snapshot && b.snapshot ? [a.snapshot, b.snapshot] : null,
});

/** What was set and how far it got, and its errors. */
function paneOf({ name, colour, snapshot, ...made }: Painted<Snapshot | null>, told: Told): SheetPane {
  const lines = snapshot && [
    { words: runWords(made, snapshot), strong: false },
    { words: errorsWords(snapshot, toldMetric(told)).join(' · '), strong: true },
  ];
  return { heading: name, colour, shows: snapshot, lines: lines ?? [] };
}

function legendsOf({ scale, lens }: Scene, { view: id, colours }: Look, compared: boolean): SheetLegend[] {
  const view = viewOf(id);
  return [
    { ...view.scale(scale, colours, areBlocks(lens)), unit: view.legend.unit },
    ...(compared ? [{ ...scaleAroundZero(scale, colours), unit: 'difference' }] : []),
  ];
}

/** Encodes a canvas as PNG. Throws where it could not be: it may have been too large. */
export async function pngOf(canvas: OffscreenCanvas): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size === 0) throw new RangeError(`no picture of ${canvas.width} × ${canvas.height}`);
  return blob;
}
