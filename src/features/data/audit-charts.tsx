import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { AuditReport } from '../../ratings/audit';
import type { RatingInfo } from '../../ratings/rating-set';
import type { LoadedData } from '../../state/loaded-data';
import { short } from '../../words/numbers';
import { type Inks, inksOf } from '../chart/inks';
import { useDark } from '../workbench-context';

/** How often each rating occurs, and how many users and items have how many ratings (log-log). */
export function AuditCharts({
  audit: { histogram, perUser, perItem },
  scale,
}: Pick<LoadedData, 'audit'> & Pick<RatingInfo, 'scale'>) {
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

function Plot({
  label,
  title,
  draw,
  of,
}: {
  readonly label: string;
  readonly title: React.ReactNode;
  readonly draw: (host: HTMLElement) => uPlot;
  /** Drawn anew when this is another. */
  readonly of: object;
}) {
  const host = useRef<HTMLDivElement>(null);
  const newest = useRef(draw);
  newest.current = draw;
  const theme = useDark() ? 'dark' : 'light';
  useEffect(() => {
    const element = host.current;
    if (!element || !of || !theme) return undefined;
    const plot = newest.current(element);
    const fit = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: plotHeight }));
    fit.observe(element);
    return () => {
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

function axes({ muted, grid, font }: Inks): uPlot.Axis[] {
  const common = {
    font: font(10 / 12),
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

const options = (host: HTMLElement, inks: Inks) => ({
  width: Math.max(100, host.clientWidth),
  height: plotHeight,
  padding: [7, 6, 0, 0] as uPlot.Padding,
  legend: { show: false },
  cursor: { show: false },
  axes: axes(inks),
});

function drawHistogram(host: HTMLElement, histogram: AuditReport['histogram']): uPlot {
  const inks = inksOf(host);
  const [first, second] = histogram.map(({ value }) => value);
  const width = (second ?? first + 1) - first;
  const bars = uPlot.paths.bars?.({ size: [0.8, 40] });
  return new uPlot(
    {
      ...options(host, inks),
      scales: {
        x: { time: false, range: (_, min, max) => [min - width / 2, max + width / 2] },
        y: { range: (_, _min, max) => [0, max * 1.05] },
      },
      series: [
        {},
        {
          fill: inks.colour('var(--accent)'),
          width: 0,
          points: { show: false },
          ...(bars && { paths: bars }),
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
  const series = (stroke: string): uPlot.Series => ({
    stroke,
    width: 1.25,
    points: { show: true, size: 4, fill: stroke },
  });
  const inks = inksOf(host);
  const common = options(host, inks);
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
      series: [{}, series(inks.ink), series(inks.colour('var(--accent)'))],
    },
    [x, y(users), y(items)],
    host,
  );
}
