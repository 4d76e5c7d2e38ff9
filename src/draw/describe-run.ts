import { atOnceOf, methodOf } from '../methods';
import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';
import { metrics } from '../metrics';
import type { Part } from '../metrics/metric';
import { type Moment, valueAt } from '../metrics/moment';

export const short = (value: number) => String(Number(value.toPrecision(3)));

/** What was set and how far it got, in one line: for captions. */
export function describeRun(config: RunConfig, snapshot: Snapshot): string {
  const { one, digits } = methodOf(config.method).step;
  const { settings } = atOnceOf(config.method);
  const plainOrWeighted = settings.includes('regularisation') ? ` ${config.regularisation}` : '';
  const rate = settings.includes('learningRate') ? ` · γ ${short(config.learningRate)}` : '';
  const step = digits > 0 ? snapshot.step.toFixed(digits) : short(snapshot.step);
  return `rank ${config.rank} · λ ${short(config.lambda)}${plainOrWeighted}${rate} · ${one} ${step}`;
}

/** 'RMSE 9.312 · validation 9.871': the first metric, on what was learnt and on what was held out. */
export function describeErrors(moment: Moment): string {
  const [metric] = metrics;
  const said = (part: Part, words: string) => {
    const value = valueAt(moment, part, metric);
    return value === null ? [] : [`${words} ${value.toFixed(3)}`];
  };
  return [...said('train', metric.name), ...said('validation', 'validation')].join(' · ');
}
