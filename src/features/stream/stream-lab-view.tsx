import { useEffect, useState } from 'react';
import { later } from '../shell/later';
import { PanelBoundary } from '../shell/panel-boundary';
import { OwnRatingPanel } from './own-rating-panel';
import './stream.css';
import { useStream, useWorkbench } from '../workbench-context';
import { StreamChart } from './stream-chart';
import { StreamStage } from './stream-stage';
import { StreamTransport } from './stream-transport';
import { VerdictPanel } from './verdict-panel';

const PruningChart = later(async () => (await import('../pruning/pruning-chart')).PruningChart);

/** Ratings arrive, and the models learn on. */
export function StreamLabView() {
  return (
    <main tabIndex={-1} className="stream-lab">
      <PanelBoundary name="stream stage">
        <StreamStage />
      </PanelBoundary>
      <PanelBoundary name="stream transport">
        <StreamTransport />
      </PanelBoundary>
      <div className="lower">
        <PanelBoundary name="stream chart">
          <Chart />
        </PanelBoundary>
        <PanelBoundary name="verdict">
          <SidePanel />
        </PanelBoundary>
      </div>
    </main>
  );
}

/** Of the methods of the lab, or of the candidates of its search. */
function Chart() {
  const isSearch = useWorkbench(({ pruning }) => Boolean(pruning?.isCharted && pruning.found));
  return isSearch ? <PruningChart /> : <StreamChart />;
}

const tabs = [
  ['verdict', 'Verdict'],
  ['own', 'Your own rating'],
] as const;

/** The verdict, or a rating of one's own: a cell that is clicked brings the latter up. */
function SidePanel() {
  const [tab, setTab] = useState<'verdict' | 'own'>('verdict');
  const draft = useStream((state) => state.draft);
  useEffect(() => {
    if (draft) setTab('own');
  }, [draft]);
  return (
    <section className="box stream-side" aria-label="Verdict and own rating">
      <fieldset className="choices">
        <legend className="visually-hidden">Panel</legend>
        {tabs.map(([id, name]) => (
          <label key={id}>
            <input type="radio" name="Stream panel" checked={tab === id} onChange={() => setTab(id)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so keys must reach it */}
      <div className="stream-side-body" tabIndex={0}>
        {tab === 'verdict' ? <VerdictPanel /> : <OwnRatingPanel />}
      </div>
    </section>
  );
}
