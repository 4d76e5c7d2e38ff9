import type { Places } from '../../draw/hatch';
import { mostBinsOf } from '../../draw/lens';
import { views } from '../../draw/views';
import { wholeWindow } from '../../draw/window';
import { methodOf } from '../../methods';
import type { Snapshot } from '../../methods/snapshot';
import { momentShown, type StreamLab, type StreamLabState, snapshotShown } from '../../state/stream-lab';
import type { Cell, LoadedData, Workbench } from '../../state/workbench';
import type { StreamFacts } from '../../workers/learn-protocol';
import type { Overlay, PanePicture, StageModel } from '../stage/model';
import { type Arrived, arrivedScene, type Standing, stageOrderOf, standingOf, type Taken } from './arrived';
import { cellWords } from './cell-words';
import { drawUnseen, lightUp, markNew } from './stage-marks';
import type { StreamActions } from './stream-actions';

/** How long new rows and columns stay marked, ms. */
const markMilliseconds = 900;

const idle = 'Click a cell to rate it; scroll to zoom.';

const mostBinsFor = ({ source }: LoadedData) => (source === 'picture' ? mostBinsOf.picture : mostBinsOf.file);

const nobody: Taken = { users: 0, items: 0 };

/** What has arrived of a stream, and what methods make of it: matrices that grow. */
export function streamModel(
  workbench: Workbench,
  lab: StreamLab,
  stream: Pick<StreamActions, 'show' | 'draft'>,
): StageModel {
  let laidOut: LaidOut | null = null;
  const news = newcomers();
  let pointed: Cell | null = null;
  let changed = () => {};

  /** Layout of what is on screen; made anew where the one that there is does not serve. */
  function layOut(facts: StreamFacts, data: LoadedData, state: StreamLabState): LaidOut {
    const { youCameAfter: you, window } = state;
    const by = stageOrderOf(state, data);
    const before = laidOut?.facts === facts && laidOut.you === you && laidOut.by === by ? laidOut : null;
    if (before?.arrived.serves(window ?? wholeWindow(before.standing))) return before;
    if (laidOut?.facts !== facts) news.forget();
    if (!before) news.fade();
    const standing = before?.standing ?? standingOf(facts, data.ratings.itemCount, you, by);
    const arrived = arrivedScene(facts, data.ratings, standing, window, mostBinsFor(data));
    laidOut = { facts, you, by, standing, arrived };
    return laidOut;
  }

  /** The user and the item of a cell. */
  function whoIn({ user, item }: Cell): Cell | null {
    const { users, items } = laidOut?.standing.orders ?? {};
    return users && items ? { user: users.order[user], item: items.order[item] } : null;
  }

  return {
    subscribe(listener) {
      changed = listener;
      const stops = [lab.subscribe(listener), workbench.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
        changed = () => {};
      };
    },
    show: stream.show,
    pointAt(cell) {
      pointed = cell;
      changed();
    },
    /** A click chooses who rates what; the stars are given beside. */
    choose(cell) {
      const { data } = workbench.getState();
      const who = whoIn(cell);
      if (data && who) stream.draft({ ...who, value: lab.getState().draft?.value ?? data.ratings.scale.max });
    },
    viewed() {
      const { facts, window } = lab.getState();
      if (!facts || laidOut?.facts !== facts) return null;
      const { standing, arrived } = laidOut;
      return { counts: standing, window, lens: arrived.scene.lens, crosshair: null };
    },
    picture() {
      const { data, looks, reconstruct } = workbench.getState();
      const state = lab.getState();
      const moment = momentShown(state);
      if (!data || !state.facts || !moment) return null;
      const { standing, arrived } = layOut(state.facts, data, state);
      arrived.show(moment.ratings);
      const taken = standing.taken(moment.ratings);
      const fresh = news.at(standing, taken);
      const lit = state.shown === null && state.undoable > 0 ? state.ownRatings.at(-1) : undefined;
      const marksOf = (there: Taken, how: 'cell' | 'lines' | null): Overlay =>
        marks(standing, there, fresh, (how && lit) ?? null, how === 'cell');
      return {
        ...{
          scene: arrived.scene,
          counts: standing,
          window: state.window,
          crosshair: null,
          looks,
          reconstruct,
        },
        cells: Math.min(mostBinsFor(data), Math.max(standing.userCount, standing.itemCount)),
        view: views[0],
        panes: [
          { subject: 'ratings', version: moment.ratings, over: marksOf(taken, 'cell') },
          ...state.looks.panes.map((method): PanePicture => {
            const subject = snapshotShown(state, method);
            const { takesOwnRatings } = methodOf(method).arriving ?? {};
            return { subject, over: marksOf(thereIn(standing, subject), takesOwnRatings ? 'lines' : null) };
          }),
        ],
        where() {
          const cell = pointed && whoIn(pointed);
          return cell ? cellWords(lab, data, cell) : idle;
        },
        ...(fresh && { again: fresh.again }),
      };
    },
  };
}

interface LaidOut {
  readonly facts: StreamFacts;
  readonly you: number | null;
  readonly by: string;
  readonly standing: Standing;
  readonly arrived: Arrived;
}

/** Whom a method knows by the picture of it that is shown. */
const thereIn = (standing: Standing, snapshot: Snapshot | null): Taken =>
  snapshot ? standing.taken(snapshot.observations) : nobody;

/** Who is new, and how far their marks have faded, 0…1. */
interface Fresh {
  readonly places: Places;
  readonly faded: number;
  /** Milliseconds until the marks have to be drawn again. */
  readonly again: number;
}

/** Keeps in mind who was there, and since when who is new is marked. */
function newcomers() {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let before = nobody;
  let marked: { readonly places: Places; readonly since: number } | null = null;
  return {
    /** Nobody has come yet. */
    forget() {
      before = nobody;
    },
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

/** Where nobody is yet: remembered, since it is the same in all panes, but for who waits for a refit. */
let unseen: { readonly of: Standing; readonly there: Taken; readonly places: Places } | null = null;
function unseenIn(of: Standing, there: Taken): Places {
  if (unseen?.of !== of || unseen.there.users !== there.users || unseen.there.items !== there.items)
    unseen = { of, there, places: of.placesOf(there) };
  return unseen.places;
}

/** Where nobody is yet, who is new, and what the last rating of one's own changed: its cell, or its row and column. */
function marks(
  standing: Standing,
  there: Taken,
  fresh: Fresh | null,
  lit: Cell | null,
  cellOnly: boolean,
): Overlay {
  return {
    inputs: [standing, there.users, there.items, fresh?.places, fresh?.faded, lit],
    draw({ matrix, users, items }, window, theme) {
      const places = unseenIn(standing, there);
      drawUnseen(matrix, window, places, theme);
      if (users) drawUnseen(users, window, { ...places, items: [] }, theme);
      if (items) drawUnseen(items, window, { ...places, users: [] }, theme);
      if (fresh) markNew(matrix, window, fresh.places, fresh.faded, theme);
      if (lit) lightUp(matrix, window, standing.orders, lit, cellOnly, theme);
    },
  };
}
