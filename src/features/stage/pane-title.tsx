import { X } from 'lucide-react';
import { aroundZeroFor } from '../../draw/palette';
import { viewOf } from '../../draw/views';
import { scaleAroundZero } from '../../draw/views/view';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import { paneName, runInPane, shownFrame } from '../replay/replay';

import { useBench, useDark, useWorkbench } from '../workbench-context';
import { ScaleBar } from './legend';

/** The ratings, or what the second pane predicts less what the third does. */
export function RatingsTitle() {
  const { actions } = useBench();
  const difference = useWorkbench((state) => state.looks.difference);
  const [one, two] = racingOf({ methods: useWorkbench((state) => state.settings.methods) });
  const left = useWorkbench((state) => paneName(state, one));
  const right = useWorkbench((state) => paneName(state, two));
  return (
    <>
      <h2>{difference ? `${left} − ${right}` : 'Ratings'}</h2>
      {difference ? <DifferenceLegend /> : <span className="pane-formula">R</span>}
      <button
        type="button"
        className="button pane-toggle"
        aria-pressed={difference}
        title={difference ? 'Show the ratings' : `What ${left} predicts less what ${right} does`}
        onClick={() => actions.look({ difference: !difference })}
      >
        Difference
      </button>
    </>
  );
}

function DifferenceLegend() {
  const ratings = useWorkbench((state) => state.data?.ratings.scale);
  const aroundZero = aroundZeroFor(useDark());
  if (!ratings) return null;
  return (
    <span className="legend pane-formula pane-legend">
      <ScaleBar {...scaleAroundZero(ratings, { aroundZero })} />
    </span>
  );
}

/** The method, or the run that was put into its pane. */
export function ModelTitle({ pane }: { pane: MethodId }) {
  const { actions } = useBench();
  const name = useWorkbench((state) => paneName(state, pane));
  const other = useWorkbench((state) => state.panes[pane] !== null);
  const colour = useWorkbench((state) => runInPane(state, pane).colour);
  return (
    <>
      <h2 style={other ? { textDecorationColor: colour } : undefined} data-other={other}>
        {name}
      </h2>
      <PaneFormula pane={pane} />
      {other && (
        <button
          type="button"
          className="icon-button pane-back"
          aria-label={`Take ${name} out of this pane`}
          title="Back to the run that goes on"
          onClick={() => actions.showIn(pane, null)}
        >
          <X size={12} />
        </button>
      )}
    </>
  );
}

/** What a pane shows, as a formula beside its title. */
function PaneFormula({ pane }: { pane: MethodId }) {
  const formula = useWorkbench((state) => {
    const { config } = runInPane(state, pane);
    const ofPrediction = methodOf(config?.method ?? pane).formula(config?.baseline ?? 'none');
    return viewOf(state.looks.view).formula(ofPrediction, shownFrame(state, pane));
  });
  return <span className="pane-formula">{formula}</span>;
}
