import { type Look, type Painted, pngOf, stageImage } from '../../draw/image';
import type { Scene } from '../../draw/scene';
import type { Export } from './export';

interface Options {
  readonly transparent: boolean;
  readonly scale: number;
}

interface Wanted {
  readonly scene: Scene;
  readonly look: Look;
  readonly title: string;
  readonly models: readonly Painted[];
  readonly scale: number;
}

/** The whole stage, as the screen has it. */
export const stagePng: Export<Options, Wanted> = {
  id: 'stage-png',
  group: 'picture',
  offers: ({ race }) =>
    (race ? [false, true] : []).map((transparent) => ({
      label: transparent ? 'Stage PNG, transparent' : 'Stage PNG',
      ...{ ready: true, scaled: true, options: (_, scale) => ({ transparent, scale }) },
    })),
  gather(subject, { transparent, scale }) {
    const { dark, race } = subject;
    if (!race?.scene) return null;
    const { scene, title, panes } = race;
    const models = panes.flatMap(({ model }) => model ?? []);
    return {
      fileName: subject.fileName('stage', models, 'png'),
      wanted: { scene, look: { ...race.look(dark), transparent }, title, models, scale },
    };
  },
  async make({ scene, look, title, models, scale }, { painting }) {
    return pngOf(stageImage(scene, look, title, models, scale, await painting()));
  },
};
