/** Positions from…to in the order that users or items stand in; fractions are parts of a cell. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What of a matrix is on screen. */
export interface Window {
  readonly users: Range;
  readonly items: Range;
}

/** Users and items that there are. */
export interface Counts {
  readonly userCount: number;
  readonly itemCount: number;
}

/** Never fewer cells than this in a pane, unless the matrix has fewer. */
const leastCells = 8;

export function wholeWindow({ userCount, itemCount }: Counts): Window {
  return { users: { from: 0, to: userCount }, items: { from: 0, to: itemCount } };
}

/**
 * The window with `factor` times as many cells (below 1: zoomed in), alike on both sides as far as there are cells;
 * what lies under the anchor stays there. Null where it is the whole.
 *
 * @param anchor where in the window, 0…1 down and across
 */
export function zoomed(
  window: Window,
  counts: Counts,
  factor: number,
  anchor: { readonly down: number; readonly across: number },
): Window | null {
  return orWhole(
    {
      users: scaled(window.users, counts.userCount, factor, anchor.down),
      items: scaled(window.items, counts.itemCount, factor, anchor.across),
    },
    counts,
  );
}

/** The window moved by so many cells, as far as there are cells. */
export function panned(window: Window, counts: Counts, users: number, items: number): Window {
  return {
    users: moved(window.users, counts.userCount, users),
    items: moved(window.items, counts.itemCount, items),
  };
}

/** The window and half of it more on each side, as far as there are cells. */
export function grown({ users, items }: Window, { userCount, itemCount }: Counts): Window {
  const wider = ({ from, to }: Range, count: number) => {
    const half = (to - from) / 2;
    return { from: Math.max(0, from - half), to: Math.min(count, to + half) };
  };
  return { users: wider(users, userCount), items: wider(items, itemCount) };
}

/** Moved by as little as brings a position into it. */
export function including(range: Range, count: number, position: number): Range {
  if (position < range.from) return moved(range, count, position - range.from);
  if (position + 1 > range.to) return moved(range, count, position + 1 - range.to);
  return range;
}

function scaled({ from, to }: Range, count: number, factor: number, anchor: number): Range {
  const span = Math.min(count, Math.max(Math.min(leastCells, count), (to - from) * factor));
  const fixed = from + anchor * (to - from);
  const start = Math.min(count - span, Math.max(0, fixed - anchor * span));
  return { from: start, to: start + span };
}

function moved({ from, to }: Range, count: number, by: number): Range {
  const start = Math.min(count - (to - from), Math.max(0, from + by));
  return { from: start, to: start + (to - from) };
}

function orWhole(window: Window, { userCount, itemCount }: Counts): Window | null {
  const { users, items } = window;
  return users.to - users.from >= userCount && items.to - items.from >= itemCount ? null : window;
}

/** Where positions from…to come to lie on `size` pixels that show others. */
export function placeOf(placed: Range, shown: Range, size: number): { at: number; length: number } {
  // A share of the size, so that what is shown as a whole fills it to the last bit.
  const share = (cells: number) => (cells / (shown.to - shown.from)) * size;
  return { at: share(placed.from - shown.from), length: share(placed.to - placed.from) };
}
