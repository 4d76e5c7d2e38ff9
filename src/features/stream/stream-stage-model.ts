import { mostBinsOf } from '../../draw/lens';
import { views } from '../../draw/views';
import { wholeWindow } from '../../draw/window';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { LoadedData } from '../../state/loaded-data';
import type { StreamFacts } from '../../workers/learn-protocol';
import { byFinger } from '../stage/gestures';
import type { PanePicture, StageModel } from '../stage/model';
import type { Cell } from '../stage/slice';
import type { Workbench } from '../workbench';
import { type Arrived, arrivedScene, nobody, type Standing, stageOrderOf, standingOf } from './arrived';
import { cellWords } from './cell-words';
import { momentShown, type StreamActions, type StreamState, snapshotShown } from './slice';
import { marksOver, newcomers } from './stage-marks';

const idle = () =>
  byFinger() ? 'Touch a cell to rate it; pinch to zoom.' : 'Click a cell to rate it; scroll to zoom.';

const mostBinsFor = ({ source }: LoadedData) => (source === 'picture' ? mostBinsOf.picture : mostBinsOf.file);

/** What the panes of methods are called, from the first to the last. */
export const ordinals = ['first', 'second', 'third'] as const;

/** What has arrived of a stream, and what methods make of it: matrices that grow. */
export function streamModel(workbench: Workbench, stream: Pick<StreamActions, 'show' | 'draft'>): StageModel {
  let laidOut: LaidOut | null = null;
  const news = newcomers();
  let pointed: Cell | null = null;
  let changed = () => {};

  /** Layout of what is on screen; made anew where the one that there is does not serve. */
  function layOut(facts: StreamFacts, data: LoadedData, state: StreamState): LaidOut {
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
      const stop = workbench.subscribe(listener);
      return () => {
        stop();
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
      const { data, stream: now } = workbench.getState();
      const who = whoIn(cell);
      if (data && who) stream.draft({ ...who, value: now.draft?.value ?? data.ratings.scale.max });
    },
    viewed() {
      const { facts, window } = workbench.getState().stream;
      if (!facts || laidOut?.facts !== facts) return null;
      const { standing, arrived } = laidOut;
      return { counts: standing, window, lens: arrived.scene.lens, crosshair: null };
    },
    picture() {
      const { data, looks, reconstruct } = workbench.getState();
      const state = workbench.getState().stream;
      const moment = momentShown(state);
      if (!data || !state.facts || !moment) return null;
      const { standing, arrived } = layOut(state.facts, data, state);
      arrived.show(moment.ratings);
      const taken = standing.taken(moment.ratings);
      const fresh = news.at(standing, taken);
      const rated = state.shown === null && state.undoable > 0 ? (state.ownRatings.at(-1) ?? null) : null;
      const methodPane = (method: MethodId): PanePicture => {
        const subject = snapshotShown(state, method);
        const there = subject ? standing.taken(subject.observations) : nobody;
        const learns = methodOf(method).arriving?.takesOwnRatings;
        return { subject, over: marksOver({ standing, there, fresh, lit: learns ? rated : null }, 'lines') };
      };
      return {
        ...{ scene: arrived.scene, counts: standing, window: state.window, crosshair: null },
        ...{ looks, reconstruct, view: views[0] },
        cells: Math.min(mostBinsFor(data), Math.max(standing.userCount, standing.itemCount)),
        panes: {
          ratings: {
            ...{ subject: 'ratings', version: moment.ratings },
            over: marksOver({ standing, there: taken, fresh, lit: rated }, 'cell'),
          },
          ...Object.fromEntries(state.looks.panes.map((method, i) => [ordinals[i], methodPane(method)])),
        },
        where() {
          const cell = pointed && whoIn(pointed);
          return cell ? cellWords(state, data, cell) : idle();
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
