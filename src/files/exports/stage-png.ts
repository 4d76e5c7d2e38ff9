import { pngOf } from '../../draw/image';
import { layoutRow } from '../../draw/sheet/layout';
import { sheetPainter } from '../../draw/sheet/painter';
import type { Export } from './export';
import type { StagePicture } from './subject';

interface Options {
  readonly transparent: boolean;
  readonly scale: number;
}

interface Wanted extends StagePicture {
  readonly scale: number;
}

/** The whole stage, as the screen has it. */
export const stagePng: Export<Options, Wanted> = {
  id: 'stage-png',
  group: 'picture',
  offers: ({ pictures }) =>
    pictures.map(({ label, transparent, scale }) => ({
      ...{ label, ready: true, scaled: scale === undefined },
      options: (_, chosen) => ({ transparent, scale: scale ?? chosen }),
    })),
  gather({ stage, models, fileName }, { transparent, scale }) {
    const picture = stage();
    if (!picture) return null;
    const { sheet, row } = picture;
    return {
      fileName: fileName('stage', models(), 'png'),
      wanted: { sheet: { ...sheet, look: { ...sheet.look, transparent } }, row, scale },
    };
  },
  async make({ sheet, row, scale }, { painting }) {
    const layout = layoutRow(row, sheet.panes.length, scale);
    const { canvas, paint } = sheetPainter(layout, await painting(), false);
    paint(sheet);
    return pngOf(canvas);
  },
};
