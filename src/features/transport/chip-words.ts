import type { MethodId } from '../../methods/method';
import { metricOf } from '../../metrics';
import { errorsWords } from '../../metrics/parts';
import { stepWords } from '../../settings/history';
import { grouped, short } from '../../words/numbers';
import { frameOf, inForce } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

const frameIn = (state: WorkbenchState, method: MethodId) => frameOf(state, state.runs[method], method);

/** 'iteration 7.5' */
export function stepOf(state: WorkbenchState, method: MethodId): string {
  const frame = frameIn(state, method);
  return frame ? stepWords(method, frame.step) : '';
}

/** '90,000 seen' */
export function seenOf(state: WorkbenchState, method: MethodId): string {
  const seen = frameIn(state, method)?.observations ?? 0;
  return `${seen < 1e6 ? grouped(seen) : short(seen)} seen`;
}

/** 'RMSE validation 9.871 · train 9.312 · λ 15 here' */
export function errorsOf(state: WorkbenchState, method: MethodId): string {
  const frame = frameIn(state, method);
  if (!frame) return '';
  const metric = metricOf(state.looks.metric);
  const then = inForce(state, method);
  return [...errorsWords(frame, metric), ...(then === '' ? [] : [then])].join(' · ');
}
