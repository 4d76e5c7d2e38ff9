import { palettes } from '../draw/palette';
import { views } from '../draw/views';
import { errorMetrics, listMetrics, metrics } from '../metrics';
import type { Axis } from '../metrics/moment';
import { asPredicted, coldNames } from '../metrics/tally';
import { likes } from '../settings/likes';
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
/** Where errors are told. */
const ofErrors = ['metric', errorMetrics.map(({ id }) => id)] as const;

/** How the race is shown, as far as a link has it. */
export const lookSettings = {
  view: choice(namesOf(views), views[0].id, {
    label: 'View',
    effect: 'look',
    forFiles: (views.find(({ isFirstOfRatings }) => isFirstOfRatings) ?? views[0]).id,
  }),
  /** Which metric chart, chips and sentences tell. */
  metric: choice(namesOf(metrics), metrics[0].id, { label: 'Metric', effect: 'look', isQuiet: true }),
  /** How predictions are judged, whatever is learnt. */
  clip: flag(asPredicted.clip, {
    label: 'Clip to the scale',
    effect: 'look',
    isQuiet: true,
    where: ofErrors,
  }),
  cold: choice(coldNames, asPredicted.cold, {
    label: 'Cold pairs',
    effect: 'look',
    isQuiet: true,
    where: ofErrors,
  }),
  /** How recommendations are judged, by metrics that do. */
  listSize: linear(1, 100, 10, {
    label: 'k',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  likedFrom: choice(likes, '0.75', {
    label: 'Liked',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  judgedUsers: log(10, 100_000, 1000, {
    step: 1,
    label: 'Users',
    effect: 'look',
    isQuiet: true,
    where: ofLists,
  }),
  chartAxis: choice(axes, 'step', { label: 'Chart x-axis', effect: 'look' }),
  chartScale: choice({ linear: 'Linear', log: 'Log' }, 'linear', { label: 'Chart scale', effect: 'look' }),
  /** Where something is held out, the chart has the errors of training too. */
  allErrors: flag(false, { label: 'All errors on the chart', effect: 'look', isQuiet: true }),
  /** The first pane shows what the second predicts less what the third does. */
  difference: flag(false, { label: 'Difference', effect: 'look' }),
  palette: choice(namesOf(palettes), 'viridis', { label: 'Palette', effect: 'look' }),
} as const satisfies SettingList;
export type LinkedLooks = ValuesOf<typeof lookSettings>;

export type Theme = 'auto' | 'light' | 'dark';
/** What the workbench shows: the race, what it recommends, what its factors mean, or the other experiment. */
export type Mode = 'race' | 'recommend' | 'factors' | 'stream';

/** How things are shown; changes nothing that is computed. */
export interface Looks extends LinkedLooks {
  readonly mode: Mode;
  readonly theme: Theme;
}
