import { type StrategyId, strategies } from '../experiments/search';
import { raceIds, raceMethods } from '../methods';
import { choosingMetrics } from '../metrics';
import { isOfLists } from '../metrics/metric';
import { likes } from './likes';
import { choice, linear, type SettingList, type ValuesOf } from './setting';
import { changerOf, defaultsOf } from './values';

const namesOf = (all: readonly { readonly id: string; readonly name: string }[]) =>
  Object.fromEntries(all.map(({ id, name }) => [id, name]));

const strategyNames = Object.fromEntries(
  Object.entries(strategies).map(([id, { name }]) => [id, name]),
) as Record<StrategyId, string>;

/** Where what is recommended is judged. */
const ofLists = ['metric', choosingMetrics.filter(isOfLists).map(({ id }) => id)] as const;

/** What a fold is: a part of all training ratings, or some of every user. */
const divisionNames = { parts: 'a part of all ratings', users: 'some of every user' } as const;

/** How settings are searched, beside which and among what. */
export const searchSettings = {
  method: choice<string>(namesOf(raceMethods), raceIds[0], { label: 'Method' }),
  metric: choice<string>(namesOf(choosingMetrics), choosingMetrics[0].id, {
    label: 'By',
    info: 'What the best are chosen by, at the last step, on the fold that was held out.',
  }),
  listSize: linear(1, 100, 10, { label: 'k', isQuiet: true, where: ofLists }),
  likedFrom: choice(likes, '0.75', { label: 'Liked', isQuiet: true, where: ofLists }),
  strategy: choice<StrategyId>(strategyNames, 'grid', {
    label: 'Work',
    info: 'Every cell on every fold; or all cells on one fold first, the best third of them on more, and the best third of those on all: successive halving. What is known of a few folds only may be luck.',
  }),
  division: choice(divisionNames, 'parts', {
    label: 'Held out',
    spoken: 'Held out of a fold',
    isQuiet: true,
    info: 'A part of all training ratings; or so many of every user, drawn anew for each fold, so that everybody counts alike. Who has no more than that stays in training.',
  }),
  leave: linear(1, 20, 1, {
    label: 'Of every user',
    unit: 'ratings',
    isQuiet: true,
    where: ['division', ['users']],
  }),
  folds: linear(2, 20, 5, {
    label: 'Folds',
    info: 'The training ratings are divided into so many parts, or so many draws are made of them. Each is held out once, and the rest is learnt: the errors say how sure a difference is. What the race holds out stays unseen.',
  }),
  seeds: linear(1, 10, 1, {
    label: 'Seeds',
    info: 'So many times all folds, each time divided and begun by another seed.',
  }),
} as const satisfies SettingList;
export type SearchSettings = ValuesOf<typeof searchSettings>;

export const searchDefaults: SearchSettings = defaultsOf(searchSettings);
export const changedSearch = changerOf(searchSettings);
