import { useMemo } from 'react';
import { toldMetric } from '../../metrics';
import { lookSettings } from '../../state/looks';
import { Announcer } from '../announce/announcer';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { ChartPanel } from './chart-panel';
import { Choices, choicesOf } from './choices';
import { PartsToggle, RaceLegend } from './race-legend';
import { raceSource } from './race-source';

const { chartAxis } = lookSettings;

/** The errors of the methods that race, as they learn. */
export function RaceChart() {
  const { workbench, actions } = useBench();
  const axis = useWorkbench((state) => state.looks.chartAxis);
  const metric = useWorkbench((state) => toldMetric(state.looks));
  const count = useRacing().length;
  const source = useMemo(() => raceSource(workbench, actions), [workbench, actions]);
  return (
    <ChartPanel
      label={`${metric.name} chart`}
      image={`${metric.name} of ${count > 2 ? 'all' : 'both'} methods as they learn`}
      source={source}
      before={
        <>
          <Announcer />
          <RaceLegend />
        </>
      }
      after={
        <>
          <PartsToggle />
          <Choices
            name={chartAxis.label}
            options={choicesOf(chartAxis)}
            value={axis}
            onChange={(next) => actions.look({ chartAxis: next })}
          />
        </>
      }
    />
  );
}
