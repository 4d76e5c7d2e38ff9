import { errorColourAt, errorColourOnDarkAt } from '../../draw/palette';
import { significant } from '../../words/numbers';

/** Numbers of one row as cells around zero, each with its value; `reach` is the last colour of both ends. */
export function Strip({ values, reach, label }: { values: ArrayLike<number>; reach: number; label: string }) {
  const cells = Array.from({ length: values.length }, (_, i) => values[i]);
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${cells.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {cells.map((value, f) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place in the row
        <rect key={f} x={f} width="1.02" height="1" fill={colourAt(0.5 + value / (2 * reach))}>
          <title>{`${f + 1}: ${threeDigits(value)}`}</title>
        </rect>
      ))}
    </svg>
  );
}

const colourAt = (t: number) => `light-dark(${errorColourAt(t)}, ${errorColourOnDarkAt(t)})`;

export const reachOf = (...rows: ArrayLike<number>[]): number =>
  Math.max(1e-9, ...rows.flatMap((row) => Array.from(row, Math.abs)));

export const threeDigits = (value: number): string => significant(value, 3);

/** Rows of numbers are written out up to this rank. */
export const writtenTo = 6;

/** A row before and after, in the same colours, and what has changed, in colours of its own; in numbers where there are few. */
export function BeforeAfter({
  name,
  before,
  after,
}: {
  name: string;
  before: ArrayLike<number>;
  after: ArrayLike<number>;
}) {
  const change = Array.from(after, (value, f) => value - before[f]);
  const reach = reachOf(before, after);
  const rows = [
    ['before', before, reach],
    ['after', after, reach],
    ['change', change, reachOf(change)],
  ] as const;
  return rows.map(([when, row, reach]) => (
    <div className="inspector-row" key={when}>
      <span>
        {name} {when}
      </span>
      <Strip values={row} reach={reach} label={`${name} ${when}`} />
      <span className="inspector-reach">±{threeDigits(reach)}</span>
      {before.length <= writtenTo && (
        <span className="inspector-numbers">{Array.from(row, threeDigits).join('  ')}</span>
      )}
    </div>
  ));
}
