import { type ComponentType, createElement, lazy } from 'react';
import { noteUnloaded, Unloaded } from './unloaded';

/**
 * A part of the page that the first picture does not wait for: its script is asked for once the part is first drawn,
 * and again, where it did not come, when somebody wants it drawn again.
 */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        // What is lazy fails for ever once it has.
        noteUnloaded(() => {
          part = attempt();
        });
        throw new Unloaded('a script did not come', { cause: error });
      }
    });
  let part = attempt();
  return (props: Props) => createElement(part as ComponentType<Props>, props);
}

export const DataPanel = later(async () => (await import('../data/data-panel')).DataPanel);
export const MappingDialog = later(async () => (await import('../data/mapping-dialog')).MappingDialog);
export const RejectedRows = later(async () => (await import('../data/rejected-rows')).RejectedRows);
export const HeaderTools = later(async () => (await import('./header-tools')).HeaderTools);
export const Story = later(async () => (await import('../story/story')).Story);
export const Controls = later(async () => (await import('../settings/controls')).Controls);
export const RunPanel = later(async () => (await import('../settings/run-panel')).RunPanel);
export const ViewPanel = later(async () => (await import('../settings/view-panel')).ViewPanel);
export const RaceTransport = later(async () => (await import('../transport/race-transport')).RaceTransport);
export const RaceChart = later(async () => (await import('../chart/race-chart-view')).RaceChart);
export const Inspector = later(async () => (await import('../inspect/inspector')).Inspector);
export const WatchPanel = later(async () => (await import('../watch/watch-panel')).WatchPanel);
export const RecommendPanel = later(async () => (await import('../watch/recommend-panel')).RecommendPanel);
export const StreamControls = later(async () => (await import('../stream/stream-controls')).StreamControls);
export const StreamLabView = later(async () => (await import('../stream/stream-lab-view')).StreamLabView);
export const Presenting = later(async () => (await import('../present/presenting')).Presenting);
export const Loading = later(async () => (await import('./notice')).Loading);
export const Notice = later(async () => (await import('./notice')).Notice);
export const SettingsRail = later(async () => (await import('./settings-rail')).SettingsRail);
export const Shortcuts = later(async () => (await import('../transport/shortcuts')).Shortcuts);
