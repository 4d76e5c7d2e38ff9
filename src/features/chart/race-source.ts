import { racingOf } from '../../settings/race';
import { inUnits, short } from '../../words/numbers';
import { replayEnd } from '../replay/replay';
import type { Actions, Workbench, WorkbenchState } from '../workbench';
import type { ChartSource } from './draw-chart';
import { memoised } from './memoised';
import { raceChartOnPage } from './race-chart';
import { verdict } from './verdict';

/** The chart of the race, where it is drawn and pressed on. */
export function raceSource(workbench: Workbench, actions: Pick<Actions, 'scrub'>): ChartSource {
  const { getState: get, subscribe } = workbench;
  const chart = memoised(inputsOf, (state) => raceChartOnPage(state, state.looks.allErrors));
  return {
    subscribe,
    chart: () => chart(get()),
    cursor: () => get().replayPlace,
    scrub: (place) => actions.scrub(Math.min(place, replayEnd(get()))),
    idle: () => verdict(get()),
    readOut(place, values) {
      const known = values.flatMap(({ name, value }) =>
        value === null ? [] : [`${name} ${inUnits(value)}`],
      );
      return `at ${short(place)}: ${known.join(' · ')}`;
    },
  };
}

/** Everything that the chart shows; tracks are mutable, and known by how much was added to them. */
function inputsOf({
  runs,
  settings,
  floor,
  data,
  shelf,
  marks,
  looks,
  watch,
  rankings,
}: WorkbenchState): unknown[] {
  const ofRuns = racingOf(settings).flatMap((id) => {
    const { moments, status, track } = runs[id];
    return [moments, status, track, track.marks.length];
  });
  return [
    ...ofRuns,
    floor,
    data,
    shelf,
    watch,
    marks,
    looks.chartAxis,
    looks.chartScale,
    looks.allErrors,
    looks.metric,
    rankings,
  ];
}
