import { type ReactNode, useEffect, useState } from 'react';
import type { Standing } from '../../experiments/verdict';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { errorMetricOf } from '../../metrics';
import type { ErrorMetric } from '../../metrics/metric';
import type { Moment } from '../../sessions/lab';
import { inSeconds, inUnits, percent, short } from '../../words/numbers';
import { MethodSwatch } from '../shell/method-swatch';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { unseenName } from './names';
import { momentShown } from './slice';
import { type Turned, turnedOf, type Verdict, verdictAt, verdictWords } from './verdict-words';

/** A column of a table of methods. */
interface Column<Row = Standing> {
  readonly name: string;
  readonly title?: string;
  of(one: Row): string;
}

const costs: readonly Column[] = [
  {
    name: 'Known',
    title: 'Share of the pairs measured on whose user and item are known',
    of: ({ coverage }) => (coverage === null ? '–' : percent(coverage)),
  },
  { name: '/batch', title: 'Compute per batch', of: (one) => inSeconds(one.secondsPerBatch) },
  { name: 'Kept', title: 'Ratings kept in memory', of: (one) => short(one.kept) },
  {
    name: 'Stale',
    title: 'Ratings that have arrived and are not in the model',
    of: (one) => short(one.stale),
  },
];

const errors = (metric: ErrorMetric, policy: string, unseen: string): readonly Column[] => [
  {
    name: metric.name,
    title: `${metric.name}, ${unseen}; cold pairs: ${policy}`,
    of: (one) => (one.diverged ? 'diverged' : inUnits(one.validation)),
  },
  {
    name: 'Preq.',
    title: 'Predicted before it was learnt, all that has arrived',
    of: (one) => inUnits(one.prequential),
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

/** Error, cost and staleness of every method, a few times a second; in words once all has arrived. */
export function VerdictPanel() {
  const policy = useStream((state) => state.looks.policy);
  const metric = useWorkbench((state) => errorMetricOf(state.looks.metric));
  const seen = useVerdict();
  const unseen = useStream((state) => unseenName(state.facts));
  if (!seen || seen.standings.length === 0)
    return <p className="field-note">Press Play: every batch is predicted, then learnt.</p>;
  const all = seen.standings;
  const turned = turnedOf(seen);
  return (
    <>
      <div className="standings-scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so keys must reach it */}
        <table className="standings" tabIndex={0}>
          <caption className="visually-hidden">Error, cost and staleness of every method</caption>
          <Rows all={all} columns={[...errors(metric, policy, unseen), ...costs]} />
        </table>
      </div>
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

function Rows<Row extends { readonly method: MethodId }>({
  all,
  columns,
}: {
  all: readonly Row[];
  columns: readonly Column<Row>[];
}): ReactNode {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">Method</th>
          {columns.map(({ name, title }) => (
            <th scope="col" key={name} title={title}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.method}>
            <th scope="row">
              <MethodSwatch method={one.method} />
              {methodOf(one.method).name}
            </th>
            {columns.map(({ name, of }) => (
              <td key={name}>{of(one)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

/** The verdict follows the stream four times a second: faster nobody could read it. */
function useVerdict(): Verdict | null {
  const { workbench } = useBench();
  const policy = useStream((state) => state.looks.policy);
  const metric = useWorkbench((state) => errorMetricOf(state.looks.metric));
  const facts = useStream((state) => state.facts);
  const [seen, setSeen] = useState<Verdict | null>(null);
  useEffect(() => {
    let written: Moment | null | undefined;
    const look = () => {
      const state = workbench.getState().stream;
      const moment = momentShown(state);
      if (written === moment) return;
      written = moment;
      setSeen(moment && facts && verdictAt(moment, state.moments, facts, metric, policy));
    };
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [workbench, policy, metric, facts]);
  return seen;
}

/** What it comes to. */
function Words({ of: lines }: { of: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="verdict" role="status" aria-label="Verdict">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
