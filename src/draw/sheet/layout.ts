import { type Box, crispSide } from '../cell-image';
import type { FilmOptions } from '../film';

/** Where on a sheet everything is: the matrices, and what is said around them. Device pixels. What has no place is left out. */
export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  /** Size of the text, as a multiple of that of the page; of what is said to be in units, too. */
  readonly unit: number;
  /** The same of the chart, where it is another. */
  readonly chartUnit?: number;
  readonly panes: readonly Box[];
  /** In units. */
  readonly strips?: Strips | null;
  readonly text: PaneText;
  readonly chart?: Box | null;
  readonly title?: Words | null;
  /** Where it came from, at the right edge. */
  readonly brand?: Words;
  /** What is said under everything. */
  readonly foot?: Words | null;
  /** The corner of the scales of colours. */
  readonly legend?: { readonly x: number; readonly y: number } | null;
}

/** Strips of factors beside and above the matrices of models: how thick, and how far away. */
interface Strips {
  readonly thickness: number;
  readonly gap: number;
}

/** Where a text begins on its baseline, its size in units, and how wide it may be. */
export interface Words {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly most?: number;
}

/** Texts of a pane, from the edges of its matrix; in units. */
interface PaneText {
  /** Of the baseline of the heading, above. */
  readonly heading: number;
  /** Of the baselines of the lines, below, and how large they are. */
  readonly lines: readonly { readonly at: number; readonly size: number }[];
  readonly inset: number;
  /** Squeezed where they are wider than the matrix. */
  readonly squeezed: boolean;
}

/** A row of panes of a fixed size, whatever has to stand around them; the sheet grows with it. Lengths at scale 1. */
export interface Row {
  readonly side: number;
  readonly strips: Strips | null;
  readonly between: number;
  /** Above the panes and their strips, and below. */
  readonly head: number;
  readonly foot: number;
  readonly text: PaneText;
  /** Of the chart below, the height and the distance from the panes; null: there is none. */
  readonly chart: { readonly height: number; readonly gap: number } | null;
}

/** The stage as a picture: matrices with their factors, what is said of them, and scales of colours. */
export const stageRow: Row = {
  side: 300,
  strips: { thickness: 30, gap: 4 },
  between: 32,
  head: 74,
  foot: 86,
  text: {
    ...{ heading: 36, inset: 0, squeezed: false },
    lines: [
      { at: 22, size: 12 },
      { at: 40, size: 12 },
    ],
  },
  chart: null,
};

/** A moment of a stream: matrices, and the errors of all methods below; even numbers, as videos want them. */
export const streamRow: Row = {
  side: 320,
  strips: null,
  between: 24,
  head: 84,
  foot: 36,
  text: { heading: 10, lines: [{ at: 20, size: 12 }], inset: 0, squeezed: false },
  chart: { height: 190, gap: 40 },
};

const rowMargin = 28;

export function layoutRow(row: Row, paneCount: number, scale: number): SheetLayout {
  const away = row.strips ? row.strips.thickness + row.strips.gap : 0;
  const width = 2 * rowMargin + paneCount * (away + row.side) + (paneCount - 1) * row.between;
  const chartTop = row.head + away + row.side + (row.chart?.gap ?? 0);
  const height = chartTop + (row.chart?.height ?? 0) + row.foot;
  const at = (x: number, y: number, size: number) => ({ x: x * scale, y: y * scale, size });
  const box = (x: number, y: number, wide: number, high: number): Box => ({
    ...{ x: x * scale, y: y * scale, width: wide * scale, height: high * scale },
  });
  return {
    width: width * scale,
    height: height * scale,
    unit: scale,
    panes: Array.from({ length: paneCount }, (_, i) =>
      box(rowMargin + away + i * (away + row.side + row.between), row.head + away, row.side, row.side),
    ),
    strips: row.strips,
    text: row.text,
    chart: row.chart && box(rowMargin, chartTop, width - 2 * rowMargin, row.chart.height),
    title: at(rowMargin, 34, 17),
    brand: at(width - rowMargin, 34, 12),
    foot: row.chart && at(rowMargin, height - 14, 12),
    legend: row.chart ? null : at(rowMargin + away, height - row.foot + 14, 11),
  };
}

/** Text of films is read from afar: so many times as large as on the page, that of the chart a little less. */
const large = 2;
const less = 1.5;
/** Heights on a film, at unit 1. */
const heading = 18 * large;
const caption = 29 * large;
const gap = 18;
const margin = 16;
/** What a chart takes of a film at least. */
const chartShare = 0.26;

/** Sides of a frame in its aspect, `size` being the shorter one; even, as video wants it. */
function frameOf(aspect: FilmOptions['aspect'], size: number): [width: number, height: number] {
  const long = 2 * Math.round((size * 16) / 18);
  const short = 2 * Math.round(size / 2);
  return aspect === '16:9' ? [long, short] : aspect === '9:16' ? [short, long] : [short, short];
}

/**
 * Lays panes out in as many columns as make them largest, the chart below them or in the place that the last row
 * leaves free.
 *
 * @param cells of a pane; `paneCount` 1 for a single matrix
 */
export function layoutFilm(
  options: Pick<FilmOptions, 'format' | 'composition' | 'aspect' | 'size' | 'caption'>,
  cells: { readonly width: number; readonly height: number },
  paneCount: number,
): SheetLayout {
  if (options.composition === 'matrix' && options.aspect === 'fit') {
    const isVideo = options.format === 'mp4' || options.format === 'webm';
    return layoutMatrix(cells, options.size, options.caption, isVideo);
  }
  const [width, height] = frameOf(options.aspect, options.size);
  const unit = Math.min(width, height) / 540;
  const single = options.composition === 'matrix';
  const above = single && !options.caption ? 0 : heading * unit;
  const below = options.caption ? caption * unit : 0;
  const room = {
    ...{ x: margin * unit, y: margin * unit },
    ...{ width: width - 2 * margin * unit, height: height - 2 * margin * unit },
  };
  const spacing = gap * unit;
  const withChart = options.composition === 'race-chart';
  const arrangements = Array.from({ length: paneCount }, (_, i) => i + 1).map((columns) => {
    const rows = Math.ceil(paneCount / columns);
    const free = columns * rows > paneCount;
    const strip = withChart && !free;
    // A strip of chart takes what the panes leave, where that is more than its share.
    const high = strip ? room.height * (1 - chartShare) - spacing : room.height;
    const wide = (room.width - spacing * (columns - 1)) / columns;
    const tall = (high - spacing * (rows - 1)) / rows - above - below;
    return { columns, rows, free, strip, side: Math.min(wide, tall) };
  });
  const best = arrangements.reduce((one, other) => (other.side > one.side * 1.02 ? other : one));
  const { columns, rows, free, strip } = best;
  const most = Math.max(8, best.side);
  const side = {
    width: Math.min(Math.round(most), crispSide(cells.width, most)),
    height: Math.min(Math.round(most), crispSide(cells.height, most)),
  };
  const block = { width: side.width, height: above + side.height + below };
  // What the panes leave free across stands between them: the frame is filled from edge to edge.
  const across = columns > 1 ? (room.width - columns * side.width) / (columns - 1) : 0;
  const tall = rows * block.height + (rows - 1) * spacing;
  const chartHeight = strip ? Math.max(room.height * chartShare, room.height - tall - spacing) : 0;
  const used = tall + (strip ? chartHeight + spacing : 0);
  const left = columns > 1 ? room.x : room.x + (room.width - side.width) / 2;
  const top = Math.round(room.y + Math.max(0, room.height - used) / 2);
  const placeOf = (i: number): Box => ({
    x: Math.round(left + (i % columns) * (block.width + across)),
    y: Math.round(top + above + Math.floor(i / columns) * (block.height + spacing)),
    ...side,
  });
  const panes = Array.from({ length: paneCount }, (_, i) => placeOf(i));
  const chartBox = (): Box => {
    const { x, y } = placeOf(paneCount);
    if (free) return { x, y: Math.round(y - above), width: side.width, height: Math.round(block.height) };
    return {
      ...{ x: Math.round(room.x), y: Math.round(top + tall + spacing) },
      ...{ width: Math.round(room.width), height: Math.round(chartHeight) },
    };
  };
  return {
    ...filmText(large * unit, 0),
    ...{ width, height, panes, chartUnit: less * unit },
    chart: withChart ? chartBox() : null,
  };
}

/**
 * A matrix, so many pixels to a cell.
 *
 * @param written whether there is room for its caption
 * @param even whether both sides of the sheet are to be even, as videos want them
 */
export function layoutMatrix(
  cells: { readonly width: number; readonly height: number },
  scale: number,
  written = false,
  even = false,
): SheetLayout {
  const pane = { x: 0, y: 0, width: cells.width * scale, height: cells.height * scale };
  const unit = Math.max(0.8, Math.min(3, pane.width / 360));
  const whole = (length: number) => (even ? 2 * Math.ceil(length / 2) : Math.ceil(length));
  return {
    ...filmText(large * unit, 3),
    width: whole(pane.width),
    height: whole(pane.height + (written ? (heading + caption) * unit : 0)),
    panes: [{ ...pane, y: written ? Math.round(heading * unit) : 0 }],
  };
}

/** How films are written on: errors stand out, parameters are small beside them. */
const filmText = (unit: number, inset: number) => ({
  unit,
  text: {
    ...{ heading: 5, inset, squeezed: true },
    lines: [
      { at: 25, size: 8.5 },
      { at: 13, size: 11.5 },
    ],
  },
});
