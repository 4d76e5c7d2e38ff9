import { streamMethods } from '../methods';
import { errorMetrics } from '../metrics';
import { type ColdPolicy, coldNames } from '../metrics/tally';
import { choice, linear, percent, type SettingList, type ValuesOf } from './setting';
import { changerOf, defaultsOf } from './values';

const namesOf = (all: readonly { readonly id: string; readonly name: string }[]) =>
  Object.fromEntries(all.map(({ id, name }) => [id, name]));

/** Methods of which something can be searched on a stream. */
const searched = streamMethods.filter(({ arriving }) => arriving.settings.length > 0);

/** Pairs that are dropped would leave nothing to judge by in the first batches. */
const { drop: _, ...alwaysCounted } = coldNames;

/** How a stream is searched: who is tried, and who is pruned when. */
export const pruningSettings = {
  method: choice<string>(namesOf(searched), searched[0].id, { label: 'Method' }),
  tried: choice({ grid: 'all combinations', drawn: 'some at random' }, 'grid', {
    label: 'Candidates',
    info: 'Every combination of what is listed above; or so many drawn between the least and the most of each list, from the seed.',
  }),
  draws: linear(2, 64, 16, {
    label: 'How many',
    info: 'So many candidates are drawn, from the seed of the stream.',
    where: ['tried', ['drawn']],
  }),
  firstCut: linear(0.01, 0.5, 0.05, {
    step: 0.01,
    label: 'First cut at',
    ...percent,
    info: 'The share of the stream that has arrived when the worst are pruned first; then again at twice that share, and so on.',
  }),
  cuts: linear(0, 6, 4, {
    label: 'Cuts',
    info: 'How often the worst are pruned, at most. All are judged by the error of every rating since the beginning, each predicted before it was learnt.',
  }),
  keep: linear(0.1, 0.9, 0.5, {
    step: 0.05,
    label: 'Kept at a cut',
    ...percent,
    info: 'The share of the candidates that goes on after each cut: of a half it is successive halving.',
  }),
  follow: choice({ cheap: 'followed if cheap', all: 'followed', none: 'let go' }, 'cheap', {
    label: 'The pruned',
    info: 'Whoever is pruned can be measured to the end all the same, dashed on the chart: only then it is known whether pruning has lost the best.',
  }),
  speed: choice({ watched: 'in ten seconds', flat: 'flat out' }, 'watched', {
    label: 'Speed',
    info: 'How fast ratings arrive: so that it can be watched, or as fast as they can be learnt.',
    effect: 'machine',
  }),
  metric: choice<string>(namesOf(errorMetrics), errorMetrics[0].id, {
    label: 'By',
    info: 'What candidates are judged by: prequential, of all that has arrived.',
  }),
  cold: choice<Exclude<ColdPolicy, 'drop'>>(alwaysCounted, 'bias', {
    label: 'Cold pairs',
    info: 'What stands for a prediction while a user or an item is not known yet.',
  }),
} as const satisfies SettingList;
export type PruningSettings = ValuesOf<typeof pruningSettings>;

export const pruningDefaults: PruningSettings = defaultsOf(pruningSettings);
export const changedPruning = changerOf(pruningSettings);
