import { pngOf } from '../../draw/image';
import { cellsShown } from '../../draw/pane';
import { layoutMatrix, layoutRow, type SheetLayout } from '../../draw/sheet/layout';
import { type Sheet, sheetPainter } from '../../draw/sheet/painter';
import type { Export, Offer } from './export';
import { modelsIn } from './subject';

interface Options {
  /** Which matrix, by the id of its pane, with nothing around it; absent: the whole stage. */
  readonly pane?: string;
  readonly transparent?: boolean;
  readonly scale: number;
}

interface Wanted {
  readonly sheet: Sheet;
  readonly layout: SheetLayout;
}

/** The stage as the screen has it, or one matrix of it, `scale` pixels to a cell. */
export const picturePng: Export<Options, Wanted> = {
  id: 'picture-png',
  offers: ({ pictures, panes }) =>
    [...pictures, ...panes.map(({ id, name }) => ({ label: `${name} PNG`, pane: id }))].map(
      ({ label, ...options }: Partial<Options> & { label: string }): Offer<Options> => ({
        ...{ label, ready: true, options, scaled: options.scale === undefined },
      }),
    ),
  gather(subject, { pane: id, transparent = false, scale }) {
    const { panes, stage, row, fileName } = subject;
    const sheet = stage();
    if (!sheet) return null;
    if (id === undefined) {
      return {
        fileName: fileName('stage', modelsIn(subject), 'png'),
        wanted: {
          sheet: { ...sheet, look: { ...sheet.look, transparent } },
          layout: layoutRow(row, sheet.panes.length, scale),
        },
      };
    }
    const { shows = null, model = null } = panes.find((pane) => pane.id === id) ?? {};
    if (!shows) return null;
    return {
      fileName: fileName(id, model ? [model] : [], 'png'),
      wanted: {
        sheet: { ...sheet, panes: [{ heading: null, colour: null, shows, lines: [] }] },
        layout: layoutMatrix(cellsShown(sheet.scene, sheet.look.window), scale),
      },
    };
  },
  async make({ sheet, layout }, { painting }) {
    const { canvas, paint } = sheetPainter(layout, await painting(), false);
    paint(sheet);
    return pngOf(canvas);
  },
};
