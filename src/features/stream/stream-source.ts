import { methodOf } from '../../methods';
import { toldErrors, toldMetric } from '../../metrics';
import { grouped, inUnits } from '../../words/numbers';
import type { ChartSource } from '../chart/draw-chart';
import { memoised } from '../chart/memoised';
import type { Workbench, WorkbenchState } from '../workbench';
import type { StreamState } from './slice';
import { looksShown, streamCurves } from './stream-curves';
import { listReadOut, listsTold } from './stream-lists';

/** The chart of the stream lab. A chart that is drawn on need not move with every frame; the matrices need theirs. */
export function streamSource({ getState: get, subscribe }: Workbench): ChartSource {
  const metric = () => toldErrors(get().looks);
  const methodsOf = memoised(
    ({ config }) => [config?.methods],
    ({ config }: StreamState) =>
      (config?.methods ?? []).map((id) => ({
        id,
        name: methodOf(id).name,
        colour: `var(--method-${id})`,
      })),
  );
  const curves = memoised(
    (state) => [methodsOf(state), metric(), state.looks, state.facts, state.moments],
    (state: StreamState) => streamCurves(methodsOf(state), metric(), looksShown(state), state.moments),
  );
  const lists = memoised(
    ({ stream, streamRankings, looks }) => [stream.config, streamRankings, toldMetric(looks), looks.listSize],
    (state: WorkbenchState) => listsTold(state, methodsOf(state.stream), 'var(--reference)'),
  );
  const chart = memoised(
    (state) => {
      const { stream } = state;
      return [curves(stream), lists(state), stream.momentCount, stream.shown, stream.facts];
    },
    (state: WorkbenchState) => {
      const { facts, shown } = state.stream;
      return facts && { ...curves(state.stream)(facts, shown, lists(state)), named: true };
    },
  );
  return {
    subscribe,
    rest: 60,
    chart: () => chart(get()),
    readOut(place, values) {
      const now = chart(get());
      if (now && lists(get())) return listReadOut(now, place);
      return `after ${grouped(place)}: ${values.map(({ name, value }) => `${name} ${inUnits(value)}`).join(' · ')}`;
    },
  };
}
