import { later } from './later';

/** The parts of the page that the first picture does not wait for. */
export const MappingDialog = later(async () => (await import('../data/mapping-dialog')).MappingDialog);
export const HeaderTools = later(async () => (await import('./header-tools')).HeaderTools);
export const Story = later(async () => (await import('../story/story')).Story);
export const RaceTransport = later(async () => (await import('../transport/race-transport')).RaceTransport);
export const RaceChart = later(async () => (await import('../chart/race-chart-view')).RaceChart);
export const Inspector = later(async () => (await import('../inspect/inspector')).Inspector);
export const Recommend = later(async () => (await import('../recommend/recommend')).Recommend);
export const Factors = later(async () => (await import('../factors/factors')).Factors);
export const StreamLabView = later(async () => (await import('../stream/stream-lab-view')).StreamLabView);
export const Loading = later(async () => (await import('./notice')).Loading);
export const Notice = later(async () => (await import('./notice')).Notice);
export const SettingsRail = later(async () => (await import('./settings-rail')).SettingsRail);
export const Shortcuts = later(async () => (await import('../transport/shortcuts')).Shortcuts);
