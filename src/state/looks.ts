import { palettes } from '../draw/palette';
import { views } from '../draw/views';
import { metrics } from '../metrics';
import type { Axis } from '../metrics/moment';
import { choice, flag, type SettingList, type ValuesOf } from '../settings/setting';

const namesOf = <T extends string>(all: readonly { readonly id: T; readonly name: string }[]) =>
  Object.fromEntries(all.map(({ id, name }) => [id, name])) as Record<T, string>;

const axes: Record<Axis, string> = {
  step: 'Step',
  observations: 'Ratings seen',
  flops: 'Operations',
  seconds: 'Seconds',
};

/** How the race is shown, as far as a link has it. */
export const lookSettings = {
  view: choice(namesOf(views), views[0].id, { label: 'View', effect: 'look' }),
  /** Which metric chart, chips and sentences tell. */
  metric: choice(namesOf(metrics), metrics[0].id, { label: 'Metric', effect: 'look', isQuiet: true }),
  chartAxis: choice(axes, 'step', { label: 'Chart x-axis', effect: 'look' }),
  chartScale: choice({ linear: 'Linear', log: 'Log' }, 'linear', { label: 'Chart scale', effect: 'look' }),
  /** The first pane shows what the second predicts less what the third does. */
  difference: flag(false, { label: 'A − B', effect: 'look' }),
  palette: choice(namesOf(palettes), 'viridis', { label: 'Palette', effect: 'look' }),
} as const satisfies SettingList;
export type LinkedLooks = ValuesOf<typeof lookSettings>;

export type Theme = 'auto' | 'light' | 'dark';
/** Which of its two experiments the workbench shows. */
export type Mode = 'race' | 'stream';

/** How things are shown; changes nothing that is computed. */
export interface Looks extends LinkedLooks {
  readonly mode: Mode;
  readonly theme: Theme;
}
