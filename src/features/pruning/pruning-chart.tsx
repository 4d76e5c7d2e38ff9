import { useMemo } from 'react';
import { pruningDefaults } from '../../settings/pruning';
import { ChartPanel } from '../chart/chart-panel';
import type { ChartSource } from '../chart/draw-chart';
import { memoised } from '../chart/memoised';
import type { Workbench } from '../workbench';
import { useBench, useWorkbench } from '../workbench-context';
import { judgedBy, resultsOf } from './courses';
import { pruningChart, readOut } from './pruning-curves';
import type { Pruning } from './slice';
import { WhoseCurves } from './whose-curves';

/** The error of every candidate of a search as ratings arrive, with who was pruned where. */
export function PruningChart() {
  const { workbench } = useBench();
  const source = useMemo(() => sourceOf(workbench), [workbench]);
  return (
    <ChartPanel
      label="Search chart"
      image="Error of every candidate as ratings arrive"
      source={source}
      title={<Title />}
      before={<WhoseCurves />}
    />
  );
}

/** What the candidates are judged by. */
function Title() {
  const { name, words } = useWorkbench(({ pruning }) => judgedBy(pruning?.found?.recipe ?? pruningDefaults));
  return <h2 title={words}>{name}</h2>;
}

function sourceOf({ getState, subscribe }: Workbench): ChartSource {
  const now = () => getState().pruning?.found ?? null;
  const results = memoised(({ courses }: Pruning) => [courses], resultsOf);
  const chart = memoised(
    (found: Pruning) => [found.courses, found.chosen],
    (found) => pruningChart(found, results(found)),
  );
  return {
    subscribe,
    rest: 60,
    chart() {
      const found = now();
      return found && chart(found);
    },
    readOut(place) {
      const found = now();
      return found ? readOut(found, results(found), place) : '';
    },
  };
}
