import uPlot from 'uplot';
import { type Chart, type ChartAxis, type Curve, strokes } from '../../draw/chart/chart';
import { short } from '../../words/numbers';
import { aligned, lastBefore } from './aligned';
import { drawEnds, roomOf } from './draw-ends';
import { drawMarkers } from './draw-markers';
import { drawOver, drawPast } from './draw-over';
import { type End, endsOf } from './ends';
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

/**
 * Draws a chart and keeps it true to its source, at most once a frame.
 *
 * @param explain takes the words at the ends of lines that have no room there, whenever these change
 */
export function drawChart(
  source: ChartSource,
  host: HTMLElement,
  readout: HTMLElement,
  explain: (ends: readonly End[]) => void,
): DrawnChart {
  const inks = inksOf(host);
  let chart: Chart | null = null;
  let plot: Plot | null = null;
  let frame = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** The place that keys have brought the crosshair to. */
  let walkedTo: number | null = null;
  let explained = '';

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
  function explainEnds(ends: readonly End[]) {
    const words = JSON.stringify(ends.map((end) => ({ ...end, at: 0, value: 0 })));
    if (words === explained) return;
    explained = words;
    explain(ends);
  }
  function draw(next: Chart) {
    chart = next;
    const isRoomy = roomBeside(next, host, inks) > 0;
    explainEnds(isRoomy ? [] : endsOf(next));
    const layout = layoutOf(next, isRoomy);
    if (plot?.layout === layout) plot.u.setData(aligned(current(next)) as uPlot.AlignedData);
    else {
      plot?.end();
      plot = plotOf(source, { layout, isRoomy }, () => chart ?? next, host, inks, read);
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
    if (chart) draw(chart);
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
function layoutOf(chart: Chart, isRoomy: boolean): string {
  const axes = [chart.across, ...chart.values].map(({ title, log }) => [title, log]);
  const lines = current(chart).map(({ name, colour, stroke, by }) => [name, colour, stroke, by]);
  return JSON.stringify([axes, lines, isRoomy]);
}

/** How wide the ticks of a value axis and its title are; and how high those of the other one. CSS pixels. */
const [valueSize, titleSize, placeSize] = [48, 16, 24];

/** How wide the plot of a chart is, with what is written beside its curves. */
const wideOf = ({ values }: Chart, host: HTMLElement, { large }: Inks): number =>
  host.clientWidth - values.length * (valueSize + titleSize) * large;

/** What of it is for the words beside the curves. */
const roomBeside = (chart: Chart, host: HTMLElement, inks: Inks): number =>
  roomOf(chart, wideOf(chart, host, inks), inks);

/** From where a chart begins to where it ends, in its units, with the room beside its curves. */
function rangeBeside(chart: Chart, host: HTMLElement, inks: Inks): uPlot.Range.MinMax {
  const [from, to] = chart.across.range;
  const room = roomBeside(chart, host, inks);
  return [from, to + ((to - from) * room) / (wideOf(chart, host, inks) - room)];
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: clientWidth,
  height: clientHeight,
});

/** @param now the chart as it is: of the same layout for as long as the plot is there */
function plotOf(
  source: ChartSource,
  { layout, isRoomy }: { readonly layout: string; readonly isRoomy: boolean },
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
      // Above the curves is what happened on the way.
      padding: [14 * inks.large, values.length > 1 ? null : 6, null, null],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => rangeBeside(now(), host, inks) },
        ...Object.fromEntries(values.map((axis, i) => [scaleOf(i), scaleBy(axis, () => now().values[i])])),
      },
      axes: [
        placesOf(across, isRoomy, () => now().across.range[1], inks),
        ...values.map((axis, i) => valueAxisOf(axis, i, inks)),
      ],
      series: [{}, ...current(now()).map((curve, i) => seriesOf(curve, () => current(now())[i], inks))],
      hooks: {
        drawAxes: [(drawn) => drawPast(drawn, now(), inks)],
        draw: [
          (drawn) => drawMarkers(drawn, now(), inks),
          (drawn) => drawOver(drawn, now(), inks),
          (drawn) => isRoomy && drawEnds(drawn, now(), inks),
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

function axisOf(size: number, { font, large, muted, grid }: Inks): uPlot.Axis {
  return {
    labelSize: titleSize * large,
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

/** Under the curves. Beside these there are no ticks; the title stands there. */
function placesOf({ title }: ChartAxis, isRoomy: boolean, edge: () => number, inks: Inks): uPlot.Axis {
  const usual = axisOf(placeSize, inks);
  if (!isRoomy) return { ...usual, label: title };
  const filter: uPlot.Axis.Filter = (_, splits) => splits.map((at) => (at <= edge() ? at : null));
  return { ...usual, filter, grid: { ...usual.grid, filter }, ticks: { ...usual.ticks, filter } };
}

function valueAxisOf({ title }: ChartAxis, i: number, inks: Inks): uPlot.Axis {
  const atTheLeft = { ...axisOf(valueSize, inks), label: title, scale: scaleOf(i) };
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
