import { useEffect, useRef } from 'react';
import { colourTable, errorColourAt } from '../../draw/palette';
import type { SolvedRow } from '../../methods/inspect';
import { useBench, useWorkbench } from '../workbench-context';
import { BeforeAfter, reachOf, Strip, say, writtenTo } from './strip';

/** One row that ALS solves: what it knows, its k × k system, and the row before and after. */
export function RowCard() {
  const { actions } = useBench();
  const solved = useWorkbench((state) => state.solved);
  const done = useWorkbench((state) => state.rows?.line === state.solved?.line);
  const ids = useWorkbench((state) =>
    state.solved?.side === 'items' ? state.data?.ratings.itemIds : state.data?.ratings.userIds,
  );
  const what = solved?.side === 'items' ? 'item' : 'user';
  return (
    <section className="inspector-card" aria-label="Row of ALS" data-method="als">
      <header>
        <h2>ALS: one {what}</h2>
        {solved && (
          <>
            <LineField key={`${solved.side} ${solved.line}`} solved={solved} what={what} />
            <button type="button" className="film-button" onClick={actions.solveRow}>
              Solve {what} {Math.min(solved.lineCount, solved.line + 1 + (done ? 1 : 0))}
            </button>
          </>
        )}
      </header>
      {solved ? (
        <>
          <p>
            {what} <bdi>{ids?.[solved.line] ?? solved.line + 1}</bdi> knows{' '}
            {solved.known.length.toLocaleString('en')} ratings; RMSE on them {say(rmseOf(solved, 'before'))} →{' '}
            {say(rmseOf(solved, 'after'))} {done ? 'solved' : 'when solved'}
          </p>
          <KnownStrip solved={solved} />
          <div className="inspector-system" data-small={solved.rightSide.length <= writtenTo}>
            <System solved={solved} />
            <div>
              <p className="inspector-formula">
                ({what === 'user' ? 'PᵀP' : 'UᵀU'} + λI) · row = {what === 'user' ? 'Pᵀr' : 'Uᵀr'}, λ on the
                diagonal {say(solved.penalty)}
              </p>
              <BeforeAfter name={what} before={solved.oldRow} after={solved.newRow} />
            </div>
          </div>
        </>
      ) : (
        <p className="inspector-hint">Pause to see how the next row is solved.</p>
      )}
    </section>
  );
}

function LineField({ solved, what }: { solved: SolvedRow; what: string }) {
  const { actions } = useBench();
  return (
    <input
      className="inspector-line"
      inputMode="numeric"
      aria-label={`Number of the ${what}`}
      defaultValue={solved.line + 1}
      onBlur={(event) => {
        const line = Math.round(Number(event.currentTarget.value)) - 1;
        if (Number.isFinite(line) && line !== solved.line) actions.lookAtRow(line);
        else event.currentTarget.value = String(solved.line + 1);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

function rmseOf({ known }: SolvedRow, when: 'before' | 'after'): number {
  if (known.length === 0) return 0;
  return Math.sqrt(known.reduce((sum, one) => sum + (one[when] - one.rating) ** 2, 0) / known.length);
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

const words = colourTable(errorColourAt);

/** The system as a heat map, its right-hand side as a last column; in numbers where it is small. */
function System({ solved }: { solved: SolvedRow }) {
  const canvas = useRef<HTMLCanvasElement>(null);
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
  }, [solved, k]);
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
  const row = (i: number) => Array.from(solved.system.subarray(i * k, (i + 1) * k), say);
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
            <td className="inspector-side">{say(solved.rightSide[i])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
