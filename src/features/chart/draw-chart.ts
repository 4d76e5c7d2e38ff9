import uPlot from 'uplot';
import { metrics } from '../../metrics';
import type { Looks } from '../../state/looks';
import type { ChartAxis, Workbench } from '../../state/workbench';
import type { Actions } from '../actions';
import { chartData } from './chart-data';
import { drawMarks } from './draw-marks';
import { drawReferences } from './draw-references';
import { drawPast, pastEnd, visiblePast } from './past-curves';
import { seriesNames, short, showReadout } from './readout';
import { referenceLines, valueRange } from './reference-lines';
import { cursorOn, scrubOn } from './scrubbing';

export { seriesNames };

const axisTitles: Record<ChartAxis, string> = {
  step: 'iterations / epochs',
  observations: 'ratings seen',
  flops: 'floating-point operations',
  seconds: 'seconds of compute',
};

/** Draws the chart and keeps it true to the store, at most once a frame. Returns how to end it. */
export function drawChart(
  workbench: Workbench,
  actions: Actions,
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
        range: (_, min, max) => [
          Math.min(0, min ?? 0),
          Math.max(max ?? 1, axis === 'step' ? 1 : 1e-3, pastEnd(workbench.getState())),
        ],
      },
      y: {
        distr: log ? 3 : 1,
        range: (u) =>
          valueRange(
            referenceLines(workbench.getState()),
            [
              ...((u.data as ReturnType<typeof chartData>).slice(1) as (number | null)[][]),
              ...visiblePast(workbench.getState()).map(({ timeline }) =>
                timeline.column('train', metrics[0]),
              ),
            ],
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
      drawAxes: [(u) => drawPast(u, workbench.getState())],
      draw: [
        (u) => drawReferences(u, workbench, { line: reference, ink: text, halo: surface }, font),
        (u) => drawMarks(u, workbench.getState(), text, font),
      ],
      setCursor: [(u) => showReadout(u, workbench.getState(), readout)],
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
  let drawnShelf = workbench.getState().shelf;
  let drawnMarks = workbench.getState().marks;
  const stopScrubbing = scrubOn(plot, workbench, actions);
  const showCursor = cursorOn(plot);
  const update = () => {
    frame = 0;
    const state = workbench.getState();
    const { runs, floor, data, shelf, marks } = state;
    showReadout(plot, state, readout);
    const key = `${runs.als.moments} ${runs.sgd.moments} ${runs.als.status} ${runs.sgd.status} ${floor?.least} ${floor?.regularised} ${data?.references.mean} ${runs.sgd.timeline.marks.length} ${runs.als.timeline.marks.length}`;
    if (key === drawn && shelf === drawnShelf && marks === drawnMarks) return showCursor(state.at);
    drawn = key;
    drawnShelf = shelf;
    drawnMarks = marks;
    plot.setData(chartData(runs.als.timeline, runs.sgd.timeline, axis) as uPlot.AlignedData);
    showCursor(state.at);
  };
  const request = () => {
    frame ||= requestAnimationFrame(update);
  };
  const unsubscribe = workbench.subscribe(request);
  const observer = new ResizeObserver(() => {
    plot.setSize({ width: Math.max(200, host.clientWidth), height: Math.max(110, host.clientHeight) });
    showCursor(workbench.getState().at);
  });
  observer.observe(host);
  return () => {
    unsubscribe();
    stopScrubbing();
    observer.disconnect();
    cancelAnimationFrame(frame);
    plot.destroy();
  };
}
