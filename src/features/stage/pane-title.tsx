import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { aroundZero } from '../../draw/palette';
import { errorReach } from '../../draw/scene';
import type { MethodId } from '../../methods/method';
import { paneName, runInPane } from '../../state/film';
import { useBench, useWorkbench } from '../workbench-context';

/** The ratings, or what the second pane predicts less what the third does. */
export function RatingsTitle() {
  const { actions } = useBench();
  const difference = useWorkbench((state) => state.looks.difference);
  const left = useWorkbench((state) => paneName(state, 'als'));
  const right = useWorkbench((state) => paneName(state, 'sgd'));
  return (
    <>
      <h2>{difference ? `${left} − ${right}` : 'Ratings'}</h2>
      {difference ? <DifferenceLegend /> : <span className="pane-formula">R</span>}
      <button
        type="button"
        className="pane-toggle"
        aria-pressed={difference}
        title={difference ? 'Show the ratings' : `What ${left} predicts less what ${right} does`}
        onClick={() => actions.look({ difference: !difference })}
      >
        A − B
      </button>
    </>
  );
}

/** Rating units. */
function DifferenceLegend() {
  const scale = useWorkbench((state) => state.data?.ratings.scale);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(aroundZero);
    context.putImageData(image, 0, 0);
  }, []);
  if (!scale) return null;
  const reach = Number(errorReach(scale).toPrecision(3));
  return (
    <span className="pane-formula pane-legend">
      −{reach}
      <canvas
        ref={canvas}
        width="256"
        height="1"
        role="img"
        aria-label={`Colours from −${reach} to ${reach} rating units`}
      />
      {reach}
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
  const view = useWorkbench((state) => state.looks.view);
  const config = useWorkbench((state) => runInPane(state, pane).config);
  const ofAls = { none: 'R ≈ U·P', mean: 'R ≈ μ + U·P', biases: 'R ≈ μ + b + U·P' };
  const isAls = (config?.method ?? pane) === 'als';
  const formula = isAls ? ofAls[config?.baseline ?? 'none'] : 'R ≈ μ + b + U·P';
  return <span className="pane-formula">{view === 'error' ? 'error r̂ − r' : formula}</span>;
}
