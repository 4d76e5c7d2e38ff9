import type { ReactNode } from 'react';
import type { Standing } from '../../experiments/verdict';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { inSeconds, percent, short } from '../../words/numbers';
import { MethodSwatch } from '../shell/method-swatch';

/** A column of a table of methods. */
export interface Column<Row = Standing> {
  readonly name: string;
  readonly title?: string;
  of(one: Row): string;
}

export const costs: readonly Column[] = [
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

/** All methods, in a table that can be too wide. */
export function StandingsTable<Row extends { readonly method: MethodId }>(props: {
  caption: string;
  all: readonly Row[];
  columns: readonly Column<Row>[];
}) {
  return (
    <div className="standings-scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so keys must reach it */}
      <table className="standings" tabIndex={0}>
        <caption className="visually-hidden">{props.caption}</caption>
        <Rows {...props} />
      </table>
    </div>
  );
}

export function Rows<Row extends { readonly method: MethodId }>({
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

/** What it comes to. */
export function Words({ of: lines }: { of: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="verdict" role="status" aria-label="Verdict">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
