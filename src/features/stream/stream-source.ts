import type { Chart } from '../../draw/chart/chart';
import { methodOf } from '../../methods';
import { errorMetricOf } from '../../metrics';
import { grouped, inUnits } from '../../words/numbers';
import type { ChartSource } from '../chart/draw-chart';
import { memoised } from '../chart/memoised';
import type { Workbench } from '../workbench';
import type { StreamState } from './slice';
import { looksShown, streamCurves } from './stream-curves';

/** Room for the names at the ends of the curves, as a share of all ratings. */
const roomForNames = 0.16;

function withNames({ across, ...chart }: Chart): Chart {
  const [from, to] = across.range;
  return { ...chart, across: { ...across, range: [from, to + roomForNames * (to - from)] }, named: true };
}

/** The chart of the stream lab. A chart that is drawn on need not move with every frame; the matrices need theirs. */
export function streamSource({ getState: get, subscribe }: Workbench): ChartSource {
  const metric = () => errorMetricOf(get().looks.metric);
  const curves = memoised(
    ({ config, looks, facts, moments }) => [config?.methods, metric(), looks, facts, moments],
    ({ config, looks, facts, moments }: StreamState) => {
      const methods = (config?.methods ?? []).map((id) => ({
        id,
        name: methodOf(id).name,
        colour: `var(--method-${id})`,
      }));
      return streamCurves(methods, metric(), looksShown({ looks, facts }), moments);
    },
  );
  const chart = memoised(
    (state) => [curves(state), state.momentCount, state.shown, state.facts],
    (state: StreamState) => state.facts && withNames(curves(state)(state.facts, state.shown)),
  );
  return {
    subscribe,
    rest: 60,
    chart: () => chart(get().stream),
    readOut: (place, values) =>
      `after ${grouped(place)}: ${values.map(({ name, value }) => `${name} ${inUnits(value)}`).join(' · ')}`,
  };
}
