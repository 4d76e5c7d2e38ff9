import type { MethodId } from '../../methods/method';
import { toldErrors } from '../../metrics';
import { isBounded } from '../../metrics/metric';
import { valueAt } from '../../metrics/moment';
import { errorsWords, partsOf } from '../../metrics/parts';
import { stepCount, stepWords } from '../../settings/history';
import type { RecordedRun } from '../../state/recorded-run';
import { asPrinted, gapInUnits, grouped, inUnits, short } from '../../words/numbers';
import { frameOf, inForce, runInPane } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/** What is told under a picture is of the run that is in its pane, which may be another than the one that goes on. */
const frameIn = (state: WorkbenchState, pane: MethodId, run: RecordedRun = runInPane(state, pane)) =>
  frameOf(state, run, pane);

/** 'iteration 7.5' */
export function stepOf(state: WorkbenchState, method: MethodId): string {
  const frame = frameIn(state, method);
  const { config } = runInPane(state, method);
  return frame ? stepWords(config?.method ?? method, frame.step) : '';
}

/** 'of 30': how far the run has come whose step is told, where that is an earlier one; '' where it is the newest. */
export function ofHowMany(state: WorkbenchState, method: MethodId): string {
  const { latest } = runInPane(state, method).track;
  const frame = frameIn(state, method);
  if (!frame || !latest || frame === latest) return '';
  return `of ${stepCount(latest.method, latest.step)}`;
}

/** '· 90,000 seen' */
export function seenOf(state: WorkbenchState, method: MethodId): string {
  const seen = frameIn(state, method)?.observations ?? 0;
  return `· ${seen < 1e6 ? grouped(seen) : short(seen)} seen`;
}

/** 'RMSE validation', '9.871': what the error is of that counts most, and the error. */
export function scoreOf(state: WorkbenchState, method: MethodId): { of: string; number: string } {
  const { metric, frame, on } = leadIn(state, method);
  if (!frame || !on) return { of: metric.name, number: inUnits(null) };
  const of = on.id === 'train' ? metric.name : `${metric.name} ${on.name}`;
  return { of, number: inUnits(valueAt(frame, on.id, metric)) };
}

/** 'RMSE validation 9.871 · train 9.312 · λ 15 here', of the run that goes on. */
export const errorsOf = (state: WorkbenchState, method: MethodId): string =>
  errorsIn(state, method, state.runs[method]).join(' · ');

/** '· train 9.312 · λ 15 here': the footnotes of the score. */
export const restOf = (state: WorkbenchState, method: MethodId): string =>
  errorsIn(state, method, runInPane(state, method))
    .slice(1)
    .map((words) => `· ${words}`)
    .join(' ');

function errorsIn(state: WorkbenchState, method: MethodId, run: RecordedRun): string[] {
  const { metric, frame } = leadIn(state, method, run);
  if (!frame) return [];
  const then = run === state.runs[method] ? inForce(state, method) : '';
  return [...errorsWords(frame, metric), ...(then === '' ? [] : [then])];
}

/** The frame that is shown of a method, and what its error is told on first. */
function leadIn(state: WorkbenchState, method: MethodId, run = runInPane(state, method)) {
  // Of lists there is nothing at every moment: the error stands.
  const metric = toldErrors(state.looks);
  const frame = frameIn(state, method, run);
  const [on] = frame ? partsOf([frame], metric) : [];
  return { metric, frame, on };
}

/** '2.049 above the floor': how far it is to the least that a model of its rank can reach, where that is known. */
export function gapOf(state: WorkbenchState, method: MethodId): string {
  const { floor } = state;
  const { metric, frame, on } = leadIn(state, method);
  if (!floor || !isBounded(metric) || on?.id !== 'train' || frame?.rank !== floor.rank) return '';
  const error = valueAt(frame, 'train', metric) ?? Number.NaN;
  const gap = asPrinted(error) - asPrinted(floor.least);
  if (gap > 0) return `${gapInUnits(error, floor.least)} above the floor`;
  return gap < 0 ? `${gapInUnits(floor.least, error)} below the floor` : gap === 0 ? 'at the floor' : '';
}
