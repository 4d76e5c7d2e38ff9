import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { AuditReport } from '../../ratings/audit';
import type { RatingScale } from '../../ratings/rating-set';
import { useWorkbench } from '../workbench-context';

interface Props {
  readonly audit: AuditReport;
  readonly scale: RatingScale;
}

/** How often each rating occurs, and how many users and items have how many ratings (log-log). */
export function AuditCharts({ audit: { histogram, perUser, perItem }, scale }: Props) {
  const most = histogram.reduce((a, b) => (b.count > a.count ? b : a), histogram[0]);
  const [few, many] = [perUser, perItem].map(({ median, max }) => `median ${median}, at most ${max}`);
  return (
    <details className="more audit" open>
      <summary>Distributions</summary>
      <Plot
        label={`Ratings by value: ${scale.min} to ${scale.max}, most often ${short(most?.value ?? 0)}`}
        title="ratings by value"
        draw={(host) => drawHistogram(host, histogram)}
        of={histogram}
      />
      <Plot
        label={`Users and items by their number of ratings; users: ${few}; items: ${many}`}
        title={
          <>
            <i data-series="user">users</i> and <i data-series="item">items</i> by number of ratings
          </>
        }
        draw={(host) => drawDoublings(host, perUser.doublings, perItem.doublings)}
        of={perUser}
      />
    </details>
  );
}

interface PlotProps {
  readonly label: string;
  readonly title: React.ReactNode;
  readonly draw: (host: HTMLElement) => uPlot;
  /** Drawn anew when this is another. */
  readonly of: object;
}

function Plot({ label, title, draw, of }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const newest = useRef(draw);
  newest.current = draw;
  const theme = useWorkbench((state) => state.looks.theme);
  useEffect(() => {
    const element = host.current;
    if (!element || !of || !theme) return undefined;
    let plot = newest.current(element);
    const fit = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: plotHeight }));
    fit.observe(element);
    // The system may turn dark: all colours are new.
    const system = matchMedia('(prefers-color-scheme: dark)');
    const again = () => {
      plot.destroy();
      plot = newest.current(element);
    };
    system.addEventListener('change', again);
    return () => {
      system.removeEventListener('change', again);
      fit.disconnect();
      plot.destroy();
    };
  }, [of, theme]);
  return (
    <figure className="audit-plot">
      <figcaption>{title}</figcaption>
      <div ref={host} role="img" aria-label={label} />
    </figure>
  );
}

const plotHeight = 78;

const short = (value: number) =>
  Math.abs(value) >= 1e6
    ? `${+(value / 1e6).toPrecision(2)}M`
    : Math.abs(value) >= 1e3
      ? `${+(value / 1e3).toPrecision(2)}k`
      : String(+value.toPrecision(3));

function colourOf(host: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  host.append(probe);
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function axes(host: HTMLElement): uPlot.Axis[] {
  const [muted, grid] = ['--muted', '--grid'].map((name) => colourOf(host, name));
  const common = {
    font: `10px ${getComputedStyle(host).fontFamily}`,
    stroke: muted,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    values: (_: uPlot, splits: (number | null)[]) =>
      splits.map((value) => (value === null ? '' : short(value))),
  };
  return [
    { ...common, size: 18, gap: 3, space: 30 },
    { ...common, size: 32, gap: 3, space: 22 },
  ];
}

const options = (host: HTMLElement) => ({
  width: Math.max(100, host.clientWidth),
  height: plotHeight,
  padding: [7, 6, 0, 0] as uPlot.Padding,
  legend: { show: false },
  cursor: { show: false },
  axes: axes(host),
});

function drawHistogram(host: HTMLElement, histogram: AuditReport['histogram']): uPlot {
  const accent = colourOf(host, '--accent');
  const [first, second] = histogram.map(({ value }) => value);
  const width = (second ?? first + 1) - first;
  const bars = uPlot.paths.bars?.({ size: [0.8, 40] });
  return new uPlot(
    {
      ...options(host),
      scales: {
        x: { time: false, range: (_, min, max) => [min - width / 2, max + width / 2] },
        y: { range: (_, _min, max) => [0, max * 1.05] },
      },
      series: [
        {},
        {
          fill: accent,
          width: 0,
          points: { show: false },
          ...(bars ? { paths: bars } : {}),
        },
      ],
    },
    [histogram.map(({ value }) => value), histogram.map(({ count }) => count)],
    host,
  );
}

/** Powers of ten only. */
const decades: uPlot.Axis.Filter = (_, splits) =>
  splits.map((value) => (value !== null && Number.isInteger(Math.log10(value)) ? value : null));

/** Points at the geometric middle of each doubling; none where there is nobody. */
function drawDoublings(host: HTMLElement, users: readonly number[], items: readonly number[]): uPlot {
  const length = Math.max(users.length, items.length, 1);
  const x = Array.from({ length }, (_, i) => (i === 0 ? 1 : 2 ** i * Math.SQRT2));
  const y = (counts: readonly number[]) => x.map((_, i) => counts[i] || null);
  const series = (name: string): uPlot.Series => {
    const stroke = colourOf(host, name);
    return { stroke, width: 1.25, points: { show: true, size: 4, fill: stroke } };
  };
  const common = options(host);
  return new uPlot(
    {
      ...common,
      axes: common.axes.map((axis) => ({
        ...axis,
        filter: decades,
        grid: { ...axis.grid, filter: decades },
      })),
      scales: {
        x: { time: false, distr: 3, range: (_, _min, max) => [1, Math.max(10, max * 1.2)] },
        y: { distr: 3, range: (_, min, max) => [Math.min(1, min), Math.max(10, max * 1.5)] },
      },
      series: [{}, series('--text'), series('--accent')],
    },
    [x, y(users), y(items)],
    host,
  );
}
