import type { Summary } from '../../experiments/search';
import { methodOf } from '../../methods';
import { metricOf } from '../../metrics';
import { liveLetters } from '../../settings/history';
import { raceSettings, type SettingName, type Settings } from '../../settings/race';
import type { Setting } from '../../settings/setting';
import { shownNumber } from '../../settings/values';
import { counted, inSeconds, inUnits, percent } from '../../words/numbers';
import { type progressOf, type Results, told } from './found';
import { fixedBy, type Recipe, type Value, valuesOf } from './recipe';
import type { Found } from './slice';

/** 'λ', 'Rank': what a setting is called where there is little room. */
export function axisName(name: SettingName): string {
  return Object.hasOwn(liveLetters, name)
    ? liveLetters[name as keyof typeof liveLetters]
    : raceSettings[name].label;
}

/** A value as it is shown, in its unit: '0.12', '15 %', 'weighted'. */
export const valueWords = (name: SettingName, value: Value): string => valueIn(raceSettings[name], value);

/** The same of any setting. */
export function valueIn(setting: Setting, value: Value): string {
  if (setting.kind === 'choice') return setting.options[value] ?? String(value);
  if (setting.kind !== 'number') return String(value);
  const shown = String(shownNumber(setting, Number(value)));
  return setting.unit === '%' ? `${shown} %` : shown;
}

/** 'rank 20, λ 0.12' */
function cellWords(recipe: Pick<Recipe, 'axes'>, cell: number): string {
  const values = Object.entries(valuesOf(recipe, cell)) as [SettingName, Value][];
  return values.map(([name, value]) => `${inSentence(axisName(name))} ${valueWords(name, value)}`).join(', ');
}

/** What a run of a cell is called: 'ALS, rank 20, λ 0.12'. */
export const cellName = (recipe: Recipe, cell: number): string =>
  `${methodOf(recipe.method).name}, ${cellWords(recipe, cell)}`;

/** A label in the middle of a sentence: initials of what is written small there are small; 'ALS starts' stays. */
const inSentence = (label: string) =>
  /^.[a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;

/** '0.9124 ± 0.0031'; a dash where nothing is known, and words where it diverged. */
export function scoreWords(
  recipe: Pick<Recipe, 'metric'>,
  { mean, error, isDiverged }: Pick<Summary, 'mean' | 'error' | 'isDiverged'>,
) {
  if (isDiverged) return 'diverged';
  const shown = inUnits(mean === null ? null : told(recipe, mean));
  return error === null ? shown : `${shown} ± ${error.toPrecision(2)}`;
}

/** How far a search is, in words. */
export function progressWords(
  status: Found['status'],
  { done, count, share, remaining }: ReturnType<typeof progressOf>,
): string {
  const runs = `${done} of ${counted(count, 'run')}`;
  if (status === 'finished')
    return share < 1
      ? `${counted(done, 'run')} done, ${percent(share)} of the work of the grid.`
      : `${counted(done, 'run')} done.`;
  if (status === 'lost') return `A worker was lost after ${runs}: resume to go on.`;
  if (status === 'no-room') return 'There is no room for this in the tab: try a lower rank.';
  if (status === 'no-likes')
    return 'On a fold nobody likes anything that was held out: let more count as liked, or hold out more.';
  if (status === 'paused') return `${runs}, paused.`;
  return remaining === null
    ? `${runs}…`
    : `${runs}, about ${inSeconds(Math.max(1, Math.round(remaining)))} left.`;
}

/** What a cell is, and what is known of it. */
export function detailWords(recipe: Recipe, { cells, rungs, choice, plan }: Results, cell: number): string {
  const summary = cells[cell];
  const what = capital(cellWords(recipe, cell));
  if (summary.parts === 0) return `${what}: not learnt yet.`;
  const on = `${summary.parts} of ${counted(plan.parts, 'part')}`;
  const isOut = !rungs[rungs.length - 1].cells.includes(cell);
  const told = [
    `${what}: ${metricOf(recipe.metric).name} ${scoreWords(recipe, summary)} on ${on}`,
    ...(choice?.best.cell === cell ? ['the best'] : []),
    ...(choice?.simplest.cell === cell && choice.best.cell !== cell
      ? ['the simplest within one standard error of the best']
      : []),
    ...(isOut ? [`given up after ${counted(summary.parts, 'part')}, behind the best third`] : []),
  ];
  return `${told.join('; ')}.`;
}

/** Which is best, and which is simpler and hardly worse. */
export function choiceWords(recipe: Recipe, { choice }: Results): string {
  if (!choice) return '';
  const { best, simplest } = choice;
  const name = metricOf(recipe.metric).name;
  const first = `Best: ${cellWords(recipe, best.cell)}, ${name} ${scoreWords(recipe, best)}.`;
  if (best.error === null || best.cell === simplest.cell) return first;
  return `${first} Within one standard error of it, and simpler: ${cellWords(recipe, simplest.cell)}, ${scoreWords(recipe, simplest)}.`;
}

/** What is set and not searched. */
export function fixedWords(recipe: Recipe, now: Settings): string {
  const fixed = Object.entries(fixedBy(recipe, now).fixed ?? {}) as [SettingName, Value][];
  const told = fixed.map(([name, value]) => `${axisName(name)} ${valueWords(name, value)}`);
  return `As the race is set: ${told.join(' · ')}.`;
}

const capital = (words: string) => words[0].toUpperCase() + words.slice(1);

/** What is to be seen of a cell beside its colour. */
export function markOf({ choice, rungs, cells }: Results, cell: number): string {
  if (cells[cell].isDiverged) return '×';
  if (choice?.best.cell === cell) return '★';
  if (choice?.simplest.cell === cell) return '◆';
  return rungs[rungs.length - 1].cells.includes(cell) ? '' : '◦';
}

/** What the marks mean. */
export const markWords = '★ best · ◆ simplest within one standard error · × diverged · ◦ given up';
