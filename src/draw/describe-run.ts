import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';

export const short = (value: number) => String(Number(value.toPrecision(3)));

/** What was set and how far it got, in one line: for captions. */
export function describeRun(config: RunConfig, snapshot: Snapshot): string {
  const { method, rank, lambda, learningRate, regularisation } = config;
  const step = method === 'als' ? `iteration ${short(snapshot.step)}` : `epoch ${snapshot.step.toFixed(2)}`;
  const how =
    method === 'als'
      ? `λ ${short(lambda)} ${regularisation}`
      : `λ ${short(lambda)} · γ ${short(learningRate)}`;
  return `rank ${rank} · ${how} · ${step}`;
}
