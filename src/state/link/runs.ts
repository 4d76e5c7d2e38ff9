import { raceMethodIds } from '../../methods';
import type { Change } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import { raceSettings } from '../../settings/race';
import { type LinkReader, numberIn, numbersIn, type Put } from './reader';

/** Where a run is, and what was changed on its way there. */
export interface LinkedRun {
  /** Half-sweeps, or observations. */
  readonly unit: number;
  /** The first, at unit 0, is what the run began with. */
  readonly changes: readonly Change[];
}
export type LinkedRuns = Readonly<Record<MethodId, LinkedRun>>;

/** Changes of a run that a link takes along: more are a slider that was played with. */
const mostChanges = 40;
/** λ of a run may be beyond its slider, because it was brought from another convention. */
const mostLambda = 1e6;

/** Writes the runs, each by the id of its method; none of them where one was changed too often. */
export function writeRuns(runs: LinkedRuns, put: Put): void {
  const written = raceMethodIds.flatMap((method) => (runs[method] ? [{ method, ...runs[method] }] : []));
  if (written.some(({ changes }) => changes.length > mostChanges)) return;
  for (const { method, unit, changes } of written) {
    const said = changes.map((change) => `${change.unit} ${change.lambda} ${change.learningRate}`);
    put(method, [unit, ...said].join(','));
  }
}

/** The runs of a link; null where one of those that race is not there, or not right. */
export function readRuns(link: LinkReader, racing: readonly MethodId[]): LinkedRuns | null {
  const runs: Record<MethodId, LinkedRun> = {};
  for (const method of raceMethodIds) {
    const run = link.take(method, runIn);
    if (run) runs[method] = run;
  }
  return racing.every((method) => runs[method]) ? runs : null;
}

/** Where a run is, then its changes: each of a later unit than the one before. */
function runIn(said: string): LinkedRun | undefined {
  const [first, ...rest] = said.split(',');
  const unit = numberIn(first);
  if (!isUnit(unit) || rest.length > mostChanges) return undefined;
  const changes: Change[] = [];
  for (const text of rest) {
    const change = changeIn(text);
    if (!change || change.unit <= (changes.at(-1)?.unit ?? -1)) return undefined;
    changes.push(change);
  }
  return { unit, changes };
}

function changeIn(said: string): Change | undefined {
  const [unit, lambda, learningRate, ...more] = numbersIn(said);
  const isWithin = lambda <= mostLambda && learningRate > 0 && learningRate <= raceSettings.learningRate.max;
  return isUnit(unit) && isWithin && more.length === 0 ? { unit, lambda, learningRate } : undefined;
}

const isUnit = (value: number | undefined): value is number => Number.isSafeInteger(value);
