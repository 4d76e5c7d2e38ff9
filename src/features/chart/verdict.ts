import { short } from '../../draw/chart/ticks';
import type { Axis } from '../../metrics/moment';
import { racingOf } from '../../settings/race';
import { type Comparison, comparison, paneName } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

const same: Readonly<Record<Axis, (place: number) => string>> = {
  step: (place) => `After ${+place.toFixed(2)} steps`,
  observations: (place) => `Same ratings seen (${short(place)})`,
  flops: (place) => `Same cost (${short(place)}FLOP)`,
  seconds: (place) => `Same time (${place.toFixed(2)} s)`,
};

/** Who is ahead at the same place of the axis, and by how much. */
export function verdict(state: WorkbenchState): string {
  const compared = comparison(state);
  if (!compared) return '';
  const names = racingOf(state.settings).map((pane) => paneName(state, pane));
  return verdictOf(compared, state.looks.chartAxis, names);
}

/** The sentence for runs of these names: of two, who is ahead; of more, who is ahead of the next. */
export function verdictOf(
  { place, errors, areHeldOut }: Comparison,
  axis: Axis,
  names: readonly string[],
): string {
  const [best, next] = names.map((name, i) => ({ name, error: errors[i] })).sort((a, b) => a.error - b.error);
  const gap = next.error - best.error;
  const where = same[axis](place);
  const several = names.length > 2;
  if (!(gap > 0)) return `${where}: ${several ? `${best.name} and ${next.name} are ` : ''}level`;
  const ahead = `${best.name} is ahead${several ? ` of ${next.name}` : ''} by ${short(+gap.toPrecision(3))}`;
  return `${where}: ${ahead}${areHeldOut ? ' (held out)' : ''}`;
}
