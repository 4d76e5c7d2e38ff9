import { atOnceOf, methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { Breakdown } from '../../methods/run';
import { toldErrors } from '../../metrics';
import { type Moment, valueAt } from '../../metrics/moment';
import { partsOf } from '../../metrics/parts';
import { racingOf } from '../../settings/race';
import { counted, grouped, inUnits, percent } from '../../words/numbers';
import type { RunState } from '../race/slice';
import { frameOf } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/** What has just happened in the race, and why, in a sentence. */
export interface Caption {
  readonly kind: 'begin' | 'learning' | 'settling' | 'changed' | 'crossing' | 'diverged';
  readonly words: string;
}

/** The caption of the frames on the stage; null where there is nothing yet. */
export function captionOf(state: WorkbenchState): Caption | null {
  const runs = racingOf(state.settings).flatMap((id) => {
    const frame = frameOf(state, state.runs[id], id);
    return frame ? [{ ...state.runs[id], id, name: methodOf(id).name, frame }] : [];
  });
  if (!state.data || runs.length < 2) return null;
  return (
    divergence(runs) ??
    beginning(state, runs) ??
    change(runs) ??
    crossing(state, runs) ??
    settling(state, runs) ??
    learning(state, runs)
  );
}

type Shown = Omit<RunState, 'id'> & {
  readonly id: MethodId;
  readonly name: string;
  readonly frame: NonNullable<ReturnType<typeof frameOf>>;
};

const breakdowns: Readonly<Record<Breakdown, string>> = {
  grew: 'its steps overshot, and each error made the next one larger',
  rose: 'rounding made worse what it can only make better',
  'not-finite': 'an error grew beyond all numbers',
};

function divergence(runs: readonly Shown[]): Caption | null {
  const run = runs.find(({ status }) => status === 'diverged');
  if (!run?.diverged) return null;
  const { step, cause } = run.diverged;
  const where = `${methodOf(run.id).step.one} ${Math.max(1, Math.ceil(step))}`;
  return { kind: 'diverged', words: `${run.name} broke off in ${where}: ${breakdowns[cause]}.` };
}

/** What this is, at the first guess. */
function beginning({ data }: WorkbenchState, runs: readonly Shown[]): Caption | null {
  if (!data || runs.some(({ frame }) => frame.step > 0)) return null;
  const { userCount, itemCount, hiddenCount = 0 } = data.ratings;
  const isPicture = data.source === 'picture';
  const known = hiddenCount > 0 || !isPicture ? 'every known rating' : 'every rating';
  const who = `${counted(userCount, 'person', 'people')}, ${counted(itemCount, isPicture ? 'film' : 'item')}, ${known} a colour`;
  return {
    kind: 'begin',
    words: `${who}: ${numbers[runs.length] ?? runs.length} methods guess what is there.`,
  };
}

const numbers: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 4: 'four' };

/** λ or γ has just become another. */
function change(runs: readonly Shown[]): Caption | null {
  for (const { id, name, track, frame } of runs) {
    const mark = track.marks.findLast(({ step }) => step <= frame.step);
    if (!mark || mark.step === 0 || frame.step - mark.step > 1) continue;
    const { one } = methodOf(id).step;
    const at = `from ${one} ${Number(mark.step.toFixed(2))} of ${name} on`;
    return {
      kind: 'changed',
      words: `${mark.label} ${at}: what was learnt before is kept, and goes on from there.`,
    };
  }
  return null;
}

/** Of two runs, errors at a step at which both were measured. */
function errorsAt(state: WorkbenchState, runs: readonly Shown[], step: number): number[] | null {
  const metric = toldErrors(state.looks);
  const [on] = partsOf(
    runs.map(({ frame }) => frame),
    metric,
  );
  const moments = runs.map(({ track }) => track.moments.findLast((moment) => moment.step === step));
  if (!on || moments.includes(undefined)) return null;
  return moments.map((moment) => valueAt(moment as Moment, on.id, metric) ?? Number.NaN);
}

/** Who was behind a step ago is ahead. */
function crossing(state: WorkbenchState, runs: readonly Shown[]): Caption | null {
  const step = Math.floor(2 * Math.min(...runs.map(({ frame }) => frame.step))) / 2;
  // Who guesses better at first says nothing yet.
  for (const back of step < 1 ? [] : [0.5, 1]) {
    const [before, now] = [errorsAt(state, runs, step - back), errorsAt(state, runs, step)];
    if (!before || !now) continue;
    const [ahead, was] = [now, before].map((errors) => errors.indexOf(Math.min(...errors)));
    if (ahead === was || ahead < 0 || was < 0) continue;
    const errors = `${inUnits(now[ahead])} against ${inUnits(now[was])} after ${counted(step, 'step')}`;
    return { kind: 'crossing', words: `${runs[ahead].name} has overtaken ${runs[was].name}: ${errors}.` };
  }
  return null;
}

/** Steps from which on little is new. */
const settledFrom = 4;

/** A share that is said to be a change: it is not printed as nothing. */
const leastGain = 1e-4;

/** How much better each has become in its last whole step. */
function settling(state: WorkbenchState, runs: readonly Shown[]): Caption | null {
  const gains = runs.map((run) => {
    const step = Math.floor(run.frame.step);
    const [now, before] = [errorsAt(state, [run], step), errorsAt(state, [run], step - 1)];
    return now && before && step >= settledFrom ? 1 - now[0] / before[0] : null;
  });
  if (gains.some((gain) => gain === null || !Number.isFinite(gain))) return null;
  const said = runs.map(({ id, name }, i) => {
    const gain = gains[i] ?? 0;
    const better = `became ${percent(Math.abs(gain), 2)} ${gain < 0 ? 'worse' : 'better'}`;
    const changed = Math.abs(gain) < leastGain ? `changed by less than ${percent(leastGain, 2)}` : better;
    return `${name} ${changed} in its last ${methodOf(id).step.one}`;
  });
  return { kind: 'settling', words: `${said.join(', ')}.` };
}

/** What each is at, the first steps long. */
function learning({ data }: WorkbenchState, runs: readonly Shown[]): Caption {
  const said = runs.map(({ id, name, frame }) => {
    if (!atOnceOf(id).sweeps)
      return frame.observations === 1
        ? `${name} has seen its first rating`
        : `${name} has seen ${counted(frame.observations, 'rating')} one by one`;
    if (frame.step === 0) return `${name} gathers ratings for its first sweep`;
    const [one, other, count] =
      frame.step % 1 === 0
        ? ['item', 'users', data?.ratings.itemCount ?? 0]
        : ['user', 'items', data?.ratings.userCount ?? 0];
    return `${name} solved all ${grouped(count)} ${one}s at once, with the ${other} held fast`;
  });
  return { kind: 'learning', words: `${said.join('; ')}.` };
}
