import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';
import { describeErrors, describeRun } from './describe-run';
import type { Scene } from './scene';
import type { Sheet, SheetLegend, SheetLook, SheetPane } from './sheet/painter';
import { viewOf } from './views';
import { scaleAroundZero } from './views/view';

/** A model as it is to be drawn. */
export interface Painted {
  readonly name: string;
  /** CSS */
  readonly colour: string;
  readonly config: RunConfig;
  readonly snapshot: Snapshot;
}

/** How a picture of the stage is drawn. */
export interface Look extends SheetLook {
  /** Whether the first pane shows what the first model predicts less what the second does, not the ratings. */
  readonly difference: boolean;
}

/** The whole stage: title, the matrices with their factors, parameters, errors, legend. */
export function stageSheet(scene: Scene, look: Look, title: string, models: readonly Painted[]): Sheet {
  const [one, two] = models;
  const compared = look.difference && two ? ([one, two] as const) : null;
  const panes = models.map(({ name, colour, config, snapshot }) => ({
    ...{ heading: name, colour, shows: snapshot },
    lines: linesOf(config, snapshot),
  }));
  return {
    ...{ scene, look, title },
    panes: [firstPane(compared), ...panes],
    legends: legendsOf(scene, look, compared !== null),
  };
}

/** The ratings, or what one model predicts less what another does: blank where one of them has not begun. */
export function firstPane(
  compared: readonly { readonly name: string; readonly snapshot: Snapshot | null }[] | null,
): SheetPane {
  if (!compared) return { heading: 'Ratings', colour: null, shows: 'ratings', lines: [] };
  const [{ name: a, snapshot: left }, { name: b, snapshot: right }] = compared;
  return {
    ...{ heading: `${a} − ${b}`, colour: null, lines: [] },
    shows: left && right ? [left, right] : null,
  };
}

/** What was set and how far it got, and its errors. */
export function linesOf(config: RunConfig, snapshot: Snapshot): SheetPane['lines'] {
  return [
    { words: describeRun(config, snapshot), strong: false },
    { words: describeErrors(snapshot), strong: true },
  ];
}

function legendsOf({ scale }: Scene, { view: id, colours }: Look, compared: boolean): SheetLegend[] {
  const view = viewOf(id);
  return [
    { ...view.scale(scale, colours.table), unit: view.legend.unit },
    ...(compared ? [{ ...scaleAroundZero(scale), unit: 'difference' }] : []),
  ];
}

/** Encodes a canvas as PNG. Throws where it could not be: it may have been too large. */
export async function pngOf(canvas: OffscreenCanvas): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size === 0) throw new RangeError(`no picture of ${canvas.width} × ${canvas.height}`);
  return blob;
}
