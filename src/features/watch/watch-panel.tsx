import { Facts } from '../data/facts';
import { useWorkbench } from '../workbench-context';
import { useWatching } from './use-watching';
import { farOf, statusSentence } from './words';

/** The folder that is watched: what writes it, how it is with it, and how far its runs have come. */
export function WatchPanel() {
  const { stopWatching } = useWatching();
  const watch = useWorkbench((state) => state.watch);
  const shelf = useWorkbench((state) => state.shelf);
  if (!watch) return null;
  const { name, manifest, isBeside, runs } = watch;
  const own = shelf.filter(({ id }) => runs.includes(id));
  return (
    <section className="panel" aria-label="Watching">
      <header className="panel-head">
        <h2>Watching {manifest ? <bdi>{manifest.data.name}</bdi> : name}</h2>
        <button type="button" className="link-button" onClick={stopWatching}>
          Stop watching
        </button>
      </header>
      <p className="field-note" role="status">
        {statusSentence(watch)}
      </p>
      <Facts of={own.map((run) => [run.name, farOf(run)])} />
      {own.length > 0 && (
        <p className="field-note">
          {isBeside
            ? 'Its users and items are found by their names among the ratings here, so that its runs stand beside those of this tab.'
            : 'Its ratings are not here: scrub, compare and export it. With the same ratings opened, its runs stand beside those of this tab.'}
        </p>
      )}
    </section>
  );
}
