import { type ReactNode, useEffect, useRef } from 'react';
import { useDark } from '../workbench-context';
import './chart.css';
import { type ChartSource, drawChart } from './draw-chart';
import { MetricTitle } from './metric-title';

/** A chart under its head. The source has to stay the same for as long as its chart does. */
export function ChartPanel({
  label,
  image,
  source,
  before,
  after,
}: {
  /** Of the panel, and of the chart itself, for who does not see them. */
  label: string;
  image: string;
  source: ChartSource;
  /** What of the head stands before the readout, and after it. */
  before?: ReactNode;
  after?: ReactNode;
}) {
  const theme = useDark() ? 'dark' : 'light';
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  // A page that turns dark changes every colour of the chart: it is made anew.
  useEffect(
    () =>
      host.current && readout.current && theme ? drawChart(source, host.current, readout.current) : undefined,
    [source, theme],
  );
  return (
    <section className="box chart" aria-label={label}>
      <header className="chart-head">
        <h2>
          <MetricTitle />
        </h2>
        {before}
        <p className="chart-readout" ref={readout} />
        {after && <div className="chart-choices">{after}</div>}
      </header>
      <div className="chart-host" ref={host} role="img" aria-label={image} />
    </section>
  );
}
