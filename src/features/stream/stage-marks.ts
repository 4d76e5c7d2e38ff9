import type { Box, Context2d } from '../../draw/cell-image';
import { hatch, type Places, spanOf } from '../../draw/hatch';
import type { Orders } from '../../draw/orders';
import type { Theme } from '../../draw/theme';
import { placeOf, type Range, type Window } from '../../draw/window';
import type { Overlay } from '../stage/model';
import type { Cell } from '../stage/slice';
import { nobody, type Standing, type Taken } from './arrived';

/** How long new rows and columns stay marked, ms. */
const markMilliseconds = 900;

/** Who is new, and how far their marks have faded, 0…1. */
interface Fresh {
  readonly places: Places;
  readonly faded: number;
  /** Milliseconds until the marks have to be drawn again. */
  readonly again: number;
}

/** Keeps in mind who was there, and since when who is new is marked. */
export function newcomers() {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let before = nobody;
  let marked: { readonly places: Places; readonly since: number } | null = null;
  return {
    /** Nobody has come yet. */
    forget() {
      before = nobody;
    },
    /** Nobody is marked any more. */
    fade() {
      marked = null;
    },
    at(standing: Standing, taken: Taken): Fresh | null {
      const now = performance.now();
      if (taken.users > before.users || taken.items > before.items)
        marked = { places: standing.placesOf(before, taken), since: now };
      if (taken.users < before.users || taken.items < before.items) marked = null;
      before = taken;
      const left = marked ? marked.since + markMilliseconds - now : 0;
      if (left <= 0) marked = null;
      if (!marked) return null;
      // Without motion the marks stay as they are until they go.
      const { places } = marked;
      return calm
        ? { places, faded: 0, again: left }
        : { places, faded: 1 - left / markMilliseconds, again: 0 };
    },
  };
}

interface Marked {
  readonly standing: Standing;
  /** Who is there already. */
  readonly there: Taken;
  readonly fresh: Fresh | null;
  /** What the last rating of one's own changed: its cell, or its row and column. */
  readonly lit: Cell | null;
}

/** Where nobody is yet, who is new, and what a rating of one's own changed. */
export function marksOver({ standing, there, fresh, lit }: Marked, litAs: 'cell' | 'lines'): Overlay {
  return {
    inputs: [standing, there.users, there.items, fresh?.places, fresh?.faded, lit],
    draw(part, context, box, window, theme) {
      const places = unseenIn(standing, there);
      const users = part === 'items' ? [] : places.users;
      const items = part === 'users' ? [] : places.items;
      hatch(context, box, window, { users, items }, theme, devicePixelRatio);
      if (part !== 'matrix') return;
      if (fresh) markNew(context, box, window, fresh, theme);
      if (lit) lightUp(context, box, window, standing.orders, lit, litAs, theme);
    },
  };
}

/** Where nobody is yet: remembered, since it is the same in all panes, but for who waits for a refit. */
let unseen: { readonly of: Standing; readonly there: Taken; readonly places: Places } | null = null;
function unseenIn(of: Standing, there: Taken): Places {
  if (unseen?.of !== of || unseen.there.users !== there.users || unseen.there.items !== there.items)
    unseen = { of, there, places: of.placesOf(there) };
  return unseen.places;
}

/** Marks the rows and columns that are new. */
function markNew(
  context: Context2d,
  { width, height }: Box,
  window: Window,
  { places: { users, items }, faded }: Fresh,
  theme: Theme,
): void {
  const thin = 1.5 * devicePixelRatio;
  context.save();
  context.globalAlpha = 0.75 * (1 - faded);
  context.fillStyle = theme.fresh;
  for (const range of items) {
    const { at, length } = spanOf(range, window.items, width);
    if (onScreen(range, window.items)) context.fillRect(at, 0, Math.max(thin, length), height);
  }
  for (const range of users) {
    const { at, length } = spanOf(range, window.users, height);
    if (onScreen(range, window.users)) context.fillRect(0, at, width, Math.max(thin, length));
  }
  context.restore();
}

const onScreen = (range: Range, shown: Range) => range.to > shown.from && range.from < shown.to;

/** Frames the row and the column that one rating changed; or the one cell where it was given. */
function lightUp(
  context: Context2d,
  { width, height }: Box,
  window: Window,
  { users, items }: Orders,
  { user, item }: Cell,
  as: 'cell' | 'lines',
  { lit }: Theme,
): void {
  const ratio = devicePixelRatio;
  const band = (position: number, shown: Range, size: number) => {
    const { at, length } = placeOf({ from: position, to: position + 1 }, shown, size);
    return { at, length: Math.max(length, 2 * ratio) };
  };
  const down = band(users.place[user], window.users, height);
  const across = band(items.place[item], window.items, width);
  context.save();
  context.lineWidth = 1.5 * ratio;
  for (const [colour, grow] of [
    [lit.around, 2 * ratio],
    [lit.frame, ratio / 2],
  ] as const) {
    context.strokeStyle = colour;
    const box = (x: number, y: number, w: number, h: number) =>
      context.strokeRect(x - grow, y - grow, w + 2 * grow, h + 2 * grow);
    if (as === 'cell') box(across.at, down.at, across.length, down.length);
    else {
      box(0, down.at, width, down.length);
      box(across.at, 0, across.length, height);
    }
  }
  context.restore();
}
