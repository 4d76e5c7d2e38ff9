import { mostBinsOf } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import { factorsAt, termsAt } from '../../draw/terms';
import { viewOf } from '../../draw/views';
import { atOnceOf, raceMethodIds } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import { racingOf } from '../../settings/race';
import type { LoadedData } from '../../state/loaded-data';
import { asSummand, printedSum, significant } from '../../words/numbers';
import { comparedFrames, shownFrame } from '../replay/replay';
import type { Actions, Workbench, WorkbenchState } from '../workbench';
import { readCell, readWindow } from './cell-reading';
import { flashes, flashing } from './flash';
import { byFinger } from './gestures';
import type { Lit, Overlay, PanePicture, StageModel } from './model';
import type { Cell } from './slice';
import { type Sweep, sweeps } from './sweep';

/** The race on the stage: what is known, and what each method makes of it. */
export function raceModel(
  { getState: get, subscribe }: Workbench,
  { show, pointAt }: Pick<Actions, 'show' | 'pointAt'>,
): StageModel {
  const flashOf = new Map(raceMethodIds.map((id) => [id, flashes()]));
  const sweepsOf = new Map(raceMethodIds.map((id) => [id, sweeps(() => performance.now())]));

  /** A pane as it is, or as the half-sweep has come that is shown in it. */
  function paneOf(state: WorkbenchState, scene: Scene, method: MethodId): PanePicture {
    const pane = modelPane(state, scene, method);
    const { track, config } = state.runs[method];
    const { snapshots, latest } = track;
    if (!isShownComing(state, method) || pane.subject !== latest || !latest || !config) return pane;
    if (!atOnceOf(method).sweeps) return withFlashes(state, pane, latest, config);
    const sweep = sweepsOf.get(method)?.(latest, snapshots.at(-2));
    return sweep ? { ...pane, subject: sweep.frame, over: sweepLine(sweep) } : pane;
  }

  /** What somebody has to see flash has to be going, and every cell to be a rating. */
  function withFlashes(
    { data, playing }: WorkbenchState,
    pane: PanePicture,
    latest: Snapshot,
    config: RunConfig,
  ) {
    const isComplete = data?.trainingCount === latest.userCount * latest.itemCount && data.orderBy === 'id';
    const cells = isComplete && playing ? flashOf.get(config.method)?.(latest, config) : undefined;
    return cells?.length ? { ...pane, over: flashing(cells, latest) } : pane;
  }

  return {
    subscribe,
    show,
    pointAt,
    viewed() {
      const { data, scene, window, crosshair } = get();
      return data && scene && { counts: data.ratings, window, lens: scene.lens, crosshair };
    },
    picture() {
      const state = get();
      const { data, scene, looks, window, crosshair, reconstruct } = state;
      if (!data || !scene) return null;
      const models = racingOf(state.settings).map(
        (method) => [method, paneOf(state, scene, method)] as const,
      );
      const isSweeping = models.some(([method, { over }]) => over && atOnceOf(method).sweeps);
      return {
        ...{ scene, counts: data.ratings, window, crosshair, looks, reconstruct },
        ...(isSweeping && { again: 0 }),
        cells: wholeCells(data),
        view: viewOf(looks.view),
        panes: {
          ratings: ratingsPane(state, scene),
          ...Object.fromEntries(models),
        },
        where(cell) {
          if (cell) return readCell(scene, cell).where;
          return window ? readWindow(scene, window, data.ratings) : idle();
        },
      };
    },
  };
}

/** Who sees it for the first time is shown half-sweeps row by row, and which cells come, unless things are not to move. */
const isShownComing = (state: WorkbenchState, method: MethodId): boolean =>
  state.opening &&
  state.window === null &&
  state.panes[method] === null &&
  !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Down as users are solved, across as items are. */
const sweepLine = ({ side, share }: Sweep): Overlay => ({
  inputs: [side, share],
  draw(part, context, { x, y, width, height }, _, { lit }) {
    if (part !== 'matrix' && part !== side) return;
    // Seen on any colour.
    for (const [colour, thick] of [
      [lit.around, 4],
      [lit.frame, 2],
    ] as const) {
      context.fillStyle = colour;
      if (side === 'users') context.fillRect(x, y + share * height - thick / 2, width, thick);
      else context.fillRect(x + share * width - thick / 2, y, thick, height);
    }
  },
});

/** Cells on the longer side of the whole: a picture's own; of a file, those of its overview. */
function wholeCells({ source, ratings }: LoadedData): number {
  return Math.min(
    source === 'picture' ? mostBinsOf.picture : mostBinsOf.file,
    Math.max(ratings.userCount, ratings.itemCount),
  );
}

const idle = () =>
  byFinger() ? 'Touch a cell to compare; pinch to zoom.' : 'Point at a cell to compare; scroll to zoom.';

/** The ratings, or what one model predicts less what another does. */
function ratingsPane(state: WorkbenchState, scene: Scene): PanePicture {
  const lit = Object.values(state.inspected).find(({ observed }) => observed)?.observed ?? null;
  const compared = comparedFrames(state);
  if (!compared) return { subject: 'ratings', lit, reading: (cell) => readingOfRating(scene, cell) };
  const { left, right } = compared;
  return {
    ...{ subject: [left, right], lit },
    reading(cell) {
      const [a, b] = [left, right].map((frame) => termsAt(scene, frame, cell).prediction);
      const { terms, sum } = printedSum([a, -b]);
      return `${terms[0]} ${asSummand(terms[1])} = ${sum}`;
    },
  };
}

function readingOfRating(scene: Scene, cell: Cell): string {
  const { rating, heldOut } = readCell(scene, cell);
  return rating === null ? 'not known' : `r = ${significant(rating)}${heldOut ? ' (held out)' : ''}`;
}

function modelPane(state: WorkbenchState, scene: Scene, method: MethodId): PanePicture {
  const frame = shownFrame(state, method);
  const lit = state.panes[method] === null ? litBy(state, method) : null;
  if (!frame) return { subject: null, lit };
  const { reading } = viewOf(state.looks.view);
  return {
    ...{ subject: frame, lit },
    reading: (cell) => reading(termsAt(scene, frame, cell)),
    breakdown: (cell) => ({
      ...{ where: readCell(scene, cell).where, terms: termsAt(scene, frame, cell) },
      ...factorsAt(scene, frame, cell),
    }),
  };
}

/** The user and the item that the inspector's step has changed of a method. */
function litBy({ inspected }: WorkbenchState, method: MethodId): Lit | null {
  const { solved, rows, observed = null } = inspected[method] ?? {};
  if (observed) return observed;
  // Lit once it is solved: before, nothing has changed there.
  if (!solved || rows?.line !== solved.line) return null;
  return solved.side === 'users' ? { user: solved.line, item: null } : { user: null, item: solved.line };
}
