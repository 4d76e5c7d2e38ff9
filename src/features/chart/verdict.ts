import { type At, type Comparison, comparison, type Looked } from '../../experiments/comparison';
import { atOnceOf } from '../../methods';
import { toldMetric } from '../../metrics';
import { isBounded, isOfLists } from '../../metrics/metric';
import type { Axis } from '../../metrics/moment';
import { stepWords } from '../../settings/history';
import { racingOf } from '../../settings/race';
import { asPrinted, counted, gapInUnits, inUnits, short } from '../../words/numbers';
import { listVerdict } from '../ranking/list-words';
import { frameOf, paneName, runInPane } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/** A run by the name that it goes by on the stage. */
export interface Named extends Pick<Looked, 'frame'> {
  readonly name: string;
}

/** What else there is to know of the runs that are compared. */
export interface About {
  /** Each is at its end. */
  readonly isEnd: boolean;
  /** The least RMSE that a model without biases can have; null where it bounds nothing here. */
  readonly floor: { readonly rank: number; readonly least: number } | null;
}

/** Where runs are compared: at a place at which all were measured, or within it. */
const wheres: Readonly<Record<Axis, readonly [same: (place: number) => string, within: string]>> = {
  step: [(place) => `After ${counted(place, 'step')}`, 'steps'],
  observations: [(place) => `Same ratings seen (${short(place)})`, 'ratings seen'],
  flops: [(place) => `Same cost (${operations(place)})`, 'FLOP'],
  seconds: [(place) => `Same time (${short(place)} s)`, 's'],
};

/** '168 FLOP', '2.5 GFLOP': a prefix of the unit comes with the number. */
const operations = (count: number): string => {
  const number = short(count);
  return `${number}${/[A-Z]$/i.test(number) ? '' : ' '}FLOP`;
};

/** Who is ahead at the same place of the axis, by how much, and whether that holds where the runs are looked at. */
export function verdict(state: WorkbenchState): string {
  const { settings, floor, looks } = state;
  const metric = toldMetric(looks);
  if (isOfLists(metric)) return listVerdict(state);
  const { runs, compared } = comparedOn(state, looks.chartAxis);
  if (!compared) return '';
  const isEnd = runs.every(({ frame: { method, step } }) => step >= settings[atOnceOf(method).limit]);
  return verdictOf(compared, runs, { isEnd, floor: isBounded(metric) ? floor : null });
}

/** Who is ahead at the same place of the axis; null where nobody is, as printed. */
export function leaderOf(state: WorkbenchState): string | null {
  const { runs, compared } = comparedOn(state, state.looks.chartAxis);
  if (!compared) return null;
  const { best, isLevel } = ranked(compared.there, runs);
  return isLevel ? null : best.name;
}

/** The runs on the stage, and how they compare; null where there are not two of them, or nothing was learnt. */
export function comparedOn(state: WorkbenchState, axis: Axis) {
  const { looks, settings } = state;
  const runs = racingOf(settings).flatMap((pane) => {
    const run = runInPane(state, pane);
    const frame = frameOf(state, run, pane);
    return frame ? [{ name: paneName(state, pane), track: run.track, frame }] : [];
  });
  const metric = toldMetric(looks);
  const isCompared = runs.length > 1 && !isOfLists(metric);
  return { runs, compared: isCompared ? comparison(runs, axis, metric) : null };
}

/** The sentence for runs of these names: of two, who is ahead; of more, who is ahead of the next. */
export function verdictOf(compared: Comparison, runs: readonly Named[], about: About): string {
  const { there, on } = compared;
  const heldOut = on.words === '' ? '' : ` (${on.words})`;
  const { best, next, gap, isLevel } = ranked(there, runs);
  const several = runs.length > 2;
  const ahead = `${best.name} is ahead${several ? ` of ${next.name}` : ''} by ${gap}`;
  const level = `${several ? `${best.name} and ${next.name} are ` : ''}level`;
  const first = `${whereOf(compared, runs)}: ${isLevel ? level : ahead}${heldOut}`;
  return `${first}${furtherOn(compared, runs, about)}${belowFloor(compared, runs, about)}`;
}

function whereOf({ axis, place, isExact, there }: Comparison, runs: readonly Named[]): string {
  const [same, unit] = wheres[axis];
  if (isExact) return same(place);
  // A rating is a tiny part of a step, which says nothing as a number.
  if (axis === 'step' && place < 1) return `Within the first step (${stepsOf(there, runs)})`;
  const within = axis === 'flops' ? operations(place) : `${short(place)} ${unit}`;
  return `Within ${within} (${stepsOf(there, runs)})`;
}

/** 'ALS iteration 7.5, B-SGD epoch 3.13' */
const stepsOf = (at: readonly At[], runs: readonly Named[]): string =>
  runs.map(({ name, frame }, i) => `${name} ${stepWords(frame.method, at[i].step)}`).join(', ');

/** What is otherwise, or still so, at the frames that are looked at, where they are others than those compared. */
function furtherOn({ there, shown }: Comparison, runs: readonly Named[], { isEnd }: About): string {
  if (shown.every(({ step }, i) => step === there[i].step)) return '';
  const { best, next, gap, isLevel } = ranked(shown, runs);
  const before = ranked(there, runs);
  const where = `; ${isEnd ? 'at the end' : 'as shown'} (${stepsOf(shown, runs)})`;
  if (isLevel) return `${where} ${runs.length > 2 ? `${best.name} and ${next.name} are ` : ''}level`;
  if (best.name === before.best.name && !before.isLevel) return `${where} still, by ${gap}`;
  return `${where} ${best.name} is, at ${inUnits(best.error)} against ${inUnits(next.error)}`;
}

/** Why an error can be below what is called the least. */
function belowFloor({ shown, on }: Comparison, runs: readonly Named[], { floor }: About): string {
  if (!floor || on.id !== 'train') return '';
  const below = runs.filter(
    ({ frame }, i) => frame.rank === floor.rank && shown[i].error < floor.least * (1 - 1e-6),
  );
  if (below.length === 0) return '';
  const [are, their] = below.length === 1 ? ['is', 'its'] : ['are', 'their'];
  const names = below.map(({ name }) => name).join(' and ');
  return `. ${names} ${are} below the least at rank ${floor.rank}, as ${their} biases are worth up to two more ranks`;
}

/** The best, the next, and how much better the best is as both are printed. */
export function ranked(at: readonly At[], runs: readonly Named[]) {
  const [best, next] = at
    .map(({ error }, i) => ({ name: runs[i].name, error }))
    .sort((a, b) => a.error - b.error);
  return {
    ...{ best, next, gap: gapInUnits(next.error, best.error) },
    isLevel: !(asPrinted(next.error) > asPrinted(best.error)),
  };
}
