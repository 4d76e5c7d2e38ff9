import type { Summary } from '../../experiments/search';
import { metricOf } from '../../metrics';
import { isOfLists } from '../../metrics/metric';
import { counted } from '../../words/numbers';
import { type Span, spanOf } from './colours';
import type { Results } from './found';
import { type Value, valuesOf } from './recipe';
import type { Found } from './slice';
import { axisName, scoreWords, valueWords } from './words';

/** So many are shown. */
const most = 40;

/** All cells, those that are known best first, then by their errors. */
export function SearchList({
  found,
  results,
  onChoose,
}: {
  readonly found: Found;
  readonly results: Results;
  onChoose(cell: number): void;
}) {
  const { recipe } = found;
  const { cells } = results;
  const metric = metricOf(recipe.metric);
  const span = spanOf(cells);
  const inOrder = cells
    .filter(({ parts }) => parts > 0)
    .toSorted((a, b) => b.parts - a.parts || (a.mean ?? Infinity) - (b.mean ?? Infinity) || a.cell - b.cell);
  return (
    <>
      <table className="search-list">
        <thead>
          <tr>
            {recipe.axes.map(({ name }) => (
              <th key={name} scope="col">
                {axisName(name)}
              </th>
            ))}
            <th scope="col">{isOfLists(metric) ? metric.name : 'Error'}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder.slice(0, most).map((summary) => (
            <tr key={summary.cell}>
              {recipe.axes.map(({ name }) => (
                <td key={name}>{valueWords(name, valuesOf(recipe, summary.cell)[name] as Value)}</td>
              ))}
              <td>
                <button type="button" className="link-button" onClick={() => onChoose(summary.cell)}>
                  {scoreWords(recipe, summary)}
                </button>
                {summary.parts < results.plan.parts && ` on ${summary.parts} of ${results.plan.parts}`}
                {span && <ErrorBar summary={summary} span={span} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {inOrder.length > most && (
        <p className="field-note">And {counted(inOrder.length - most, 'cell')} more.</p>
      )}
    </>
  );
}

/** The mean error, and one standard error to both sides, along the span of the colours. */
function ErrorBar({ summary: { mean, error }, span: { low, high } }: { summary: Summary; span: Span }) {
  if (mean === null || !(high > low)) return null;
  // Room for the bar of the best, whose lower half is better than any mean.
  const from = low - (high - low) / 8;
  const place = (value: number) => Math.min(100, Math.max(0, (100 * (value - from)) / (high - from)));
  const [left, right] = [place(mean - (error ?? 0)), place(mean + (error ?? 0))];
  return (
    <svg className="error-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <line x1={left} x2={right} y1="3" y2="3" />
      <line x1={place(mean)} x2={place(mean)} y1="0" y2="6" />
    </svg>
  );
}
