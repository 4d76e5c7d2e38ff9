import { type CSSProperties, useMemo } from 'react';
import { methodOf, raceIds } from '../../methods';
import { metricOf } from '../../metrics';
import type { Looks } from '../../state/looks';
import type { ChartAxis } from '../../state/workbench';
import { useBench, useWorkbench } from '../workbench-context';
import { ChartPanel } from './chart-panel';
import { type Choice, Choices } from './choices';
import { runLines } from './race-chart';
import { raceSource } from './race-source';

const axes: readonly Choice<ChartAxis>[] = [
  { id: 'step', name: 'Step' },
  { id: 'observations', name: 'Ratings seen' },
  { id: 'flops', name: 'Operations' },
  { id: 'seconds', name: 'Seconds' },
];
const scales: readonly Choice<Looks['chartScale']>[] = [
  { id: 'linear', name: 'Linear' },
  { id: 'log', name: 'Log' },
];

/** The errors of the methods that race, as they learn. */
export function RaceChart() {
  const { workbench, actions } = useBench();
  const axis = useWorkbench((state) => state.looks.chartAxis);
  const metric = useWorkbench((state) => metricOf(state.looks.metric));
  const scale = useWorkbench((state) => state.looks.chartScale);
  const source = useMemo(() => raceSource(workbench, actions), [workbench, actions]);
  return (
    <ChartPanel
      label={`${metric.name} chart`}
      image={`${metric.name} of ${raceIds.length > 2 ? 'all' : 'both'} methods as they learn`}
      title={metric.name}
      source={source}
      before={<Legend />}
      after={
        <>
          <Choices
            name="Chart x-axis"
            options={axes}
            value={axis}
            onChange={(chartAxis) => actions.look({ chartAxis })}
          />
          <Choices
            name="Chart scale"
            options={scales}
            value={scale}
            onChange={(chartScale) => actions.look({ chartScale })}
          />
        </>
      }
    />
  );
}

function Legend() {
  const heldOut = useWorkbench((state) => (state.data?.validationCount ?? 0) > 0);
  const lines = raceIds.flatMap((id) =>
    runLines({ name: methodOf(id).name, colour: `var(--method-${id})` }, heldOut),
  );
  return (
    <ul className="chart-legend">
      {lines.map(({ name, colour, stroke }) => (
        <li key={name} style={{ '--line': colour, '--stroke': stroke } as CSSProperties}>
          {name}
        </li>
      ))}
    </ul>
  );
}
