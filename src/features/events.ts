import type { OrderBy } from '../draw/orders';
import type { Window } from '../draw/window';
import type { SettingName, Settings } from '../settings/race';
import type { LinkedStream } from '../state/link/link';
import type { LinkedRuns } from '../state/link/runs';
import type { Brought } from './data/slice';

/**
 * What one feature tells the others, without knowing who listens, and what is said with it. A driver that needs an
 * answer of another, or commands it, is handed that one when it is started; only drivers that were started before it.
 */
interface Events {
  /** Other ratings are on the stage, and their runs have begun. */
  ratingsArrived: [];
  /** They were read from these files. */
  filesTaken: [brought: Brought];
  /** What is being loaded or opened is given up. */
  loadingCancelled: [];

  /** Settings say another picture, which is to be made. Of this and the next four, only the weightiest is told. */
  pictureChanged: [];
  /** What came as a test set is to be held out again, after it was divided otherwise. */
  testSetWanted: [];
  /** The ratings are to be divided anew. */
  divisionChanged: [];
  /** The runs are to begin anew. A slider that is being dragged asks for one run, not for fifty. */
  restartAsked: [isDragged: boolean];
  /** Runs are to take λ or γ up from where they are. */
  liveChanged: [change: Partial<Settings>];
  /** These have changed, and neither data nor runs begin anew. */
  settingsChanged: [names: readonly SettingName[]];

  /** Settings of a link to ratings that are here. */
  settingsLinked: [settings: Partial<Settings>];
  /** The stream lab is to be opened, with a stream that goes to its batch. */
  streamLinked: [stream: LinkedStream];
  /** The runs are to begin anew with these changes, each brought to its unit. */
  runsLinked: [runs: LinkedRuns];
  orderLinked: [by: OrderBy];
  windowLinked: [window: Window];
}

export interface Hub {
  on<Name extends keyof Events>(name: Name, listener: (...said: Events[Name]) => unknown): void;
  /** Tells all who listen at once, in the order in which they began to; ends when what they then do has ended. */
  tell<Name extends keyof Events>(name: Name, ...said: Events[Name]): Promise<void>;
}

export function eventHub(): Hub {
  const listeners = new Map<keyof Events, ((...said: never[]) => unknown)[]>();
  const of = (name: keyof Events) => listeners.get(name) ?? [];
  return {
    on: (name, listener) => void listeners.set(name, [...of(name), listener]),
    async tell(name, ...said) {
      await Promise.all(of(name).map((listener) => listener(...(said as never[]))));
    },
  };
}
