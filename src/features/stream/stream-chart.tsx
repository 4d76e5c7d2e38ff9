import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { MethodId } from '../../methods/method';
import { measure } from '../../metrics/metric';
import { rmse } from '../../metrics/rmse';
import 'uplot/dist/uPlot.min.css';
import { type ColdPolicy, coldPolicies } from '../../metrics/tally';
import type { StreamLab, StreamLooks } from '../../state/stream-lab';
import { lastBefore } from '../chart/chart-data';
import '../chart/chart.css';
import { useWorkbench } from '../workbench-context';
import { counted, digits, methodNames, policyNames } from './names';
import { errorRange, streamChart } from './stream-chart-data';
import { useLab, useStream } from './stream-context';

const errorNames: [StreamLooks['error'], string][] = [
  ['validation', 'Validation'],
  ['prequential', 'Prequential'],
];
const costNames: [StreamLooks['cost'], string, string][] = [
  ['seconds', 'ms per batch', 'ms of compute per batch'],
  ['kept', 'ratings kept', 'ratings kept in memory'],
  ['coverage', 'coverage', '% of pairs known'],
];

/** The error of every method after each batch, as in the post; the dashed line is batch ALS on everything. */
export function StreamChart() {
  const { workbenchTheme, methods, looks, facts } = useInputs();
  const { lab, stream } = useStream();
  const host = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  // A theme changes every colour, looks and methods every line: the chart is made anew.
  useEffect(
    () =>
      host.current && readout.current && workbenchTheme && methods && facts
        ? drawChart(lab, host.current, readout.current, methods, looks)
        : undefined,
    [lab, workbenchTheme, methods, looks, facts],
  );
  const shownError = facts?.validationCount === 0 ? 'prequential' : looks.error;
  return (
    <section className="chart stream-chart" aria-label="Stream chart">
      <header className="chart-head">
        <h2>RMSE</h2>
        <fieldset className="choices">
          <legend className="visually-hidden">Error shown</legend>
          {errorNames.map(([id, name]) => (
            <label key={id}>
              <input
                type="radio"
                name="Error shown"
                checked={shownError === id}
                disabled={id === 'validation' && facts?.validationCount === 0}
                onChange={() => stream.look({ error: id })}
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {shownError === 'prequential' && (
          <label className="chart-choice">
            over the last
            <select
              aria-label="Window of prequential errors"
              value={looks.window}
              onChange={(event) => stream.look({ window: Number(event.currentTarget.value) })}
            >
              {[1000, 5000, 20_000, 100_000].map((window) => (
                <option key={window} value={window}>
                  {counted(window)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="chart-choice">
          cold pairs
          <select
            aria-label="Cold pairs"
            value={looks.policy}
            title="What stands for a prediction where a user or an item is not known yet"
            onChange={(event) => stream.look({ policy: event.currentTarget.value as ColdPolicy })}
          >
            {coldPolicies.map((policy) => (
              <option key={policy} value={policy}>
                {policyNames[policy]}
              </option>
            ))}
          </select>
        </label>
        <label className="chart-choice">
          dotted
          <select
            aria-label="Second axis"
            value={looks.cost}
            onChange={(event) => stream.look({ cost: event.currentTarget.value as StreamLooks['cost'] })}
          >
            {costNames.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p className="chart-readout" ref={readout} />
      </header>
      <div
        className="chart-host"
        ref={host}
        role="img"
        aria-label="Error of every method as ratings arrive"
      />
    </section>
  );
}

function useInputs() {
  return {
    workbenchTheme: useWorkbench((state) => state.looks.theme),
    methods: useLab((state) => state.config?.methods ?? null),
    looks: useLab((state) => state.looks),
    facts: useLab((state) => state.facts),
  };
}

const short = (value: number) =>
  Math.abs(value) >= 1e6
    ? `${+(value / 1e6).toPrecision(3)} M`
    : Math.abs(value) >= 1e4
      ? `${+(value / 1e3).toPrecision(3)} k`
      : String(+value.toPrecision(4));

/** From one drawing to the next, at least. */
const chartMilliseconds = 60;

/** Draws the chart and keeps it true to the store. Returns how to end it. */
function drawChart(
  lab: StreamLab,
  host: HTMLElement,
  readout: HTMLElement,
  methods: readonly MethodId[],
  chosen: StreamLooks,
): () => void {
  const unmeasured = lab.getState().facts?.validationCount === 0;
  const looks: StreamLooks = unmeasured ? { ...chosen, error: 'prequential' } : chosen;
  const probe = document.createElement('i');
  host.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ofMethod = methods.map((method) => colour(`--method-${method}`));
  const [muted, grid, reference, ink, halo] = ['--muted', '--grid', '--reference', '--text', '--surface'].map(
    colour,
  );
  probe.remove();
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  let columns = streamChart(methods, looks);
  let from = lab.getState().moments;
  columns.add(from);
  const size = () => ({ width: Math.max(200, host.clientWidth), height: Math.max(110, host.clientHeight) });
  const axis = { font, labelFont: font, stroke: muted, labelSize: 18, ticks: { stroke: grid, size: 4 } };
  const cost = costNames.find(([id]) => id === looks.cost);
  const plot = new uPlot(
    {
      ...size(),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => [0, Math.max(1, lab.getState().facts?.count ?? 1)] },
        y: { range: () => errorRange(columns.data.slice(1, 1 + methods.length), dashed(lab, looks)) },
        cost: {
          range: (_, __, max) => [0, Math.max(looks.cost === 'coverage' ? 100 : 1e-3, 1.1 * (max ?? 1))],
        },
      },
      axes: [
        {
          ...axis,
          label: 'ratings that have arrived',
          size: 30,
          grid: { stroke: grid },
          values: (_, splits) => splits.map(short),
        },
        {
          ...axis,
          label: looks.error === 'validation' ? 'validation RMSE' : 'prequential RMSE',
          size: 48,
          grid: { stroke: grid },
          values: (_, splits) => splits.map(short),
        },
        {
          ...axis,
          label: cost?.[2] ?? '',
          scale: 'cost',
          side: 1,
          size: 48,
          grid: { show: false },
          values: (_, splits) => splits.map(short),
        },
      ],
      series: [
        {},
        ...methods.map((method, i) => ({
          label: methodNames[method],
          stroke: ofMethod[i],
          width: 1.75,
          spanGaps: true,
          // A line of a few moments is hardly seen.
          points: { show: (u: uPlot) => u.data[0].length < 12, size: 5, fill: ofMethod[i] },
        })),
        ...methods.map((method, i) => ({
          label: methodNames[method],
          stroke: ofMethod[i],
          width: 1,
          dash: [1, 3],
          scale: 'cost',
          spanGaps: true,
          points: { show: false },
        })),
      ],
      hooks: {
        draw: [(u) => drawLines(u, lab, looks, { line: reference, ink, halo }, font)],
        setCursor: [() => read()],
      },
    },
    columns.data as uPlot.AlignedData,
    host,
  );

  function read() {
    const index = plot.cursor.idx;
    const text =
      index === null || index === undefined
        ? ''
        : `after ${counted(plot.data[0][index])}: ${methods
            .map((method, i) => `${methodNames[method]} ${digits(lastBefore(columns.data[1 + i], index))}`)
            .join(' · ')}`;
    if (readout.textContent !== text) readout.textContent = text;
  }

  let frame = 0;
  let drawn = '';
  let last = 0;
  const update = () => {
    frame = 0;
    // A chart that is drawn on need not move with every frame; the matrices need theirs.
    if (performance.now() - last < chartMilliseconds) return request();
    const { moments, momentCount, facts, shown } = lab.getState();
    const key = `${momentCount} ${facts?.count} ${shown}`;
    if (key === drawn && moments === from) return;
    drawn = key;
    last = performance.now();
    if (moments !== from) columns = streamChart(methods, looks);
    from = moments;
    columns.add(moments);
    plot.setData(columns.data as uPlot.AlignedData);
    read();
  };
  const request = () => {
    frame ||= requestAnimationFrame(update);
  };
  const unsubscribe = lab.subscribe(request);
  const observer = new ResizeObserver(() => plot.setSize(size()));
  observer.observe(host);
  request();
  return () => {
    unsubscribe();
    observer.disconnect();
    cancelAnimationFrame(frame);
    plot.destroy();
  };
}

/** The error of batch ALS on everything; null where nothing is held out, or errors are not on validation ratings. */
function dashed(lab: StreamLab, { policy, error }: StreamLooks): number | null {
  const { facts } = lab.getState();
  return error === 'validation' ? measure(rmse, facts?.batchAls.validation ?? [], policy) : null;
}

/** The dashed line, where taste turned, and the moment that is shown. */
function drawLines(
  u: uPlot,
  lab: StreamLab,
  looks: StreamLooks,
  { line, ink, halo }: { line: string; ink: string; halo: string },
  font: string,
) {
  const { ctx, bbox } = u;
  const { facts, shown, moments } = lab.getState();
  if (!facts) return;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
  ctx.lineWidth = ratio;
  ctx.strokeStyle = line;
  const write = (words: string, x: number, y: number) => {
    ctx.setLineDash([]);
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = halo;
    ctx.strokeText(words, x, y);
    ctx.fillStyle = ink;
    ctx.fillText(words, x, y);
    ctx.lineWidth = ratio;
    ctx.strokeStyle = line;
  };
  const stroke = (x: number, y: number, toX: number, toY: number, dash: number[]) => {
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(toX, toY);
    ctx.stroke();
  };
  const value = dashed(lab, looks);
  if (value !== null) {
    const y = u.valToPos(value, 'y', true);
    stroke(bbox.left, y, bbox.left + bbox.width, y, [6, 5]);
    ctx.textAlign = 'right';
    const below = y + 18 * ratio < bbox.top + bbox.height;
    const label = `batch ALS on all the data ${digits(value)}`;
    write(label, bbox.left + bbox.width - 6 * ratio, below ? y + 14 * ratio : y - 6 * ratio);
  }
  ctx.textAlign = 'left';
  const upright = (ratings: number, words: string, dash: number[]) => {
    const x = Math.round(u.valToPos(ratings, 'x', true));
    stroke(x, bbox.top, x, bbox.top + bbox.height, dash);
    if (words) write(words, x + 4 * ratio, bbox.top + 12 * ratio);
  };
  if (facts.driftsFrom < facts.count) upright(facts.driftsFrom, 'taste turns', []);
  if (shown !== null) upright(moments.findLast(({ batch }) => batch <= shown)?.ratings ?? 0, '', [2, 2]);
  ctx.restore();
}
