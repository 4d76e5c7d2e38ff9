import { later } from './later';

/** The panels of the settings, apart from what the first picture waits for: they come with the settings. */
export const DataPanel = later(async () => (await import('../data/data-panel')).DataPanel);
export const Controls = later(async () => (await import('../settings/controls')).Controls);
export const RunPanel = later(async () => (await import('../settings/run-panel')).RunPanel);
export const ViewPanel = later(async () => (await import('../settings/view-panel')).ViewPanel);
export const WatchPanel = later(async () => (await import('../watch/watch-panel')).WatchPanel);
export const RecommendPanel = later(async () => (await import('../watch/recommend-panel')).RecommendPanel);
export const StreamControls = later(async () => (await import('../stream/stream-controls')).StreamControls);
export const SearchPanel = later(async () => (await import('../search/search-panel')).SearchPanel);
export const PruningPanel = later(async () => (await import('../pruning/pruning-panel')).PruningPanel);
