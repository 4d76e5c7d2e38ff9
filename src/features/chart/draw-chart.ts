import uPlot from 'uplot';
import { type Chart, type ChartAxis, type Curve, strokes } from '../../draw/chart/chart';
import { short } from '../../words/numbers';
import { aligned, lastBefore } from './aligned';
import { drawEnds } from './draw-ends';
import { drawMarkers } from './draw-markers';
import { drawOver, drawPast } from './draw-over';
import { type Inks, inksOf } from './inks';
import { cursorOn, scrubOn } from './scrubbing';
import { walked } from './walking';

/** Where a chart on the page comes from. */
export interface ChartSource {
  /** The chart as it is now: the very same as before where nothing of it has changed; null: nothing to draw yet. */
  chart(): Chart | null;
  subscribe(changed: () => void): () => void;
  /** Words for a place that is pointed at, and the value of each curve of the first axis there. */
  readOut(place: number, values: readonly { readonly name: string; readonly value: number | null }[]): string;
  /** Words where nothing is pointed at. */
  idle?(): string;
  /** Where a line stands across the chart; null: nowhere. */
  cursor?(): number | null;
  /** Pressing on the chart, and dragging, looks at what was there. */
  scrub?(place: number): void;
  /** Milliseconds from one drawing to the next, at least. */
  readonly rest?: number;
}

interface Plot {
  readonly u: uPlot;
  /** Which chart it can show: another one needs another plot. */
  readonly layout: string;
  showCursor(at: number | null): void;
  end(): void;
}

/** A chart on the page. */
export interface DrawnChart {
  /** Takes a key to the crosshair, which it moves from place to place; whether it had a meaning. */
  key(key: string): boolean;
  /** Leaves the crosshair that keys have moved. */
  leave(): void;
  end(): void;
}

/** Draws a chart and keeps it true to its source, at most once a frame. */
export function drawChart(source: ChartSource, host: HTMLElement, readout: HTMLElement): DrawnChart {
  const inks = inksOf(host);
  let chart: Chart | null = null;
  let plot: Plot | null = null;
  let frame = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** The place that keys have brought the crosshair to. */
  let walkedTo: number | null = null;

  function read() {
    const text = chart && plot ? readoutOf(source, chart, plot.u) : '';
    if (readout.textContent !== text) readout.textContent = text;
  }
  /** Brings the crosshair to where keys have led; the host, a slider for who listens, says where that is. */
  function point() {
    if (!plot || walkedTo === null) return;
    const { u } = plot;
    u.setCursor({ left: u.valToPos(walkedTo, 'x'), top: u.over.clientHeight / 2 });
    host.setAttribute('aria-valuemax', String(u.data[0].length - 1));
    host.setAttribute('aria-valuenow', String(u.valToIdx(walkedTo)));
    host.setAttribute('aria-valuetext', readoutOf(source, chart!, u));
  }
  function key(pressed: string): boolean {
    const [places] = plot?.u.data ?? [[]];
    if (pressed === 'Enter' && walkedTo !== null && source.scrub) {
      source.scrub(walkedTo);
      return true;
    }
    const from = walkedTo === null ? places.length : plot!.u.valToIdx(walkedTo);
    const to = walked(pressed, from, places.length);
    if (to === null) return false;
    walkedTo = places[to];
    point();
    return true;
  }
  function draw(next: Chart) {
    chart = next;
    const layout = layoutOf(next);
    if (plot?.layout === layout) plot.u.setData(aligned(current(next)) as uPlot.AlignedData);
    else {
      plot?.end();
      plot = plotOf(source, layout, () => chart ?? next, host, inks, read);
    }
    point();
  }
  function update() {
    frame = 0;
    if (performance.now() - drawnAt < (source.rest ?? 0)) return request();
    const next = source.chart();
    if (next && next !== chart) {
      drawnAt = performance.now();
      draw(next);
    }
    plot?.showCursor(source.cursor?.() ?? null);
    read();
  }
  function request() {
    frame ||= requestAnimationFrame(update);
  }
  update();
  const unsubscribe = source.subscribe(request);
  const observer = new ResizeObserver(() => {
    plot?.u.setSize(sizeOf(host));
    plot?.showCursor(source.cursor?.() ?? null);
    point();
  });
  observer.observe(host);
  return {
    key,
    leave() {
      if (walkedTo === null) return;
      walkedTo = null;
      plot?.u.setCursor({ left: -10, top: -10 });
    },
    end() {
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(frame);
      plot?.end();
    },
  };
}

const current = ({ curves }: Chart): Curve[] => curves.filter(({ past }) => !past);

/** What cannot be changed once a plot is there. */
function layoutOf(chart: Chart): string {
  const axes = [chart.across, ...chart.values].map(({ title, log }) => [title, log]);
  const lines = current(chart).map(({ name, colour, stroke, by }) => [name, colour, stroke, by]);
  return JSON.stringify([axes, lines]);
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: clientWidth,
  height: clientHeight,
});

/** @param now the chart as it is: of the same layout for as long as the plot is there */
function plotOf(
  source: ChartSource,
  layout: string,
  now: () => Chart,
  host: HTMLElement,
  inks: Inks,
  read: () => void,
): Plot {
  const { across, values } = now();
  const u = new uPlot(
    {
      ...sizeOf(host),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => [...now().across.range] },
        ...Object.fromEntries(values.map((axis, i) => [scaleOf(i), scaleBy(axis, () => now().values[i])])),
      },
      axes: [axisOf(across, 30, inks), ...values.map((axis, i) => valueAxisOf(axis, i, inks))],
      series: [{}, ...current(now()).map((curve, i) => seriesOf(curve, () => current(now())[i], inks))],
      hooks: {
        drawAxes: [(drawn) => drawPast(drawn, now(), inks)],
        draw: [
          (drawn) => drawMarkers(drawn, now(), inks),
          (drawn) => drawOver(drawn, now(), inks),
          (drawn) => drawEnds(drawn, now(), inks),
        ],
        setCursor: [read],
      },
    },
    aligned(current(now())) as uPlot.AlignedData,
    host,
  );
  const stopScrubbing = source.scrub ? scrubOn(u, source.scrub) : () => {};
  return {
    u,
    layout,
    showCursor: cursorOn(u),
    end() {
      stopScrubbing();
      u.destroy();
    },
  };
}

const scaleOf = (axis: number) => (axis === 0 ? 'y' : `y${axis}`);

const scaleBy = ({ log }: ChartAxis, now: () => ChartAxis): uPlot.Scale => ({
  distr: log ? 3 : 1,
  range: () => [...now().range],
});

function axisOf({ title }: ChartAxis, size: number, { font, large, muted, grid }: Inks): uPlot.Axis {
  return {
    label: title,
    labelSize: 18 * large,
    size: size * large,
    font: font(1),
    labelFont: font(1),
    stroke: muted,
    grid: { stroke: grid },
    ticks: { stroke: grid, size: 4 },
    // On a logarithmic scale some ticks have no words.
    values: (_, splits) => splits.map((value) => (value === null ? '' : short(value))),
  };
}

function valueAxisOf(axis: ChartAxis, i: number, inks: Inks): uPlot.Axis {
  const atTheLeft = { ...axisOf(axis, 48, inks), scale: scaleOf(i) };
  return i === 0 ? atTheLeft : { ...atTheLeft, side: 1, grid: { show: false } };
}

function seriesOf({ name, colour, stroke, by = 0 }: Curve, now: () => Curve, inks: Inks): uPlot.Series {
  const { width, dash } = strokes[stroke];
  const ink = inks.colour(colour);
  return {
    label: name,
    scale: scaleOf(by),
    stroke: ink,
    width,
    ...(dash.length > 0 ? { dash } : {}),
    spanGaps: true,
    points: { show: () => now().dots ?? false, size: 5, fill: ink },
  };
}

/** The values of the curves at the pointer; else what there is to say of the whole. */
function readoutOf(source: ChartSource, chart: Chart, { data, cursor: { idx } }: uPlot): string {
  if (idx === null || idx === undefined) return source.idle?.() ?? '';
  const values = current(chart).flatMap(({ name, by = 0 }, i) =>
    by === 0 ? [{ name, value: lastBefore(data[1 + i] as (number | null)[], idx) }] : [],
  );
  return source.readOut(data[0][idx], values);
}
