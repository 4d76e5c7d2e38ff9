import { matrixImage, pngOf } from '../../draw/image';
import type { Subject as Shown } from '../../draw/pane';
import type { Sheet } from '../../draw/sheet/painter';
import type { Export } from './export';

interface Options {
  readonly pane: string;
  readonly scale: number;
}

interface Wanted extends Pick<Sheet, 'scene' | 'look'> {
  readonly shows: Shown;
  readonly scale: number;
}

/** One matrix and nothing around it, `scale` pixels to a cell. */
export const matrixPng: Export<Options, Wanted> = {
  id: 'matrix-png',
  group: 'picture',
  offers: ({ panes }) =>
    panes.map(({ id, name }) => ({
      ...{ label: `${name} PNG`, ready: true, scaled: true },
      options: (_, scale) => ({ pane: id, scale }),
    })),
  gather({ panes, stage, fileName }, { pane, scale }) {
    const picture = stage();
    const shown = panes.find(({ id }) => id === pane);
    if (!picture || !shown?.shows) return null;
    const { scene, look } = picture.sheet;
    return {
      fileName: fileName(pane, shown.model ? [shown.model] : [], 'png'),
      wanted: { scene, look, shows: shown.shows, scale },
    };
  },
  async make({ scene, look, shows, scale }, { painting }) {
    return pngOf(matrixImage(scene, look, shows, scale, await painting()));
  },
};
