import { contextOf } from './cell-image';
import { themeFor } from './theme';

/** A cell of the map of a search; CSS colours. */
export interface MapCell {
  /** Null where nothing is known yet. */
  readonly ground: string | null;
  readonly ink: string;
  /** '★', or nothing. */
  readonly mark: string;
}

/** The map as it was at one moment. */
export interface MapFrame {
  /** Row by row. */
  readonly cells: readonly MapCell[];
  /** How far the search was, and what it had come to. */
  readonly captions: readonly string[];
  /** It is shown so long, seconds. */
  readonly seconds: number;
}

/** What is the same in all frames. */
export interface MapSheet {
  readonly title: string;
  /** What goes down and what across. */
  readonly axes: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What colours and marks mean. */
  readonly legend: readonly string[];
  /** The captions of the last frame: those of all frames have so much room. */
  readonly captions: readonly string[];
  readonly dark: boolean;
}

const cell = { width: 72, height: 48 };
const edge = 24;
const line = 28;
const font = (size: number, weight = 400) => `${weight} ${size}px "Inter Variable", system-ui, sans-serif`;

/** Paints the map on a canvas of its own; its sides are even, as films need them. */
export function mapPainter({ title, axes, rows, columns, legend, captions, dark }: MapSheet) {
  const theme = themeFor(dark);
  const canvas = new OffscreenCanvas(1, 1);
  const context = contextOf(canvas, true);
  const widthOf = (text: string, of: string) => {
    context.font = of;
    return context.measureText(text).width;
  };
  const label = Math.max(...rows.map((row) => widthOf(row, font(15)))) + 12;
  const texts = [
    widthOf(title, font(18, 600)),
    ...[axes, ...legend, ...captions].map((text) => widthOf(text, font(14))),
  ];
  const even = (length: number) => 2 * Math.ceil(length / 2);
  const top = edge + 3 * line;
  canvas.width = even(2 * edge + Math.max(label + columns.length * cell.width, ...texts));
  canvas.height = even(top + rows.length * cell.height + (legend.length + captions.length) * line + edge);

  function write(text: string, x: number, y: number, of: string, colour: string, align: CanvasTextAlign) {
    Object.assign(context, { font: of, fillStyle: colour, textAlign: align, textBaseline: 'middle' });
    context.fillText(text, x, y);
  }
  const left = (column: number) => edge + label + column * cell.width;
  const above = (row: number) => top + row * cell.height;

  function paintAround(captions: readonly string[]) {
    context.fillStyle = theme.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    write(title, edge, edge + line / 2, font(18, 600), theme.ink, 'left');
    write(axes, edge, edge + 1.5 * line, font(14), theme.muted, 'left');
    for (const [i, name] of columns.entries())
      write(name, left(i + 0.5), top - line / 2, font(15), theme.muted, 'center');
    for (const [i, name] of rows.entries())
      write(name, left(0) - 8, above(i + 0.5), font(15), theme.muted, 'right');
    for (const [i, text] of [...legend, ...captions].entries())
      write(text, edge, above(rows.length) + (i + 0.75) * line, font(14), theme.muted, 'left');
  }

  return {
    canvas,
    paint({ cells, captions }: Pick<MapFrame, 'cells' | 'captions'>) {
      paintAround(captions);
      for (const [i, { ground, ink, mark }] of cells.entries()) {
        const [row, column] = [Math.floor(i / columns.length), i % columns.length];
        context.fillStyle = ground ?? theme.unseen.ground;
        context.fillRect(left(column) + 1, above(row) + 1, cell.width - 2, cell.height - 2);
        const middle = [left(column + 0.5), above(row + 0.5)] as const;
        write(mark, ...middle, font(20), ground === null ? theme.ink : ink, 'center');
      }
    },
  };
}
