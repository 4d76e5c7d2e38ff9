import { type CSSProperties, useMemo } from 'react';
import { methodOf } from '../../methods';
import { metricOf } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import { parts } from '../../metrics/parts';
import { lookSettings } from '../../state/looks';
import { Announcer } from '../announce/announcer';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { ChartPanel } from './chart-panel';
import { Choices, choicesOf } from './choices';
import { runLines } from './race-chart';
import { raceSource } from './race-source';

const { chartAxis } = lookSettings;

/** The errors of the methods that race, as they learn. */
export function RaceChart() {
  const { workbench, actions } = useBench();
  const axis = useWorkbench((state) => state.looks.chartAxis);
  const metric = useWorkbench((state) => metricOf(state.looks.metric));
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
          <Legend />
        </>
      }
      after={
        <Choices
          name={chartAxis.label}
          options={choicesOf(chartAxis)}
          value={axis}
          onChange={(next) => actions.look({ chartAxis: next })}
        />
      }
    />
  );
}

function Legend() {
  const data = useWorkbench((state) => state.data);
  const counts = { hidden: data?.ratings.hiddenCount ?? 0, validation: data?.validationCount ?? 0, train: 1 };
  const isOfFrames = useWorkbench((state) => isOfLists(metricOf(state.looks.metric)));
  const all = parts.filter(({ id }) => counts[id] > 0);
  const measured = isOfFrames ? all.slice(0, 1) : all;
  const lines = useRacing().flatMap((id) =>
    runLines(
      { name: methodOf(id).name, colour: `var(--method-${id})`, marker: `var(--marker-${id})` },
      measured,
    ),
  );
  return (
    <ul className="chart-legend">
      {lines.map(({ name, colour, stroke, marker }) => (
        <li key={name} style={{ '--line': colour, '--stroke': stroke, '--marker': marker } as CSSProperties}>
          {name}
        </li>
      ))}
    </ul>
  );
}
