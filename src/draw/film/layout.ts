import { crispSide } from '../crisp-side';
import type { FilmOptions } from './film';

/** Device pixels, whole numbers. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where on a frame everything is. */
export interface FilmLayout {
  readonly width: number;
  readonly height: number;
  /** Size of the text, as a multiple of that of the page. */
  readonly unit: number;
  readonly panes: readonly Box[];
  readonly chart: Box | null;
  readonly title: { readonly x: number; readonly y: number } | null;
}

/** Heights of text, at unit 1. */
const heading = 22;
const caption = 42;
const title = 34;
const gap = 18;
const margin = 16;

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
): FilmLayout {
  if (options.composition === 'matrix' && options.aspect === 'fit') return fitted(options, cells);
  const [width, height] = frameOf(options.aspect, options.size);
  const unit = Math.min(width, height) / 540;
  const single = options.composition === 'matrix';
  const above = single && !options.caption ? 0 : heading * unit;
  const below = options.caption ? caption * unit : 0;
  const head = options.caption && !single ? title * unit : 0;
  const room = {
    x: margin * unit,
    y: margin * unit + head,
    width: width - 2 * margin * unit,
    height: height - 2 * margin * unit - head,
  };
  const spacing = gap * unit;
  const withChart = options.composition === 'race-chart';
  const arrangements = Array.from({ length: paneCount }, (_, i) => i + 1).map((columns) => {
    const rows = Math.ceil(paneCount / columns);
    const free = columns * rows > paneCount;
    const strip = withChart && !free;
    // A strip of chart takes a third, or what the panes leave where that is more.
    const high = strip ? room.height * 0.66 - spacing : room.height;
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
  const grid = {
    width: columns * block.width + (columns - 1) * spacing,
    height: rows * block.height + (rows - 1) * spacing,
  };
  const chartHeight = strip ? Math.max(room.height * 0.3, room.height - grid.height - spacing) : 0;
  const left = Math.round(room.x + (room.width - grid.width) / 2);
  const top = Math.round(
    room.y + Math.max(0, room.height - grid.height - chartHeight - (strip ? spacing : 0)) / 2,
  );
  const placeOf = (i: number): Box => ({
    x: Math.round(left + (i % columns) * (block.width + spacing)),
    y: Math.round(top + above + Math.floor(i / columns) * (block.height + spacing)),
    ...side,
  });
  const panes = Array.from({ length: paneCount }, (_, i) => placeOf(i));
  const corner = placeOf(paneCount);
  const chart = !withChart
    ? null
    : free
      ? { ...corner, y: Math.round(corner.y - above), height: Math.round(side.height + above + below) }
      : {
          x: left,
          y: Math.round(top + grid.height + spacing),
          width: Math.round(grid.width),
          height: Math.round(chartHeight),
        };
  const at = head > 0 ? { x: left, y: Math.round(top - 14 * unit) } : null;
  return { width, height, unit, panes, chart, title: at };
}

/** A matrix, so many pixels to a cell, and room for its caption. */
function fitted(
  { format, size, caption: written }: Pick<FilmOptions, 'format' | 'size' | 'caption'>,
  cells: { readonly width: number; readonly height: number },
): FilmLayout {
  const pane = { x: 0, y: 0, width: cells.width * size, height: cells.height * size };
  const unit = Math.max(0.8, Math.min(3, pane.width / 360));
  const video = format === 'mp4' || format === 'webm';
  const even = (length: number) => (video ? 2 * Math.ceil(length / 2) : Math.ceil(length));
  return {
    width: even(pane.width),
    height: even(pane.height + (written ? (heading + caption) * unit : 0)),
    unit,
    panes: [{ ...pane, y: written ? Math.round(heading * unit) : 0 }],
    chart: null,
    title: null,
  };
}
