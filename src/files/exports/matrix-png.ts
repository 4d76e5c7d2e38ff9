import { type Look, matrixImage, pngOf } from '../../draw/image';
import type { Subject as Painted } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { Export } from './export';

interface Options {
  /** The first pane, or the one of a method. */
  readonly pane: string;
  readonly scale: number;
}

interface Wanted {
  readonly scene: Scene;
  readonly look: Look;
  readonly subject: Painted;
  readonly scale: number;
}

/** One matrix, nothing else: whole pixels to a cell. */
export const matrixPng: Export<Options, Wanted> = {
  id: 'matrix-png',
  group: 'picture',
  offers: ({ race }) =>
    (race ? [{ id: 'ratings', name: 'Ratings' }, ...race.panes] : []).map(({ id, name }) => ({
      label: `${name} PNG`,
      ...{ ready: true, scaled: true, options: (_, scale) => ({ pane: id, scale }) },
    })),
  gather({ dark, race, fileName }, { pane, scale }) {
    if (!race?.scene) return null;
    const { scene, compared, panes } = race;
    const model = panes.find(({ id }) => id === pane)?.model;
    const subject = pane === 'ratings' ? (compared ?? pane) : model?.snapshot;
    if (!subject) return null;
    const what = pane === 'ratings' && compared ? 'difference' : pane;
    return {
      fileName: fileName(what, model ? [model] : [], 'png'),
      wanted: { scene, look: race.look(dark), subject, scale },
    };
  },
  async make({ scene, look, subject, scale }, { painting }) {
    return pngOf(matrixImage(scene, look, subject, scale, await painting()));
  },
};
