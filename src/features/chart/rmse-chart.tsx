import { useEffect, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { Looks } from '../../state/looks';
import type { ChartAxis } from '../../state/workbench';
import { useBench, useWorkbench } from '../workbench-context';
import './chart.css';
import { drawChart, seriesNames } from './draw-chart';

const axes: [ChartAxis, string][] = [
  ['step', 'Step'],
  ['observations', 'Ratings seen'],
  ['flops', 'Operations'],
  ['seconds', 'Seconds'],
];
export function RmseChart() {
  const { workbench, actions } = useBench();
  const axis = useWorkbench((state) => state.looks.chartAxis);
  const scale = useWorkbench((state) => state.looks.chartScale);
  const theme = useWorkbench((state) => state.looks.theme);
  const heldOut = useWorkbench((state) => (state.data?.validationCount ?? 0) > 0);
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  // A theme changes every colour of the chart: it is made anew.
  useEffect(
    () =>
      host.current && readout.current && theme
        ? drawChart(workbench, actions, host.current, readout.current, axis, scale)
        : undefined,
    [workbench, actions, axis, scale, theme],
  );
  return (
    <section className="chart" aria-label="RMSE chart">
      <header className="chart-head">
        <h2>RMSE</h2>
        <ul className="chart-legend">
          {seriesNames.map(
            (name, i) =>
              (heldOut || i % 2 === 0) && (
                <li key={name} data-series={i}>
                  {name}
                </li>
              ),
          )}
        </ul>
        <p className="chart-readout" ref={readout} />
        <Choices
          name="Chart x-axis"
          options={axes}
          value={axis}
          onChange={(chartAxis) => actions.look({ chartAxis })}
        />
        <Choices
          name="Chart scale"
          options={
            [
              ['linear', 'Linear'],
              ['log', 'Log'],
            ] as [Looks['chartScale'], string][]
          }
          value={scale}
          onChange={(chartScale) => actions.look({ chartScale })}
        />
      </header>
      <div className="chart-host" ref={host} role="img" aria-label="RMSE of both methods as they learn" />
    </section>
  );
}

function Choices<T extends string>({
  name,
  options,
  value,
  onChange,
}: {
  name: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{name}</legend>
      {options.map(([id, text]) => (
        <label key={id}>
          <input type="radio" name={name} checked={value === id} onChange={() => onChange(id)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
