import {
  type Recovery,
  recoveryOf,
  type Standing,
  standings,
  usualStaleness,
} from '../../experiments/verdict';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { ErrorMetric } from '../../metrics/metric';
import type { Moment } from '../../sessions/lab';
import { asPrinted, counted, grouped, inSeconds, inUnits, significant } from '../../words/numbers';
import type { StreamFacts } from '../../workers/learn-protocol';

/** What a stream has come to, at a moment. */
export interface Verdict {
  /** The best first. */
  readonly standings: readonly Standing[];
  /** How each of them took a turn of taste; none where it has not turned. */
  readonly recoveries: readonly (Recovery | null)[];
  /** All has arrived. */
  readonly ended: boolean;
  /** Who was behind: ratings that had arrived and were not in the model, on average. */
  readonly behind: readonly { readonly method: MethodId; readonly ratings: number }[];
}

/** What a stream has come to at one of its moments; null where nothing has arrived. */
export function verdictAt(
  moment: Moment,
  moments: readonly Moment[],
  { driftsFrom, count }: Pick<StreamFacts, 'driftsFrom' | 'count'>,
  metric: ErrorMetric,
): Verdict | null {
  if (moment.batch === 0) return null;
  const ranked = standings(moment, metric);
  const until = [...moments.filter(({ batch }) => batch < moment.batch), moment];
  const turned = moment.ratings >= driftsFrom && driftsFrom < count;
  return {
    standings: ranked,
    recoveries: turned ? ranked.map(({ method }) => recoveryOf(until, driftsFrom, method, metric)) : [],
    ended: moment.ratings === count,
    behind: ranked.map(({ method }) => ({ method, ratings: usualStaleness(until, method) })),
  };
}

const nameOf = ({ method }: { readonly method: MethodId }) => methodOf(method).name;
const errorOf = ({ validation, prequential }: Standing) => validation ?? prequential ?? 0;

/**
 * The error of a method in a few words, as the table of all has it.
 *
 * @param unseen what ratings are called that are not learnt from; null where there are none: the prequential error then
 */
export function errorWords(
  { diverged, validation, prequential }: Standing,
  { name }: ErrorMetric,
  unseen: string | null,
) {
  if (diverged) return 'diverged';
  return `${unseen ?? 'prequential'} ${name} ${inUnits(unseen === null ? prequential : validation)}`;
}

/** In sentences; none where there is nothing to say yet. */
export function verdictWords({ standings, ended, behind }: Verdict): string[] {
  const going = standings.filter(({ diverged }) => !diverged);
  return [
    ...(ended ? [...endWords(going), ...behindWords(behind)] : going.flatMap(staleWords)),
    ...standings.filter(({ diverged }) => diverged).map(divergedWords),
  ];
}

/** Who is best, and how far behind the one is that learns single ratings. */
function endWords(going: readonly Standing[]): string[] {
  const [best] = going;
  if (!best) return [];
  const keeps = best.kept > 0 ? `all ${counted(best.kept, 'rating')} kept` : 'no rating kept';
  const first = `${nameOf(best)} ends best, at ${inUnits(errorOf(best))}, for ${inSeconds(best.seconds)} of compute and ${keeps}.`;
  const online = going.find(({ method }) => methodOf(method).arriving?.takesOwnRatings);
  if (!online || online === best) return [first];
  const share = significant(100 * (asPrinted(errorOf(online)) / asPrinted(errorOf(best)) - 1), 2);
  return [
    first,
    `${nameOf(online)} is ${share} % behind, took ${timesAsMuch(best.seconds / online.seconds)}, kept no rating, and had every rating in its model as soon as it was there.`,
  ];
}

function behindWords(behind: Verdict['behind']): string[] {
  const late = behind.filter(({ ratings }) => ratings > 0);
  if (late.length === 0) return [];
  const each = late.map(
    (one, i) => `${nameOf(one)}${i === 0 ? ' did not know' : ''} the last ${grouped(one.ratings)}`,
  );
  return [`${each.join(', ')} ratings on average; all others were never behind.`];
}

const staleWords = (one: Standing): string[] =>
  one.stale > 0 ? [`${nameOf(one)} does not know the last ${counted(one.stale, 'rating')} yet.`] : [];

/** Who keeps all ratings solves for its factors, and makes no steps. */
const divergedWords = (one: Standing) =>
  one.kept > 0
    ? `${nameOf(one)} stopped: its predictions are not finite numbers any more.`
    : `${nameOf(one)} diverged: its steps are too long for these ratings.`;

/** How a method took a turn of taste. */
export interface Turned extends Recovery {
  readonly method: MethodId;
}

/** Of all who were measured before and after, but for who knows nobody. */
export const turnedOf = ({ standings, recoveries }: Verdict): Turned[] =>
  recoveries.flatMap((recovery, i) => {
    const { method } = standings[i];
    return recovery && !methodOf(method).arriving?.knowsNobody ? [{ method, ...recovery }] : [];
  });

const timesAsMuch = (times: number): string =>
  times >= 2
    ? `${significant(times, 2)} times less compute`
    : times >= 1
      ? 'about as much compute'
      : `${significant(1 / times, 2)} times the compute`;
