import type { EarlyBest } from '../../experiments/pruning';
import { methodOf } from '../../methods';
import type { StreamSetting } from '../../methods/stream-config';
import { type StreamSettings, streamSettings } from '../../settings/stream';
import { asPrinted, counted, gapInUnits, grouped, inUnits, percent, significant } from '../../words/numbers';
import type { Value } from '../search/recipe';
import { valueIn } from '../search/words';
import { type Fate, judgedBy, learning, type Results, reachedBy } from './courses';
import { type Candidate, type PruningRecipe, settable } from './recipe';
import type { Pruning } from './slice';

/** 'γ of biases', 'rank': what a setting is called in a sentence. */
export function settingName(name: keyof StreamSettings): string {
  const { label } = streamSettings[name];
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

/** 'γ of factors 0.3, γ of biases 0.03' */
export const candidateWords = (candidate: Candidate): string =>
  (Object.entries(candidate) as [StreamSetting, Value][])
    .map(([name, value]) => `${settingName(name)} ${valueIn(streamSettings[name], value)}`)
    .join(', ');

/** 'B-SGD, γ of factors 0.3, γ of biases 0.03' */
export const nameOf = ({ recipe, candidates }: Pick<Pruning, 'recipe' | 'candidates'>, candidate: number) =>
  `${methodOf(recipe.method).name}, ${candidateWords(candidates[candidate])}`;

type Found = Pick<Pruning, 'recipe' | 'candidates' | 'plan' | 'follows' | 'courses' | 'status'>;

/** The share of the stream that has arrived after a batch. */
export const shareAt = ({ plan }: Pick<Pruning, 'plan'>, batch: number): string =>
  percent(batch / plan.batches);

/** What has become of a candidate, and why. */
export function fateWords(found: Found, fate: Fate): string {
  const { name } = judgedBy(found.recipe);
  if (fate.kind === 'left') return found.status === 'finished' ? 'kept to the end' : 'in the running';
  if (fate.kind === 'diverged')
    return `diverged by batch ${grouped(fate.batch)} (${shareAt(found, fate.batch)}), and pruned at once`;
  const { batch } = fate.cut;
  const [own, limit] = apart(fate.error, fate.limit.error);
  const best = fate.place === 1 ? 'best' : `${ordinal(fate.place)} best`;
  const against = own === limit ? `as the ${best}, which is further up` : `against ${limit} of the ${best}`;
  const later = fate.divergedAt === null ? '' : `; diverged by batch ${grouped(fate.divergedAt)}`;
  return `pruned at ${shareAt(found, batch)} (batch ${grouped(batch)}): ${name} ${own} ${against}${later}`;
}

/** Two numbers, with as many digits as it takes to tell them apart. */
function apart(...numbers: [number, number]): string[] {
  for (let digits = 4; digits < 8; digits++) {
    const told = numbers.map((one) => (digits === 4 ? inUnits(one) : significant(one, digits)));
    if (told[0] !== told[1]) return told;
  }
  return numbers.map(inUnits);
}

const ordinal = (place: number): string => {
  const [tens, ones] = [place % 100, place % 10];
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th');
  return `${place}${ending}`;
};

/** The batch that all who still learn have come to. */
export function reachedOf(found: Found): number {
  const { courses, plan } = found;
  const still = learning(found);
  if (found.status === 'finished' || still.length === 0) return plan.batches;
  return Math.min(...still.map((candidate) => reachedBy(courses[candidate])));
}

/** How far a search is. */
export function progressWords(found: Found, { left }: Results): string {
  const { plan, courses, status } = found;
  const alive = left.filter((candidate) => courses[candidate].divergedAt === null).length;
  const at = `Batch ${grouped(reachedOf(found))} of ${grouped(plan.batches)}: ${alive} of ${counted(plan.candidates, 'candidate')} left`;
  if (status === 'finished') return `${at}.`;
  if (status === 'lost') return `${at}. A worker was lost: resume to learn again what it had come to.`;
  if (status === 'no-room') return 'There is no room for this in the tab: try a lower rank.';
  return status === 'paused' ? `${at}, paused.` : `${at}…`;
}

/** What the search has come to, in words: whether the best at the first cut is the best at the end. */
export function verdictWords(found: Found, { verdict, fates }: Results): string {
  if (!verdict) return '';
  const { kept, best, unknown } = verdict;
  const { name } = judgedBy(found.recipe);
  if (!kept) return 'All candidates that were kept have diverged: try lower learning rates.';
  const chosen = `Best of those kept: ${candidateWords(found.candidates[kept.candidate])}, ${name} ${inUnits(kept.error)}.`;
  const said = [chosen, ...earlyWords(found, verdict)];
  if (unknown > 0)
    return [
      ...said,
      `Whether one of the ${grouped(unknown)} that were pruned would have ended better is unknown: they were not followed.`,
    ].join(' ');
  if (!fates.some(({ kind }) => kind === 'pruned')) return said.join(' ');
  if (!best || best.error >= kept.error) return [...said, 'Pruning kept the best.'].join(' ');
  const fate = fates[best.candidate];
  const when = fate.kind === 'pruned' ? `at ${shareAt(found, fate.cut.batch)} ` : '';
  const lost =
    asPrinted(kept.error) > asPrinted(best.error)
      ? gapInUnits(kept.error, best.error)
      : significant(kept.error - best.error, 2);
  return [
    ...said,
    `Pruning ${when}lost ${lost}: ${candidateWords(found.candidates[best.candidate])} ends at ${inUnits(best.error)}.`,
  ].join(' ');
}

/** What became of the best at the first cut. */
function earlyWords(found: Found, { early, kept, ended }: NonNullable<Results['verdict']>): string[] {
  if (!early) return [];
  const who = `The best at ${shareAt(found, early.batch)} (${candidateWords(found.candidates[early.candidate])})`;
  if (early.end === null) return [`${who} diverged later.`];
  if (early.place !== null) return [`${who} ${placeWords(early, ended, found.candidates.length)}.`];
  if (early.candidate === kept?.candidate) return [`${who} is the best of them.`];
  return [early.end === undefined ? `${who} was pruned later.` : `${who} ends at ${inUnits(early.end)}.`];
}

function placeWords({ place, end }: EarlyBest, ended: number, all: number): string {
  if (place === 1) return 'is the best at the end, too';
  const among = ended < all ? `the ${grouped(ended)} that did not diverge` : grouped(ended);
  return `ends ${ordinal(place ?? 0)} of ${among}, at ${inUnits(end)}`;
}

/** What else is set, and not searched. */
export function fixedWords({ method, axes, fixed }: PruningRecipe, now: StreamSettings): string {
  const others = settable(method).filter((name) => !axes.some((axis) => axis.name === name));
  const told = others.flatMap((name) => {
    const value = fixed?.[name] ?? now[name];
    return value === null ? [] : [`${settingName(name)} ${valueIn(streamSettings[name], value as Value)}`];
  });
  return `As the lab is set: ${told.join(' · ')}.`;
}
