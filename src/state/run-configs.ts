import type { Regularisation } from '../kernels/kernels';
import { atOnceOf, raceMethods, takes } from '../methods';
import { type RunConfig, type RunSetting, usualAlpha } from '../methods/config';
import type { MethodId } from '../methods/method';
import { usualSteps } from '../methods/schedules';
import { type HoldOutKind, holdOutKinds } from '../ratings/hold-out';
import { isComplete, type RatingInfo } from '../ratings/rating-set';
import { raceSettings, type Settings, stepSettings } from '../settings/race';
import type { Rated } from '../settings/setting';
import { type StreamSettings, streamSettings } from '../settings/stream';
import { defaultsOf, pick } from '../settings/values';
import type { LoadedData, Source } from './loaded-data';

/** What of a data set decides how its runs are configured. */
type Counted = Pick<LoadedData, 'ratings' | 'trainingCount' | 'validationCount'>;

/**
 * λ as it is set, in both conventions: plain, λ(‖U‖² + ‖P‖²), and weighted, per observation, which B-SGD's updates
 * imply. Plain λ weighs every row alike, weighted λ by its number of ratings; on a complete matrix the optima agree when
 * λ_plain = λ_weighted·√(mn). With gaps the mean counts stand in: λ_plain ≈ λ_weighted·ratings/√(users·items).
 */
export function lambdasOf(
  { lambda, regularisation }: Settings,
  { ratings, trainingCount }: Counted,
): Record<Regularisation, number> {
  const plainPerWeighted = trainingCount / Math.sqrt(ratings.userCount * ratings.itemCount);
  return regularisation === 'plain'
    ? { plain: lambda, weighted: lambda / plainPerWeighted }
    : { plain: lambda * plainPerWeighted, weighted: lambda };
}

export function runConfig(method: MethodId, settings: Settings, data: Counted): RunConfig {
  const { initial, fixed } = atOnceOf(method);
  const { rank, regularisation, baseline, learningRate, initialNoise, seed, holdOutShare } = settings;
  return {
    method,
    rank,
    lambda: saysHow(method) ? settings.lambda : lambdasOf(settings, data).weighted,
    regularisation,
    baseline,
    learningRate,
    initial: initial === null ? 'uniform' : settings[initial],
    initialNoise,
    seed,
    holdOutShare,
    ...pick(raceSettings, settings, (_, name) => name in stepSettings && takes(method, name as RunSetting)),
    ...fixed,
  };
}

/** Whether λ of a method counts as the settings say, plain or weighted; of others it always counts per rating. */
export const saysHow = (method: MethodId) => takes(method, 'regularisation');

/**
 * What of the settings these runs were configured by, so that they go on as they were, and begin anew as they did. Where
 * two say it, the first of the list of methods does; of λ, one whose λ is as it was set, and else one that counts per
 * rating, if that is how λ is set.
 */
export function settingsOf(configs: readonly RunConfig[], { regularisation }: Settings): Partial<Settings> {
  const found: Record<string, unknown> = {};
  const ordered = raceMethods.toSorted((a, b) => Number(saysHow(b.id)) - Number(saysHow(a.id)));
  for (const { id, atOnce } of ordered) {
    const config = configs.find(({ method }) => method === id);
    if (!config) continue;
    const says = {
      ...usualSteps,
      alpha: usualAlpha,
      ...config,
      ...(atOnce.initial && { [atOnce.initial]: config.initial }),
    };
    for (const name of atOnce.settings)
      if (name in says && (name !== 'lambda' || saysHow(id) || regularisation === 'weighted'))
        found[name] ??= says[name as keyof RunConfig];
  }
  return found;
}

/** The defaults for a kind of data. */
export function defaultsFor(source: Source, ratings: Rated | null): Settings {
  return defaultsOf(raceSettings, source === 'picture' ? null : ratings);
}

/** The same for a stream of what is on the stage. */
export const streamDefaultsFor = (data: Pick<LoadedData, 'source' | 'ratings'> | null): StreamSettings =>
  defaultsOf(streamSettings, data?.source === 'picture' ? null : (data?.ratings ?? null));

/** What survives a change of source: of the machine, and of pictures where there is another, what has one default for all. */
export function keptOf(settings: Settings, source: Source): Partial<Settings> {
  return pick(
    raceSettings,
    settings,
    ({ effect, forFiles }) =>
      forFiles === undefined && (effect === 'machine' || (effect === 'data' && source === 'picture')),
  );
}

/** How ratings can be held out here: by time only where there are times, a test set only where one came. */
export function possibleHoldOuts({
  clock,
  testCount = 0,
}: Pick<RatingInfo, 'clock' | 'testCount'>): HoldOutKind[] {
  return holdOutKinds.filter(
    (kind) => kind === 'random' || (kind === 'test' ? testCount > 0 : clock !== null && clock !== undefined),
  );
}

/** Whether a floor can be had: a complete matrix, nothing held out, no baseline in ALS's way. */
export function hasFloor(data: Counted, { baseline }: Settings): boolean {
  return isComplete(data.ratings) && data.validationCount === 0 && baseline === 'none';
}
