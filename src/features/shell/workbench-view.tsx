import '@fontsource-variable/inter';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { type DragEvent, useLayoutEffect, useState } from 'react';
import { pictureName } from '../../ratings/pictures/names';
import { counted, grouped } from '../../words/numbers';
import { filesDropped } from '../data/dropped';
import { EmbedHead } from '../embed/embed-head';
import { Presentation } from '../present/presentation';
import { RaceStage } from '../stage/race-stage';
import { ModeTabs } from '../stream/mode-tabs';
import { useKeys } from '../transport/keys';
import { useBench, useWorkbench } from '../workbench-context';
import './header.css';
import './layout.css';
import {
  Factors,
  HeaderTools,
  Inspector,
  Loading,
  MappingDialog,
  Notice,
  RaceChart,
  RaceTransport,
  Recommend,
  SettingsRail,
  Shortcuts,
  Story,
  StreamLabView,
} from './page-parts';
import { PanelBoundary } from './panel-boundary';

/** The whole page. */
export function WorkbenchView() {
  const [help, setHelp] = useState(false);
  const theme = useWorkbench((state) => state.looks.theme);
  const mode = useWorkbench((state) => state.looks.mode);
  const drop = useDrop();
  const hasHelped = useEver(help);
  const hasAsked = useEver(useWorkbench((state) => state.question !== null));
  useKeys(({ key }) => (key === '?' ? () => setHelp(true) : undefined));
  // Before any effect: those of the charts ask the page for its colours.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <CSPProvider disableStyleElements>
      <div className="workbench" {...drop.handlers}>
        <PanelBoundary name="header">
          <Header onHelp={() => setHelp(true)} />
          <EmbedHead />
        </PanelBoundary>
        <PanelBoundary name="settings">
          <SettingsRail />
        </PanelBoundary>
        {mode === 'stream' ? (
          <PanelBoundary name="stream lab">
            <StreamLabView />
          </PanelBoundary>
        ) : (
          <main tabIndex={-1}>
            {mode === 'race' && (
              <>
                <PanelBoundary name="stage">
                  <RaceStage />
                </PanelBoundary>
                <PanelBoundary name="story">
                  <Story />
                </PanelBoundary>
              </>
            )}
            {mode === 'recommend' && (
              <PanelBoundary name="recommendations">
                <Recommend />
              </PanelBoundary>
            )}
            {mode === 'factors' && (
              <PanelBoundary name="factors">
                <Factors />
              </PanelBoundary>
            )}
            <PanelBoundary name="transport">
              <RaceTransport />
            </PanelBoundary>
            <div className="lower">
              <PanelBoundary name="chart">
                <RaceChart />
              </PanelBoundary>
              <PanelBoundary name="inspector">
                <Inspector />
              </PanelBoundary>
            </div>
          </main>
        )}
        <PanelBoundary name="notice">
          <Loading />
          <Notice />
        </PanelBoundary>
        <Presentation />
        <PanelBoundary name="question">{hasAsked && <MappingDialog />}</PanelBoundary>
        {drop.over && (
          <div className="drop-overlay">
            Drop ratings, with titles or a test set if you like, or a picture
          </div>
        )}
        <PanelBoundary name="help">
          {hasHelped && <Shortcuts open={help} onOpenChange={setHelp} />}
        </PanelBoundary>
      </div>
    </CSPProvider>
  );
}

function Header({ onHelp }: { onHelp: () => void }) {
  return (
    <header className="header">
      {/* Not a link: the address holds the settings. */}
      <button
        type="button"
        className="button primary skip-link"
        onClick={() => document.querySelector('main')?.focus()}
      >
        Skip to the matrices
      </button>
      <img src="/icon.svg" alt="" width="22" height="22" />
      <h1>Factorscope</h1>
      <ModeTabs onApproach={viewsAhead} />
      <Summary />
      <PanelBoundary name="menus">
        <HeaderTools onHelp={onHelp} />
      </PanelBoundary>
    </header>
  );
}

/** What the other tabs show is asked for as somebody comes near them, so that nothing moves once they are chosen. */
function viewsAhead() {
  for (const view of [Recommend, Factors, StreamLabView]) view.ahead();
}

function Summary() {
  const data = useWorkbench((state) => state.data);
  const slow = useWorkbench((state) => state.computing.slow);
  const undrawn = useWorkbench((state) => state.undrawn);
  const { actions } = useBench();
  if (!data && !undrawn) return <p className="summary">Drawing…</p>;
  if (!data)
    return (
      <p className="summary">
        Nothing could be drawn.{' '}
        <button type="button" className="link-button" onClick={actions.drawAgain}>
          Try again
        </button>
      </p>
    );
  const { name, userCount, itemCount, ratingCount } = data.ratings;
  const ours = data.source === 'picture' || data.source === 'run';
  const title = ours ? (pictureName(name) ?? name) : name;
  return (
    <p className="summary" data-testid="summary">
      <bdi>{title}</bdi> ·{' '}
      <span className="summary-part">
        {grouped(userCount)} × {grouped(itemCount)} ·
      </span>{' '}
      <span className="summary-part">
        {data.source === 'run' ? 'an opened run' : counted(ratingCount, 'rating')}
      </span>
      {slow && (
        <strong
          className="slow-mode"
          title="This browser cannot run the fast kernels (WebAssembly SIMD); the readable ones in plain JavaScript serve instead."
        >
          slow mode
        </strong>
      )}
    </p>
  );
}

/** Whether something has been so once: a dialog stays when it is closed, so that it can give the focus back. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever;
}

/** Files dropped anywhere on the page. */
function useDrop() {
  const { actions } = useBench();
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      const asTheyAre = [...event.dataTransfer.files];
      if (asTheyAre.length === 0) return;
      // Of a folder that cannot be read, or is empty, the reader says so.
      const open = (files: readonly File[]) => actions.openFiles(files.length > 0 ? files : asTheyAre);
      filesDropped(event.dataTransfer).then(open, () => open([]));
    },
  };
  return { over, handlers };
}
