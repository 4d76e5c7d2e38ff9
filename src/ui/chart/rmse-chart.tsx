import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartAxis, Looks, Workbench } from '../../state/workbench';
import { useBench, useWorkbench } from '../workbench-context';
import './chart.css';
import { chartData, lastBefore } from './chart-data';
import { referenceLines, valueRange } from './reference-lines';

const axes: [ChartAxis, string][] = [
  ['step', 'Step'],
  ['observations', 'Ratings seen'],
  ['seconds', 'Seconds'],
];
const axisTitles: Record<ChartAxis, string> = {
  step: 'iterations / epochs',
  observations: 'ratings seen',
  seconds: 'seconds of compute',
};
const seriesNames = ['ALS train', 'ALS validation', 'B-SGD train', 'B-SGD validation'];

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
        ? drawChart(workbench, host.current, readout.current, axis, scale)
        : undefined,
    [workbench, axis, scale, theme],
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

const short = (value: number) =>
  Math.abs(value) >= 1e6
    ? `${+(value / 1e6).toPrecision(3)} M`
    : Math.abs(value) >= 1e4
      ? `${+(value / 1e3).toPrecision(3)} k`
      : String(+value.toPrecision(4));

/** Draws the chart and keeps it true to the store, at most once a frame. Returns how to end it. */
function drawChart(
  workbench: Workbench,
  host: HTMLElement,
  readout: HTMLElement,
  axis: ChartAxis,
  scale: Looks['chartScale'],
): () => void {
  const style = getComputedStyle(host);
  const probe = document.createElement('i');
  host.append(probe);
  /** Custom properties may hold light-dark(): asked of an element, they come as a colour. */
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const [als, sgd, muted, grid, reference, text, surface] = [
    '--als',
    '--sgd',
    '--muted',
    '--grid',
    '--reference',
    '--text',
    '--surface',
  ].map(colour);
  probe.remove();
  const font = `12px ${style.fontFamily}`;
  const log = scale === 'log';
  const line = (
    label: string,
    stroke: string,
    dash: number[] | undefined,
    points: boolean,
  ): uPlot.Series => ({
    label,
    stroke,
    width: dash ? 1.25 : 1.75,
    ...(dash ? { dash } : {}),
    spanGaps: true,
    points: { show: points, size: 5, fill: stroke },
  });
  const options: uPlot.Options = {
    width: Math.max(200, host.clientWidth),
    height: Math.max(110, host.clientHeight),
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: {
        time: false,
        range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(max ?? 1, axis === 'step' ? 1 : 1e-3)],
      },
      y: {
        distr: log ? 3 : 1,
        range: (u) =>
          valueRange(
            referenceLines(workbench.getState()),
            (u.data as ReturnType<typeof chartData>).slice(1) as (number | null)[][],
            log,
          ),
      },
    },
    axes: [
      {
        label: axisTitles[axis],
        labelSize: 18,
        size: 30,
        font,
        labelFont: font,
        stroke: muted,
        grid: { stroke: grid },
        ticks: { stroke: grid, size: 4 },
        values: (_, splits) => splits.map(short),
      },
      {
        label: 'rating units',
        labelSize: 18,
        size: 48,
        font,
        labelFont: font,
        stroke: muted,
        grid: { stroke: grid },
        ticks: { stroke: grid, size: 4 },
        values: (_, splits) => splits.map((value) => (value === null ? '' : short(value))),
      },
    ],
    series: [
      {},
      line(seriesNames[0], als, undefined, true),
      line(seriesNames[1], als, [5, 4], false),
      line(seriesNames[2], sgd, undefined, false),
      line(seriesNames[3], sgd, [5, 4], false),
    ],
    hooks: {
      draw: [(u) => drawReferences(u, workbench, { line: reference, ink: text, halo: surface }, font)],
      setCursor: [(u) => showReadout(u, readout)],
    },
  };
  const plot = new uPlot(
    options,
    chartData(
      workbench.getState().runs.als.timeline,
      workbench.getState().runs.sgd.timeline,
      axis,
    ) as uPlot.AlignedData,
    host,
  );
  let frame = 0;
  let drawn = '';
  const update = () => {
    frame = 0;
    const { runs, floor, data } = workbench.getState();
    const key = `${runs.als.moments} ${runs.sgd.moments} ${runs.als.status} ${runs.sgd.status} ${floor?.least} ${floor?.regularised} ${data?.references.mean} ${runs.sgd.timeline.marks.length} ${runs.als.timeline.marks.length}`;
    if (key === drawn) return;
    drawn = key;
    plot.setData(chartData(runs.als.timeline, runs.sgd.timeline, axis) as uPlot.AlignedData);
    showReadout(plot, readout);
  };
  const request = () => {
    frame ||= requestAnimationFrame(update);
  };
  const unsubscribe = workbench.subscribe(request);
  const observer = new ResizeObserver(() =>
    plot.setSize({ width: Math.max(200, host.clientWidth), height: Math.max(110, host.clientHeight) }),
  );
  observer.observe(host);
  return () => {
    unsubscribe();
    observer.disconnect();
    cancelAnimationFrame(frame);
    plot.destroy();
  };
}

/** Dashed reference lines with their labels, and thin lines where a setting changed. */
function drawReferences(
  u: uPlot,
  workbench: Workbench,
  { line, ink, halo }: { line: string; ink: string; halo: string },
  font: string,
) {
  const { ctx, bbox } = u;
  const state = workbench.getState();
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
  ctx.lineWidth = ratio;
  const dash = [6 * ratio, 5 * ratio];
  /** Words over curves: a halo of the surface keeps them legible. */
  const write = (words: string, x: number, y: number) => {
    ctx.setLineDash([]);
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = halo;
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
    ctx.lineWidth = ratio;
    ctx.strokeStyle = line;
  };
  ctx.strokeStyle = line;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  let taken = Number.NEGATIVE_INFINITY;
  for (const { value, label } of referenceLines(state).sort((a, b) => b.value - a.value)) {
    const y = u.valToPos(value, 'y', true);
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const above = y - 5 * ratio;
    const baseline = above - 12 * ratio < taken ? y + 14 * ratio : above;
    ctx.fillStyle = ink;
    write(`${label} ${Number(value.toPrecision(4))}`, bbox.left + bbox.width - 6 * ratio, baseline);
    taken = baseline;
  }
  ctx.setLineDash([]);
  ctx.textAlign = 'left';
  const { chartAxis } = state.looks;
  for (const mark of state.runs.sgd.timeline.marks) {
    const x = Math.round(u.valToPos(mark[chartAxis], 'x', true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    write(mark.label, x + 4 * ratio, bbox.top + 12 * ratio);
  }
  ctx.restore();
}

/** The values under the cursor, or the newest. */
function showReadout(u: uPlot, readout: HTMLElement) {
  const index = u.cursor.idx ?? u.data[0].length - 1;
  const parts = seriesNames.flatMap((name, i) => {
    const value = lastBefore(u.data[i + 1] as (number | null)[], index);
    return value === null ? [] : [`${name} ${short(value)}`];
  });
  const at = u.cursor.idx === null || u.cursor.idx === undefined ? '' : `at ${short(u.data[0][index])}: `;
  const text = at ? at + parts.join(' · ') : '';
  if (readout.textContent !== text) readout.textContent = text;
}
