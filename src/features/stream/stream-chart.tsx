import { useMemo } from 'react';
import { toldMetric } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import { type ColdPolicy, coldNames } from '../../metrics/tally';
import { grouped } from '../../words/numbers';
import { ChartPanel } from '../chart/chart-panel';
import { Choices } from '../chart/choices';
import { WhoseCurves } from '../pruning/whose-curves';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import type { StreamLooks } from './slice';
import { looksShown } from './stream-curves';
import { costMeasures, errorMeasures } from './stream-measures';
import { streamSource } from './stream-source';

const windows = [1000, 5000, 20_000, 100_000];

/** The error of every method after each batch, as in the post; the dashed line is batch ALS on everything. */
export function StreamChart() {
  const { workbench } = useBench();
  const areLists = useListMetric();
  const what = areLists ? 'What every method recommends' : 'Error of every method';
  const source = useMemo(() => streamSource(workbench), [workbench]);
  return (
    <ChartPanel
      label="Stream chart"
      image={`${what} as ratings arrive`}
      source={source}
      before={
        <>
          <WhoseCurves />
          {!areLists && <ErrorLooks />}
          <CostLook />
        </>
      }
    />
  );
}

/** Whether lists are told, and no errors. */
const useListMetric = () => useWorkbench((state) => isOfLists(toldMetric(state.looks)));

/** Which errors are shown. */
function ErrorLooks() {
  const { stream, look } = useBench().actions;
  const cold = useWorkbench((state) => state.looks.cold);
  const looks = useStream((state) => state.looks);
  const facts = useStream((state) => state.facts);
  const { error } = looksShown({ looks, facts });
  const isMeasured = facts?.validationCount !== 0;
  return (
    <>
      <Choices
        name="Error shown"
        options={errorMeasures.map(({ id, name }) => ({
          id,
          name: id === 'validation' && facts?.isHidden ? 'Hidden' : name,
          disabled: id === 'validation' && !isMeasured,
        }))}
        value={error}
        onChange={(chosen) => stream.look({ error: chosen })}
      />
      {error === 'prequential' && (
        <label className="chart-choice">
          over the last
          <select
            aria-label="Window of prequential errors"
            value={looks.window}
            onChange={(event) => stream.look({ window: Number(event.currentTarget.value) })}
          >
            {windows.map((window) => (
              <option key={window} value={window}>
                {grouped(window)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="chart-choice">
        cold pairs
        <select
          aria-label="Cold pairs"
          value={cold}
          title="What stands for a prediction where a user or an item is not known yet"
          onChange={(event) => look({ cold: event.currentTarget.value as ColdPolicy })}
        >
          {Object.entries(coldNames).map(([policy, name]) => (
            <option key={policy} value={policy}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** Which costs are. */
function CostLook() {
  const { stream } = useBench().actions;
  const cost = useStream((state) => state.looks.cost);
  return (
    <label className="chart-choice">
      dotted
      <select
        aria-label="Second axis"
        value={cost}
        onChange={(event) => stream.look({ cost: event.currentTarget.value as StreamLooks['cost'] })}
      >
        {costMeasures.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
