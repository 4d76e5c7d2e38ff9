import { useEffect, useMemo, useState } from 'react';
import { toldErrors, toldMetric } from '../../metrics';
import { type ErrorMetric, isOfLists } from '../../metrics/metric';
import { type ColdPolicy, coldNames } from '../../metrics/tally';
import { grouped, inUnits, percent } from '../../words/numbers';
import { memoised } from '../chart/memoised';
import { nothingHeldOut } from '../ranking/list-words';
import type { WorkbenchState } from '../workbench';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { unseenName } from './names';
import { momentShown } from './slice';
import { type Column, costs, Rows, StandingsTable, Words } from './standings-table';
import { type ListStanding, listStandings } from './stream-lists';
import { type Turned, turnedOf, type Verdict, verdictAt, verdictWords } from './verdict-words';

const errors = (metric: ErrorMetric, policy: ColdPolicy, unseen: string): readonly Column[] => [
  {
    name: metric.name,
    title: `${metric.name}, ${unseen}; cold pairs: ${coldNames[policy]}`,
    of: (one) => (one.diverged ? 'diverged' : inUnits(one.validation)),
  },
  {
    name: 'Preq.',
    title: 'Predicted before it was learnt, all that has arrived',
    of: (one) => inUnits(one.prequential),
  },
];

const lists = (metric: string): readonly Column<ListStanding>[] => [
  {
    name: metric,
    title: 'With its standard error over users',
    of: (one) => (one.diverged ? 'diverged' : one.words),
  },
  {
    name: 'Batch',
    title: 'After which batch the factors were judged: the last that were kept up to the one shown',
    of: (one) => (one.judgedAt === null ? '–' : grouped(one.judgedAt)),
  },
];

const histories: readonly Column[] = ['new', '1–5', '6–20', 'more'].map((name, group) => ({
  name,
  of: (one) => inUnits(one.byHistory[group]),
}));

const turns: readonly Column<Turned>[] = [
  { name: 'Before', of: ({ before }) => inUnits(before) },
  { name: 'Worst', title: 'The largest error since', of: ({ worst }) => inUnits(worst) },
  { name: 'Now', of: ({ now }) => inUnits(now) },
  {
    name: 'Won back',
    title: 'Of what was lost, the share that has been won back',
    of: ({ share }) => percent(share),
  },
];

/** What is told of every method, a few times a second. */
export function VerdictPanel() {
  const areLists = useWorkbench((state) => isOfLists(toldMetric(state.looks)));
  return areLists ? <Lists /> : <Errors />;
}

/** What they recommend, with how it was judged in words. */
function Lists() {
  const read = useMemo(
    () =>
      memoised(
        ({ stream, streamRankings, looks, data }: WorkbenchState) => [
          ...[momentShown(stream), streamRankings, looks.metric, looks.listSize],
          data,
        ],
        (state) => listStandings(state, state.data?.ratings.itemCount ?? 0),
      ),
    [],
  );
  const seen = useSlowly(read);
  const isUnseen = useStream(({ facts }) => facts?.validationCount === 0);
  if (isUnseen) return <p className="field-note">{nothingHeldOut}.</p>;
  if (!seen) return <Unbegun />;
  return (
    <>
      <StandingsTable
        caption="What every method recommends, cost and staleness"
        all={seen.standings}
        columns={[...lists(seen.metric), ...costs]}
      />
      <Words of={seen.words} />
    </>
  );
}

const Unbegun = () => <p className="field-note">Press Play: every batch is predicted, then learnt.</p>;

/** Error, cost and staleness of every method; in words once all has arrived. */
function Errors() {
  const policy = useWorkbench((state) => state.looks.cold);
  const metric = useWorkbench((state) => toldErrors(state.looks));
  const read = useMemo(
    () =>
      memoised(
        ({ stream, looks }: WorkbenchState) => [momentShown(stream), stream.facts, toldErrors(looks)],
        ({ stream, looks }): Verdict | null => {
          const moment = momentShown(stream);
          return moment && stream.facts && verdictAt(moment, stream.moments, stream.facts, toldErrors(looks));
        },
      ),
    [],
  );
  const seen = useSlowly(read);
  const unseen = useStream((state) => unseenName(state.facts));
  if (!seen || seen.standings.length === 0) return <Unbegun />;
  const all = seen.standings;
  const turned = turnedOf(seen);
  return (
    <>
      <StandingsTable
        caption="Error, cost and staleness of every method"
        all={all}
        columns={[...errors(metric, policy, unseen), ...costs]}
      />
      <Words of={verdictWords(seen)} />
      {turned.length > 0 && (
        <table className="standings">
          <caption>{metric.name} when taste turned</caption>
          <Rows all={turned} columns={turns} />
        </table>
      )}
      {all.some(({ validation }) => validation !== null) && (
        <table className="standings">
          <caption>{metric.name} by the ratings that the user had given</caption>
          <Rows all={all} columns={histories} />
        </table>
      )}
    </>
  );
}

/** What is read of all there is, four times a second: faster nobody could read it. */
function useSlowly<T>(read: (state: WorkbenchState) => T): T {
  const { workbench } = useBench();
  const [seen, setSeen] = useState(() => read(workbench.getState()));
  useEffect(() => {
    const look = () => setSeen(read(workbench.getState()));
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [workbench, read]);
  return seen;
}
