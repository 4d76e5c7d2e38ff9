import { useEffect, useState } from 'react';
import { PanelBoundary } from '../shell/panel-boundary';
import { OwnRatingPanel } from './own-rating-panel';
import './stream.css';
import { StreamChart } from './stream-chart';
import { useLab, useStream } from './stream-context';
import { StreamStage } from './stream-stage';
import { StreamTransport } from './stream-transport';
import { VerdictPanel } from './verdict-panel';

/** Ratings arrive, and the models learn on. */
export function StreamLabView() {
  useStreamKeys();
  return (
    <main className="stream-lab">
      <PanelBoundary name="stream stage">
        <StreamStage />
      </PanelBoundary>
      <PanelBoundary name="stream transport">
        <StreamTransport />
      </PanelBoundary>
      <div className="stream-bottom">
        <PanelBoundary name="stream chart">
          <StreamChart />
        </PanelBoundary>
        <PanelBoundary name="verdict">
          <SidePanel />
        </PanelBoundary>
      </div>
    </main>
  );
}

const tabs = [
  ['verdict', 'Verdict'],
  ['own', 'Your own rating'],
] as const;

/** The verdict, or a rating of one's own: a cell that is clicked brings the latter up. */
function SidePanel() {
  const [tab, setTab] = useState<'verdict' | 'own'>('verdict');
  const draft = useLab((state) => state.draft);
  useEffect(() => {
    if (draft) setTab('own');
  }, [draft]);
  return (
    <section className="stream-side" aria-label="Verdict and own rating">
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

const keepsKeys =
  'input:not([type="checkbox"]):not([type="radio"]), select, textarea, [role="slider"], [role="menu"], [role="dialog"]';

/** Space plays, → takes a batch, r begins anew: as in the race. */
function useStreamKeys() {
  const { lab, stream } = useStream();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(keepsKeys) || (event.key === ' ' && target?.closest('button, a, summary, input')))
        return;
      const { playing, target: jumping } = lab.getState();
      if (event.key === ' ') playing || jumping !== null ? stream.pause() : stream.play();
      else if (event.key === 'ArrowRight') stream.oneBatch();
      else if (event.key.toLowerCase() === 'r') stream.restart();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [lab, stream]);
}
