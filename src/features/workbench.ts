import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ChartSlice, chartSlice } from './chart/slice';
import { type DataActions, type DataSlice, dataSlice } from './data/slice';
import { type ErrorsActions, type ErrorsSlice, errorsSlice } from './errors/slice';
import { type Exporting, type ExportSlice, exportSlice } from './export/slice';
import { type FactorsSlice, factorsSlice } from './factors/slice';
import { type InspectActions, type InspectSlice, inspectSlice } from './inspect/slice';
import type { LinkActions } from './link/slice';
import { type PresentSlice, presentSlice } from './present/slice';
import type { Prunes, PruningSlice } from './pruning/slice';
import { type RaceSlice, raceSlice } from './race/slice';
import { type RankingSlice, rankingSlice } from './ranking/slice';
import { type RecommendSlice, recommendSlice } from './recommend/slice';
import { type ReplayActions, type ReplaySlice, replaySlice, type ShelfActions } from './replay/slice';
import { type Searching, type SearchSlice, searchSlice } from './search/slice';
import { type SettingsActions, type SettingsSlice, settingsSlice } from './settings/slice';
import { type OfflineActions, type ShellActions, type ShellSlice, shellSlice } from './shell/slice';
import { type StageActions, type StageSlice, stageSlice } from './stage/slice';
import { type StreamActions, type StreamSlice, streamSlice } from './stream/slice';
import type { TransportActions } from './transport/slice';
import { type WatchActions, type WatchSlice, watchSlice } from './watch/slice';

/** All that is shown: every feature has its slice of it. */
export interface WorkbenchState
  extends SettingsSlice,
    ShellSlice,
    DataSlice,
    RaceSlice,
    ReplaySlice,
    RankingSlice,
    RecommendSlice,
    FactorsSlice,
    ChartSlice,
    ErrorsSlice,
    StageSlice,
    InspectSlice,
    ExportSlice,
    PresentSlice,
    StreamSlice,
    WatchSlice,
    SearchSlice,
    PruningSlice {}

/** What a user can do. Everything else follows from it. */
export interface Actions
  extends SettingsActions,
    ShellActions,
    ErrorsActions,
    DataActions,
    TransportActions,
    ReplayActions,
    ShelfActions,
    StageActions,
    InspectActions,
    LinkActions,
    OfflineActions {
  /** How files are saved; its script comes when it is first asked for. */
  exporting(): Promise<Exporting>;
  /** Asks for a folder and watches it. Only where the browser can open folders. */
  openFolder(): Promise<void>;
  /** What can be done with it; its script comes likewise. */
  watching(): Promise<WatchActions>;
  /** How settings are searched; likewise. */
  searching(): Promise<Searching>;
  /** How they are searched on a stream; likewise. */
  pruning(): Promise<Prunes>;
  readonly stream: StreamActions;
}

export type Workbench = StoreApi<WorkbenchState>;

/** @param change what is otherwise than at the beginning */
export const createWorkbench = (change: Partial<WorkbenchState> = {}): Workbench =>
  createStore<WorkbenchState>(() => ({
    ...{ ...settingsSlice(), ...shellSlice(), ...dataSlice(), ...raceSlice(), ...replaySlice() },
    ...{
      ...chartSlice(),
      ...errorsSlice(),
      ...rankingSlice(),
      ...recommendSlice(),
      ...factorsSlice(),
      ...stageSlice(),
      ...inspectSlice(),
      ...exportSlice(),
      ...presentSlice(),
      ...streamSlice(),
      ...watchSlice(),
      ...searchSlice(),
    },
    ...change,
  }));
