import { useEffect, useState } from 'react';
import {
  type Recovery,
  recoveryOf,
  type Standing,
  standings,
  usualStaleness,
} from '../../experiments/verdict';
import { methodOf } from '../../methods';
import { useBench, useStream } from '../workbench-context';
import { counted, digits, inSeconds } from './names';
import { momentShown } from './slice';

interface Seen {
  readonly standings: readonly Standing[];
  readonly recoveries: readonly (Recovery | null)[];
  readonly ended: boolean;
  /** Of ALS between two refits. */
  readonly behind: number;
}

/** Error, cost and staleness of every method, a few times a second; in words once all has arrived. */
export function VerdictPanel() {
  const policy = useStream((state) => state.looks.policy);
  const seen = useSeen();
  if (!seen || seen.standings.length === 0)
    return <p className="field-note">Press Play: every batch is predicted, then learnt.</p>;
  const measured = seen.standings.some(({ rmse }) => rmse !== null);
  return (
    <>
      <div className="standings-scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so keys must reach it */}
        <table className="standings" tabIndex={0}>
          <caption className="visually-hidden">Error, cost and staleness of every method</caption>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col" title={`Validation RMSE; cold pairs: ${policy}`}>
                RMSE
              </th>
              <th scope="col" title="Predicted before it was learnt, all that has arrived">
                Preq.
              </th>
              <th scope="col" title="Share of validation pairs whose user and item are known">
                Known
              </th>
              <th scope="col" title="Compute per batch">
                /batch
              </th>
              <th scope="col" title="Ratings kept in memory">
                Kept
              </th>
              <th scope="col" title="Ratings that have arrived and are not in the model">
                Stale
              </th>
            </tr>
          </thead>
          <tbody>
            {seen.standings.map((one) => (
              <tr key={one.method} data-method={one.method}>
                <th scope="row">
                  <span className="swatch" />
                  {methodOf(one.method).name}
                </th>
                <td>{one.diverged ? 'diverged' : digits(one.rmse)}</td>
                <td>{digits(one.prequential)}</td>
                <td>{one.coverage === null ? '–' : `${(100 * one.coverage).toFixed(0)} %`}</td>
                <td>{inSeconds(one.secondsPerBatch)}</td>
                <td>{shortCount(one.kept)}</td>
                <td>{shortCount(one.stale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Words {...seen} />
      {measured && <HistoryTable standings={seen.standings} />}
    </>
  );
}

/** The table follows the stream four times a second: faster nobody could read it. */
function useSeen(): Seen | null {
  const { workbench } = useBench();
  const policy = useStream((state) => state.looks.policy);
  const facts = useStream((state) => state.facts);
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    let written = '';
    const look = () => {
      const state = workbench.getState().stream;
      const key = `${state.momentCount} ${state.shown}`;
      if (written === key) return;
      written = key;
      const moment = momentShown(state);
      if (!moment || !facts || moment.batch === 0) return setSeen(null);
      const ranked = standings(moment, policy);
      const until = state.moments.filter(({ batch }) => batch <= moment.batch);
      const turned = moment.ratings >= facts.driftsFrom && facts.driftsFrom < facts.count;
      setSeen({
        standings: ranked,
        recoveries: turned
          ? ranked.map(({ method }) => recoveryOf(until, facts.driftsFrom, method, policy))
          : [],
        ended: moment.ratings === facts.count,
        behind: usualStaleness(until, 'refit'),
      });
    };
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [workbench, policy, facts]);
  return seen;
}

const shortCount = (count: number) =>
  count >= 1e6
    ? `${digits(count / 1e6, 3)} M`
    : count >= 1e4
      ? `${digits(count / 1e3, 3)} k`
      : counted(count);

const historyNames = ['new', '1–5', '6–20', 'more'];

function HistoryTable({ standings: all }: { standings: readonly Standing[] }) {
  return (
    <table className="standings">
      <caption>RMSE by the ratings that the user had given</caption>
      <thead>
        <tr>
          <th scope="col">Method</th>
          {historyNames.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.method} data-method={one.method}>
            <th scope="row">
              <span className="swatch" />
              {methodOf(one.method).name}
            </th>
            {historyNames.map((name, group) => (
              <td key={name}>{digits(one.byHistory[group], 3)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What it comes to. */
function Words({ standings: all, recoveries, ended, behind }: Seen) {
  const going = all.filter(({ diverged }) => !diverged);
  const [best] = going;
  const error = ({ rmse, prequential }: Standing) => rmse ?? prequential ?? 0;
  const online = going.find(({ method }) => method === 'sgd');
  const lines: string[] = [];
  if (ended && best) {
    lines.push(
      `${methodOf(best.method).name} ends best, at ${digits(error(best))}, for ${inSeconds(best.seconds)} of compute${best.kept > 0 ? ` and all ${counted(best.kept)} ratings kept` : ' and no rating kept'}.`,
    );
    if (online && online !== best)
      lines.push(
        `B-SGD is ${digits(100 * (error(online) / error(best) - 1), 2)} % behind, took ${timesAsMuch(best.seconds / online.seconds)}, kept no rating, and had every rating in its model as soon as it was there.`,
      );
  }
  if (ended && behind > 0)
    lines.push(
      `${methodOf('refit').name} did not know the last ${counted(Math.round(behind))} ratings on average; all others were never behind.`,
    );
  const stale = going.find(({ method, stale: behind }) => method === 'refit' && behind > 0);
  if (stale && !ended)
    lines.push(`${methodOf('refit').name} does not know the last ${counted(stale.stale)} ratings yet.`);
  for (const { method, diverged } of all)
    if (diverged)
      lines.push(
        `${methodOf(method).name} diverged: its steps are too long for so many ratings of one user or item in a batch.`,
      );
  recoveries.forEach((recovery, i) => {
    if (!recovery || all[i].method === 'mean') return;
    const { before, worst, now, share } = recovery;
    lines.push(
      `When taste turned, ${methodOf(all[i].method).name} went from ${digits(before, 3)} to ${digits(worst, 3)}, and is at ${digits(now, 3)} now: ${share >= 0.995 ? 'recovered' : `${(100 * share).toFixed(0)} % of it won back`}.`,
    );
  });
  if (lines.length === 0) return null;
  return (
    <div className="verdict" role="status" aria-label="Verdict">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

const timesAsMuch = (times: number): string =>
  times >= 2
    ? `${digits(times, 2)} times less compute`
    : times >= 1
      ? 'about as much compute'
      : `${digits(1 / times, 2)} times the compute`;
