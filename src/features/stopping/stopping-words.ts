import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { overfitOf, stopOf } from '../../sessions/stopping';
import { stepWords } from '../../settings/history';
import { racingOf } from '../../settings/race';
import { counted, inUnits, percent } from '../../words/numbers';
import { isOver } from '../transport/over';
import type { WorkbenchState } from '../workbench';

/** What is said of a run, and the step that was its best. */
export interface StoppingNote {
  readonly words: string;
  readonly step: number;
  /** 'iteration 6' */
  readonly where: string;
}

/** Of runs that rest: why those stopped that did before their end, and which fit only what they are trained on. */
export function stoppingNotes(state: WorkbenchState): StoppingNote[] {
  if (state.playing && !isOver(state)) return [];
  return racingOf(state.settings).flatMap((method) => noteOf(state, method) ?? []);
}

function noteOf(state: WorkbenchState, method: MethodId): StoppingNote | null {
  const { track } = state.runs[method];
  const stop = stopOf(track, state.settings);
  const overfit = overfitOf(track, state.settings);
  const step = overfit?.since.step ?? stop?.best;
  if (step === undefined) return null;
  const told = [stop && stopWords(state, method, stop.at), overfit && overfitWords(method, overfit)];
  const where = stepWords(method, step);
  return { step, where, words: told.filter(Boolean).join(' ') };
}

/** 'ALS stopped at iteration 9: 3 iterations without 0.1 % less error on unseen ratings.' */
function stopWords({ settings }: WorkbenchState, method: MethodId, at: number): string {
  const { name, step } = methodOf(method);
  const steps = counted(settings.stopAfter, step.one, step.many);
  const share = percent(settings.stopBelow, 2);
  return `${name} stopped at ${stepWords(method, at)}: ${steps} without ${share} less error on unseen ratings.`;
}

/** 'ALS overfits since iteration 6: training falls, 0.5210 → 0.4800, unseen rises, 0.8812 → 0.8951.' */
function overfitWords(method: MethodId, { since, now }: NonNullable<ReturnType<typeof overfitOf>>): string {
  const errors = (of: 'train' | 'unseen') => `${inUnits(since[of])} → ${inUnits(now[of])}`;
  const first = `${methodOf(method).name} overfits since ${stepWords(method, since.step)}`;
  return `${first}: training falls, ${errors('train')}, unseen rises, ${errors('unseen')}.`;
}
