import { palettes } from '../draw/palette';
import { views } from '../draw/views';
import { listMetrics, metrics } from '../metrics';
import type { Axis } from '../metrics/moment';
import { choice, flag, linear, log, type SettingList, type ValuesOf } from '../settings/setting';

const namesOf = <T extends string>(all: readonly { readonly id: T; readonly name: string }[]) =>
  Object.fromEntries(all.map(({ id, name }) => [id, name])) as Record<T, string>;

const axes: Record<Axis, string> = {
  step: 'Step',
  observations: 'Ratings seen',
  flops: 'Operations',
  seconds: 'Seconds',
};

/** Where what is recommended is judged. */
const ofLists = ['metric', listMetrics.map(({ id }) => id)] as const;

/** From which share of the scale on a rating counts as liked. */
const likes = {
  '0': 'every rating',
  '0.5': 'upper half',
  '0.75': 'from 4 of 5 stars',
  '0.8': 'top fifth',
  '1': 'the highest',
} as const;

/** How the race is shown, as far as a link has it. */
export const lookSettings = {
  view: choice(namesOf(views), views[0].id, { label: 'View', effect: 'look' }),
  /** Which metric chart, chips and sentences tell. */
  metric: choice(namesOf(metrics), metrics[0].id, { label: 'Metric', effect: 'look', isQuiet: true }),
  /** How recommendations are judged, by metrics that do. */
  listSize: linear(1, 100, 10, {
    label: 'k',
    info: 'How many items are recommended to each user, of all that the user has not rated in training.',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  likedFrom: choice(likes, '0.75', {
    label: 'Liked',
    info: 'Which held-out ratings count as liked, by where they are on the scale.',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  judgedUsers: log(10, 100_000, 1000, {
    step: 1,
    label: 'Users',
    info: 'Of more users than this who like something of what was held out, so many are drawn by the seed, the same for all.',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  chartAxis: choice(axes, 'step', { label: 'Chart x-axis', effect: 'look' }),
  chartScale: choice({ linear: 'Linear', log: 'Log' }, 'linear', { label: 'Chart scale', effect: 'look' }),
  /** The first pane shows what the second predicts less what the third does. */
  difference: flag(false, { label: 'Difference', effect: 'look' }),
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
