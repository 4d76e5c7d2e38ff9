import { Toolbar } from '@base-ui/react/toolbar';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { HearButton } from '../hear/hear-button';
import { useDark, useWorkbench } from '../workbench-context';
import './chart.css';
import { ChartTable } from './chart-table';
import { type ChartSource, type DrawnChart, drawChart } from './draw-chart';
import type { End } from './ends';
import { Entry } from './legend-entry';
import { MetricTitle } from './metric-title';

/** A press takes less. */
const pressMilliseconds = 400;

/** A chart under its head. The source has to stay the same for as long as its chart does. */
export function ChartPanel({
  label,
  image,
  source,
  title = <MetricTitle />,
  before,
  after,
}: {
  /** Of the panel, and of the chart itself, for who does not see them. */
  label: string;
  image: string;
  source: ChartSource;
  /** What is measured, where it is not what is told everywhere. */
  title?: ReactNode;
  /** What of the head stands before the readout, and after it. */
  before?: ReactNode;
  after?: ReactNode;
}) {
  const presenting = useWorkbench((state) => state.presenting);
  const style = `${useDark() ? 'dark' : 'light'} ${presenting ? 'large' : 'usual'}`;
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  /** What has no room beside the curves. */
  const [ends, setEnds] = useState<readonly End[]>([]);
  // A page that turns dark changes every colour of the chart, and one that presents every size: it is made anew.
  const drawn = useRef<DrawnChart | null>(null);
  useEffect(() => {
    if (!host.current || !readout.current || !style) return;
    const now = drawChart(source, host.current, readout.current, setEnds);
    drawn.current = now;
    return now.end;
  }, [source, style]);
  /** What is pressed next must not move away from under the press, as it would where the words change at once. */
  const leaveSoon = () =>
    setTimeout(() => document.activeElement !== host.current && drawn.current?.leave(), pressMilliseconds);
  return (
    <section className="box chart" aria-label={label}>
      <header className="chart-head">
        <div className="chart-names">
          {title}
          {before}
          <Ends ends={ends} />
        </div>
        <p className="chart-readout" ref={readout} />
        <div className="chart-choices">
          {after}
          <Toolbar.Root className="chart-tools" aria-label="Chart, otherwise">
            <HearButton source={source} />
            <ChartTable label={image} source={source} />
          </Toolbar.Root>
        </div>
      </header>
      {/* What is read out at the crosshair is what a slider says of itself: whoever listens hears it as it moves. */}
      <div
        className="chart-host"
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={image}
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        aria-valuetext="arrow keys read the curves, place by place"
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
          if (drawn.current?.key(event.key)) event.preventDefault();
        }}
        onBlur={leaveSoon}
      />
    </section>
  );
}

/** What has no room there stands above. */
function Ends({ ends }: { readonly ends: readonly End[] }) {
  if (ends.length === 0) return null;
  return (
    <ul className="chart-legend">
      {ends.map(({ words, colour, stroke, marker, value }) => (
        <Entry
          key={words}
          colour={colour ?? (value === null ? 'transparent' : 'var(--reference)')}
          stroke={stroke}
          marker={marker && `path("${marker}")`}
        >
          {words}
        </Entry>
      ))}
    </ul>
  );
}
