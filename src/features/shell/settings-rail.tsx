import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useState } from 'react';
import { useWorkbench } from '../workbench-context';
import { PanelBoundary } from './panel-boundary';
import {
  Controls,
  DataPanel,
  PruningPanel,
  RecommendPanel,
  RunPanel,
  SearchPanel,
  StreamControls,
  ViewPanel,
  WatchPanel,
} from './rail-panels';
import { useMedia } from './use-media';

/** Where not all fits at once: the settings are a sheet under the picture then. The style sheets say the same. */
const narrow = '(max-width: 1180px), (max-height: 559px)';

type PanelName = 'view' | 'model' | 'data' | 'run' | 'search';

/** What can be set, by where it is found: who needs it opens it. */
export function SettingsRail() {
  const mode = useWorkbench((state) => state.looks.mode);
  const isWatching = useWorkbench((state) => state.watch !== null);
  const isSheet = useMedia(narrow);
  const [open, setOpen] = useState<PanelName>('model');
  const [isUp, setUp] = useState(false);
  useBrought(() => setOpen('data'));
  useSearched(() => setOpen('search'));
  const shown = isSheet && !isUp ? null : open;
  const tabs: readonly (readonly [PanelName, string, ReactNode])[] = [
    ['view', 'View', <ViewPanel key="view" />],
    ['model', 'Model', mode === 'stream' ? <StreamControls key="model" /> : <Controls key="model" />],
    [
      'data',
      'Data',
      <div className="panels" key="data">
        {isWatching && <WatchPanel />}
        {isWatching && <RecommendPanel />}
        <DataPanel />
      </div>,
    ],
    ['run', 'Run', mode === 'stream' ? null : <RunPanel key="run" />],
    ['search', 'Search', mode === 'stream' ? <PruningPanel key="search" /> : <SearchPanel key="search" />],
  ];
  return (
    <Tabs.Root
      render={<aside />}
      className="controls"
      aria-label="Settings"
      value={tabs.some(([name, , panel]) => name === shown && !panel) ? 'model' : shown}
      onValueChange={(name: PanelName) => {
        setOpen(name);
        setUp(true);
      }}
    >
      <Tabs.List className="controls-tabs" aria-label="Settings">
        {/* Without a panel it is hidden, and no tab stop: one that is removed stays in memory with each new one. */}
        {tabs.map(([name, words, panel]) => (
          <Tabs.Tab
            key={name}
            value={name}
            hidden={!panel}
            onClick={() => isSheet && name === shown && setUp(false)}
          >
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(([name, words, panel]) => (
        <Tabs.Panel key={name} value={name} className="controls-panel" tabIndex={-1}>
          <PanelBoundary name={words.toLowerCase()}>{panel}</PanelBoundary>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

/** Somebody brought ratings, or has a folder watched: what is in it is what they want to see. */
function useBrought(show: () => void) {
  const brought = useWorkbench(({ data, watch }) => {
    if (watch) return watch.name;
    return data && data.source !== 'picture' ? data.ratings : null;
  });
  // What was there before the page was is brought, too.
  const [seen, setSeen] = useState<unknown>(null);
  if (brought === seen) return;
  setSeen(brought);
  if (brought) show();
}

/** A link is of a search. */
function useSearched(show: () => void) {
  const said = useWorkbench(({ looks, searchSaid, pruningSaid = null }) =>
    looks.mode === 'stream' ? pruningSaid : searchSaid,
  );
  const [seen, setSeen] = useState(said);
  if (said === seen) return;
  setSeen(said);
  if (said !== null) show();
}
