import { cutsAt, type PruningPlan } from '../../experiments/pruning';
import { methodOf } from '../../methods';
import type { Entrant, StreamSetting } from '../../methods/stream-config';
import { type Random, seededRandom } from '../../ratings/random';
import type { PruningSettings } from '../../settings/pruning';
import type { NumberSetting, Setting } from '../../settings/setting';
import { refitEveryOf, type StreamSettings, streamConfig, streamSettings } from '../../settings/stream';
import {
  areAxesSound,
  entriesAt,
  inPlace,
  isFixedSound,
  proposedFor,
  type SearchAxis,
  type Value,
} from '../search/recipe';

/** A setting that is searched, and what is tried of it. */
export type PruningAxis = SearchAxis<StreamSetting>;

/** All that a search of a stream follows from, beside its ratings. */
export interface PruningRecipe extends PruningSettings {
  readonly axes: readonly PruningAxis[];
  /** What else decides its bits; null: as the lab is set once it begins. */
  readonly fixed: Partial<StreamSettings> | null;
}

/** What a candidate has otherwise than the others. */
export type Candidate = Partial<Pick<StreamSettings, StreamSetting>>;

export const mostCandidates = 64;

/** Settings that decide what arrives, and in which batches. */
const ofStream = ['order', 'batchSize', 'driftUsers', 'driftAt', 'seed'] as const;

export const searchable = (method: string): readonly StreamSetting[] =>
  methodOf(method).arriving?.settings ?? [];

/** Those, and what decides what arrives: all that a recipe can say. */
export const settable = (method: string): readonly (keyof StreamSettings)[] => [
  ...ofStream,
  ...searchable(method),
];

/** What is tried of a setting where nobody says otherwise. */
export const proposed = (name: StreamSetting, now: StreamSettings, ratingCount: number): readonly Value[] =>
  proposedFor(streamSettings[name], setTo(name, now, ratingCount), [1 / 4, 1 / 2, 1, 2]);

/** What a setting is, also where nobody has set it. */
const setTo = (name: keyof StreamSettings, now: StreamSettings, ratingCount: number) =>
  name === 'refitEvery' ? refitEveryOf(now, ratingCount) : now[name];

/** The two settings that most depends on: some sixteen candidates. */
export const usualAxes = (method: string, now: StreamSettings, ratingCount: number): PruningAxis[] =>
  searchable(method)
    .slice(0, 2)
    .map((name) => ({ name, values: proposed(name, now, ratingCount) }));

/** A recipe that does not follow from the lab any more, whatever becomes of that. */
export function fixedBy(recipe: PruningRecipe, now: StreamSettings, ratingCount: number): PruningRecipe {
  const isSearched = (name: string) => recipe.axes.some((axis) => axis.name === name);
  const others = settable(recipe.method).filter((name) => !isSearched(name));
  const fixed = Object.fromEntries(
    others.map((name) => [name, recipe.fixed?.[name] ?? setTo(name, now, ratingCount)]),
  );
  return { ...recipe, fixed };
}

/** What the settings other than those of the candidates are. */
export const settingsOf = ({ method, fixed }: PruningRecipe, now: StreamSettings): StreamSettings => ({
  ...{ ...now, ...fixed },
  methods: [method],
});

/** Who is tried, in the order of the grid, or as they were drawn; no two are alike. */
export function candidatesOf(recipe: PruningRecipe, { seed }: Pick<StreamSettings, 'seed'>): Candidate[] {
  const { axes, tried, draws } = recipe;
  if (tried === 'drawn') return drawn(axes, draws, seededRandom((recipe.fixed?.seed ?? seed) ^ 0x70727564));
  const count = gridSize(recipe);
  return Array.from({ length: count }, (_, cell) => Object.fromEntries(entriesAt(axes, cell)));
}

const gridSize = ({ axes }: Pick<PruningRecipe, 'axes'>): number =>
  axes.reduce((count, { values }) => count * values.length, 1);

/** How many there are, as far as that is known before any are drawn. */
export const countOf = (recipe: PruningRecipe): number =>
  recipe.tried === 'drawn' ? recipe.draws : gridSize(recipe);

/** So many different candidates, or fewer where there are hardly more. */
function drawn(axes: readonly PruningAxis[], count: number, random: Random): Candidate[] {
  const found = new Map<string, Candidate>();
  for (let attempt = 0; attempt < 20 * count && found.size < count; attempt++) {
    const candidate = Object.fromEntries(
      axes.map(({ name, values }) => [name, drawnOf(name, values, random)]),
    );
    found.set(JSON.stringify(candidate), candidate);
  }
  return [...found.values()];
}

function drawnOf(name: StreamSetting, values: readonly Value[], random: Random): Value {
  const setting: Setting = streamSettings[name];
  if (setting.kind !== 'number') return values[random.below(values.length)];
  return drawnBetween(setting, values as readonly number[], random);
}

/**
 * A number between the least and the most of some, evenly by the scale of the setting. Halved again and again, since
 * square roots, unlike powers, have the same bits in every engine.
 */
function drawnBetween(setting: NumberSetting, values: readonly number[], random: Random): number {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const isLog = setting.scale === 'log' && low > 0;
  for (let halving = 0; halving < 12; halving++) {
    const middle = isLog ? Math.sqrt(low * high) : (low + high) / 2;
    if (random.uniform() < 0.5) high = middle;
    else low = middle;
  }
  return inPlace(setting, isLog ? Math.sqrt(low * high) : (low + high) / 2);
}

/** The candidates as a stream of these ratings takes them. */
export function entrantsOf(
  recipe: PruningRecipe,
  candidates: readonly Candidate[],
  now: StreamSettings,
  ...ratings: [ratingCount: number, timed: boolean]
): Entrant[] {
  return candidates.map((candidate, i) => ({
    id: String(i),
    method: recipe.method,
    config: streamConfig({ ...settingsOf(recipe, now), ...candidate }, ...ratings),
  }));
}

export function planOf(
  { firstCut, cuts, keep }: PruningSettings,
  candidates: number,
  batches: number,
): PruningPlan {
  return { candidates, batches, keep, cuts: cutsAt(batches, firstCut, cuts) };
}

/** Ratings times candidates, each times its rank where rows are solved, that are followed to the end unasked. */
const cheap = 2e7;

/** Whether those who are pruned are followed to the end. */
export function isFollowed(
  { method, follow }: PruningRecipe,
  candidates: number,
  ratings: number,
  rank: number,
) {
  if (follow !== 'cheap') return follow === 'all';
  const solves = searchable(method).includes('alsLambda');
  return candidates * ratings * (solves ? rank : 1) <= cheap;
}

/** Whether a recipe can be followed. */
export function isSound(recipe: PruningRecipe): boolean {
  const { method, axes, fixed } = recipe;
  return (
    countOf(recipe) <= mostCandidates &&
    areAxesSound(axes, streamSettings, searchable(method)) &&
    isFixedSound(fixed, streamSettings, settable(method))
  );
}
