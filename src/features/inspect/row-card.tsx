import { useEffect, useRef } from 'react';
import { aroundZeroFor } from '../../draw/palette';
import { methodOf } from '../../methods';
import type { SolvedRow } from '../../methods/inspect';
import type { MethodId } from '../../methods/method';
import { errorMetricOf } from '../../metrics';
import type { ErrorMetric } from '../../metrics/metric';
import { counted, inUnits } from '../../words/numbers';
import { TypedNumber } from '../shell/typed-number';
import { useBench, useDark, useWorkbench } from '../workbench-context';
import { Card } from './card';
import { BeforeAfter, reachOf, Strip, threeDigits, writtenTo } from './strip';

/** One row that a method solves: what it knows, its k × k system, and the row before and after. */
export function RowCard({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const solved = useWorkbench((state) => state.inspected[method]?.solved);
  const done = useWorkbench(
    ({ inspected }) => inspected[method]?.rows?.line === inspected[method]?.solved?.line,
  );
  const ratings = useWorkbench((state) => state.data?.ratings);
  const ids = solved?.side === 'items' ? ratings?.itemIds : ratings?.userIds;
  const what = solved?.side === 'items' ? 'item' : 'user';
  const metric = useWorkbench((state) => errorMetricOf(state.looks.metric));
  const { name } = methodOf(method);
  return (
    <Card
      method={method}
      label={`Row of ${name}`}
      title={`${name}: one ${what}`}
      tools={
        solved && (
          <>
            <LineField
              key={`${solved.side} ${solved.line}`}
              solved={solved}
              what={what}
              onChange={(line) => actions.lookAtRow(method, line)}
            />
            <button type="button" className="quiet-button" onClick={() => actions.solveRow(method)}>
              Solve {what} {Math.min(solved.lineCount, solved.line + 1 + (done ? 1 : 0))}
            </button>
            <button
              type="button"
              className="quiet-button"
              title={`Solves all ${counted(solved.lineCount, what)}`}
              onClick={() => actions.singleOf(method)}
            >
              Half-sweep
            </button>
          </>
        )
      }
    >
      {solved ? (
        <>
          <p>
            {what} <bdi>{ids?.[solved.line] ?? solved.line + 1}</bdi> knows{' '}
            {counted(solved.known.length, 'rating')}; {metric.name} on them{' '}
            {inUnits(errorOf(solved, 'before', metric))} → {inUnits(errorOf(solved, 'after', metric))}{' '}
            {done ? 'solved' : 'when solved'}
          </p>
          <KnownStrip solved={solved} />
          <div className="inspector-system" data-small={solved.rightSide.length <= writtenTo}>
            <System solved={solved} />
            <div>
              <p className="inspector-formula">
                ({what === 'user' ? 'PᵀP' : 'UᵀU'} + λI) · row = {what === 'user' ? 'Pᵀr' : 'Uᵀr'}, λ on the
                diagonal {threeDigits(solved.penalty)}
              </p>
              <BeforeAfter name={what} before={solved.oldRow} after={solved.newRow} />
            </div>
          </div>
        </>
      ) : (
        <p className="inspector-hint">Pause to see how the next row is solved.</p>
      )}
    </Card>
  );
}

function LineField({
  solved,
  what,
  onChange,
}: {
  solved: SolvedRow;
  what: string;
  onChange: (line: number) => void;
}) {
  return (
    <TypedNumber
      className="inspector-line"
      aria-label={`Number of the ${what}`}
      text={() => String(solved.line + 1)}
      min={1}
      max={solved.lineCount}
      whole
      onNumber={(line) => onChange(line - 1)}
    />
  );
}

/** A metric on what the row knows, before and after. */
function errorOf({ known }: SolvedRow, when: 'before' | 'after', metric: ErrorMetric): number {
  if (known.length === 0) return 0;
  let [absolute, squares] = [0, 0];
  for (const one of known) {
    const error = one[when] - one.rating;
    absolute += Math.abs(error);
    squares += error ** 2;
  }
  return metric.of({ count: known.length, absolute, squares });
}

/** Errors on what the row knows, before and after, in the order of the other side. */
function KnownStrip({ solved }: { solved: SolvedRow }) {
  const errors = (when: 'before' | 'after') =>
    solved.known.slice(0, 400).map((one) => one[when] - one.rating);
  if (solved.known.length === 0) return <p>Without ratings a row is zero.</p>;
  const [before, after] = [errors('before'), errors('after')];
  const reach = reachOf(before);
  return (
    <>
      <div className="inspector-row">
        <span>error before</span>
        <Strip values={before} reach={reach} label="Errors of the known ratings before" />
      </div>
      <div className="inspector-row">
        <span>error after</span>
        <Strip values={after} reach={reach} label="Errors of the known ratings after" />
      </div>
    </>
  );
}

/** The system as a heat map, its right-hand side as a last column; in numbers where it is small. */
function System({ solved }: { solved: SolvedRow }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = aroundZeroFor(useDark());
  const k = solved.rightSide.length;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(k, k);
    const pixels = new Uint32Array(image.data.buffer);
    const reach = reachOf(solved.system);
    for (let i = 0; i < k * k; i++)
      pixels[i] = words[Math.min(255, Math.max(0, Math.floor(128 + (127 * solved.system[i]) / reach)))];
    context.putImageData(image, 0, 0);
  }, [solved, k, words]);
  if (k > writtenTo)
    return (
      <canvas
        ref={canvas}
        className="inspector-heat"
        width={k}
        height={k}
        role="img"
        aria-label={`System of ${k} × ${k}`}
      />
    );
  const row = (i: number) => Array.from(solved.system.subarray(i * k, (i + 1) * k), threeDigits);
  return (
    <table className="inspector-table" aria-label={`System of ${k} × ${k}, and its right-hand side`}>
      <tbody>
        {Array.from({ length: k }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <tr key={i}>
            {row(i).map((value, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
              <td key={j}>{value}</td>
            ))}
            <td className="inspector-side">{threeDigits(solved.rightSide[i])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
