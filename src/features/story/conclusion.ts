import { errorMetricOf } from '../../metrics';
import type { Axis } from '../../metrics/moment';
import { asPrinted, gapInUnits, inUnits, short } from '../../words/numbers';
import { comparedOn, ranked } from '../chart/verdict';
import type { WorkbenchState } from '../workbench';

/** What came of a race that is over: who won at equal work, at equal time, and how near to what can be reached. */
export function conclusionOf(state: WorkbenchState): string[] {
  return [
    equal(state, 'observations', (place) => `At equal work (${short(place)} ratings seen)`),
    equal(state, 'seconds', (place) => `At equal time (${short(place)} s of computing)`),
    nearness(state),
  ].filter((sentence) => sentence !== '');
}

/** Who was ahead where each had been given as much. */
function equal(state: WorkbenchState, axis: Axis, where: (place: number) => string): string {
  const { runs, compared } = comparedOn(state, axis);
  if (!compared) return '';
  const { best, next, isLevel } = ranked(compared.there, runs);
  const on = compared.on.words === '' ? '' : ` (${compared.on.words})`;
  const place = where(compared.place);
  if (isLevel) return `${place} ${best.name} and ${next.name} are level${on}, at ${inUnits(best.error)}.`;
  return `${place} ${best.name} wins${on}, at ${inUnits(best.error)} against ${inUnits(next.error)} of ${next.name}.`;
}

/** How far the ends are from the least that is possible, where that is known. */
function nearness(state: WorkbenchState): string {
  const { floor, looks } = state;
  const { runs, compared } = comparedOn(state, 'observations');
  if (!compared) return '';
  if (compared.on.id !== 'train')
    return 'What counts is the error on ratings that no method was shown; the error on what was learnt says less.';
  if (!floor || !errorMetricOf(looks.metric).ofSquares) return '';
  const ends = runs.map(({ name, frame }, i) => {
    const { error } = compared.shown[i];
    if (frame.rank !== floor.rank) return `${name} has another rank`;
    if (asPrinted(error) === asPrinted(floor.least)) return `${name} ends at the floor`;
    return error > floor.least
      ? `${name} ends ${gapInUnits(error, floor.least)} above the floor`
      : `${name} ends ${gapInUnits(floor.least, error)} below it, as its biases are worth up to two more ranks`;
  });
  return `The floor at rank ${floor.rank} is ${inUnits(floor.least)}: ${ends.join('; ')}.`;
}
