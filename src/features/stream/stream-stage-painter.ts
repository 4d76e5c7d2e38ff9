import type { Places } from '../../draw/hatch';
import { mostBinsOf } from '../../draw/lens';
import { coloursFor, isDark, themeFor } from '../../draw/theme';
import { views } from '../../draw/views';
import { type Range, wholeWindow } from '../../draw/window';
import { momentShown, type StreamLab, type StreamLabState, snapshotShown } from '../../state/stream-lab';
import type { LoadedData, Workbench } from '../../state/workbench';
import type { StreamFacts } from '../../workers/learn-protocol';
import type { Viewed } from '../stage/gestures';
import {
  type PaneCanvases,
  type PanePainter,
  panePainter,
  sizePane,
  stripGap,
  stripThickness,
} from '../stage/pane-painter';
import { same } from '../stage/stage-painter';
import { type Arrived, arrivedScene, type Standing, standingOf, type Taken } from './arrived';
import { drawUnseen, lightUp, markNew } from './stage-marks';

export const streamPanes = ['arrived', 'first', 'second'] as const;
export type StreamPane = (typeof streamPanes)[number];

export interface StreamStageElements {
  readonly host: HTMLElement;
  readonly panes: Readonly<Record<StreamPane, PaneCanvases>>;
}

/** How long new rows and columns stay marked, ms. */
const markMilliseconds = 900;

/** The lab's matrices as whoever zooms them sees them. */
export function viewedLab(workbench: Workbench, lab: StreamLab): Viewed {
  return {
    getState() {
      const { data } = workbench.getState();
      const { window, youCameAfter, facts } = lab.getState();
      if (!data || !facts) return { data: null, window };
      const { userCount, itemCount } = data.ratings;
      return {
        data: { ratings: { userCount: userCount + Number(youCameAfter !== null), itemCount } },
        window,
      };
    },
  };
}

/** The user and item under a place of a pane, 0…1 down and across. */
export function cellUnder(
  lab: StreamLab,
  data: LoadedData,
  down: number,
  across: number,
): { user: number; item: number } | null {
  const state = lab.getState();
  const { facts, window, youCameAfter } = state;
  if (!facts || !(down >= 0 && down < 1 && across >= 0 && across < 1)) return null;
  const standing = standingOf(facts, data.ratings.itemCount, youCameAfter, stageOrderOf(state, data));
  const { users, items } = window ?? wholeWindow(standing);
  const under = ({ from, to }: Range, share: number) => Math.floor(from + share * (to - from));
  return {
    user: standing.orders.users.order[under(users, down)],
    item: standing.orders.items.order[under(items, across)],
  };
}

/** Who stands where: pictures are what they are, files grow. */
export const stageOrderOf = ({ stageOrder }: Pick<StreamLabState, 'stageOrder'>, { source }: LoadedData) =>
  stageOrder ?? (source === 'picture' ? 'source' : 'arrival');

const mostBinsFor = ({ source }: LoadedData) => (source === 'picture' ? mostBinsOf.picture : mostBinsOf.file);

/** Keeps the three panes true to both stores: at most one painting per frame. Returns how to end it. */
export function paintStreamStage(
  workbench: Workbench,
  lab: StreamLab,
  elements: StreamStageElements,
): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let made: {
    facts: StreamFacts;
    you: number | null;
    by: string;
    standing: Standing;
    arrived: Arrived;
    painters: Record<StreamPane, PanePainter>;
  } | null = null;
  /** What was drawn of the cells of each pane, and over them. */
  let painted: Partial<Record<StreamPane, unknown[]>> = {};
  /** Where nobody is yet: the same in all panes, but for who waits for a refit. */
  let unseen: (Taken & { of: Standing; places: Places }) | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let before: Taken = { users: 0, items: 0 };
  let fresh: { places: Places; since: number } | null = null;
  let colours: { palette: string; dark: boolean; value: ReturnType<typeof coloursFor> } | null = null;
  let sized = '';
  let frame = 0;

  function resize(cells: number) {
    const ratio = devicePixelRatio;
    const columns = elements.host.clientWidth < 620 ? 2 : 3;
    const gap = columns === 3 ? 24 : 12;
    const room = (elements.host.clientWidth - gap * (columns - 1)) / columns - stripThickness - stripGap;
    const high = columns === 3 ? elements.host.clientHeight - 40 - stripThickness : room;
    const side = Math.max(60, Math.min(room, high));
    const key = `${side} ${ratio} ${cells}`;
    if (key === sized) return;
    sized = key;
    painted = {};
    for (const pane of streamPanes) sizePane(elements.panes[pane], cells, side, ratio);
  }

  /** Painters for what is on screen; made anew where those that there are do not serve. */
  function ready(facts: StreamFacts, data: LoadedData, state: StreamLabState) {
    const { youCameAfter: you, window } = state;
    const by = stageOrderOf(state, data);
    const same = made?.facts === facts && made.you === you && made.by === by;
    if (made && same && made.arrived.serves(window ?? wholeWindow(made.standing))) return made;
    const standing = made && same ? made.standing : standingOf(facts, data.ratings.itemCount, you, by);
    const arrived = arrivedScene(facts, data.ratings, standing, window, mostBinsFor(data));
    const { reconstruct } = workbench.getState();
    const painter = (pane: StreamPane) => panePainter(arrived.scene, elements.panes[pane], reconstruct);
    if (made?.facts !== facts) before = { users: 0, items: 0 };
    if (!same) fresh = null;
    painted = {};
    made = {
      ...{ facts, you, by, standing, arrived },
      painters: { arrived: painter('arrived'), first: painter('first'), second: painter('second') },
    };
    return made;
  }

  function paint() {
    frame = 0;
    const { data, looks } = workbench.getState();
    const state = lab.getState();
    const moment = momentShown(state);
    const { facts } = state;
    if (!data || !facts || !moment) return blank();
    const dark = isDark(looks.theme);
    const theme = themeFor(dark);
    const { standing, arrived, painters } = ready(facts, data, state);
    resize(Math.min(mostBinsFor(data), Math.max(standing.userCount, standing.itemCount)));
    const taken = standing.taken(moment.ratings);
    if (taken.users > before.users || taken.items > before.items)
      fresh = { places: standing.placesOf(before, taken), since: performance.now() };
    if (taken.users < before.users || taken.items < before.items) fresh = null;
    before = taken;
    const faded = fresh ? (performance.now() - fresh.since) / markMilliseconds : 1;
    if (faded >= 1) fresh = null;
    elements.host.dataset.marked = String(fresh !== null);
    arrived.show(moment.ratings);
    if (colours?.palette !== looks.palette || colours.dark !== dark)
      colours = { palette: looks.palette, dark, value: coloursFor(looks.palette, dark) };
    const window = state.window ?? wholeWindow(standing);
    elements.host.dataset.zoomed = String(state.window !== null);
    const lit = state.shown === null && state.undoable > 0 ? state.ownRatings.at(-1) : undefined;
    for (const pane of streamPanes) {
      const method = pane === 'arrived' ? null : state.looks.panes[pane === 'first' ? 0 : 1];
      const snapshot = method === null ? null : snapshotShown(state, method);
      const marked = fresh && !calm ? faded : fresh;
      const version = pane === 'arrived' ? moment.ratings : 0;
      const subject = pane === 'arrived' ? 'ratings' : snapshot;
      const changed = painters[pane].paint(colours.value, views[0], subject, version);
      const inputs = [moment.ratings, method, dark, marked, lit, state.window];
      if (!changed && same(painted[pane], inputs)) continue;
      painted[pane] = inputs;
      painters[pane].show(window);
      const { matrix, users, items } = elements.panes[pane];
      const known = snapshot ? standing.taken(snapshot.observations) : taken;
      const filled = method && !snapshot ? { users: 0, items: 0 } : known;
      if (unseen?.of !== standing || unseen.users !== filled.users || unseen.items !== filled.items)
        unseen = { of: standing, ...filled, places: standing.placesOf(filled) };
      const { places } = unseen;
      drawUnseen(matrix, window, places, theme);
      if (users) drawUnseen(users, window, { ...places, items: [] }, theme);
      if (items) drawUnseen(items, window, { ...places, users: [] }, theme);
      if (fresh) markNew(matrix, window, fresh.places, calm ? 0 : faded, theme);
      if (lit && (method === 'sgd' || pane === 'arrived'))
        lightUp(matrix, window, standing.orders, lit, pane === 'arrived', theme);
    }
    // Without motion the marks stay as they are until they go.
    clearTimeout(waiting);
    if (fresh && calm) waiting = setTimeout(request, markMilliseconds);
    else if (fresh) request();
  }

  function blank() {
    for (const pane of streamPanes) {
      const { matrix } = elements.panes[pane];
      matrix.getContext('2d')?.clearRect(0, 0, matrix.width, matrix.height);
    }
    painted = {};
  }

  const request = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const stops = [lab.subscribe(request), workbench.subscribe(request)];
  const observer = new ResizeObserver(request);
  observer.observe(elements.host);
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', request);
  request();
  return () => {
    for (const stop of stops) stop();
    observer.disconnect();
    system.removeEventListener('change', request);
    cancelAnimationFrame(frame);
    clearTimeout(waiting);
  };
}
