import { useRef } from 'react';
import type { LoadedData } from '../../state/loaded-data';
import { useBench, useWorkbench } from '../workbench-context';
import { AuditCharts } from './audit-charts';

const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 });

const placed: Record<LoadedData['orderBy'], string> = {
  count: 'Busiest users and items first.',
  id: 'Users and items by id.',
  factor: 'Users and items along the leading factor that ALS had.',
};

/** With hyphens at which a line does not break. */
const day = (seconds: number) =>
  new Date(1000 * seconds).toISOString().slice(0, 10).replaceAll('-', '\u2011');

/** What a ratings file holds, at a glance and in curves. */
export function FileFacts() {
  const racing = useWorkbench((state) => state.looks.mode === 'race');
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  const { ratings, audit, cold, validationCount } = data;
  const titled = ratings.itemTitles?.filter((title) => title !== null).length ?? 0;
  const facts: [name: string, value: string][] = [
    ['Users', format(ratings.userCount)],
    ['Items', format(ratings.itemCount) + titlesOf(titled, ratings.itemCount)],
    ['Ratings', format(ratings.ratingCount)],
    ['Known cells', `${format(100 * audit.density)} %`],
    ['Scale', scaleOf(data)],
    ['Mean', format(audit.mean)],
    ['Per user', spread(audit.perUser)],
    ['Per item', spread(audit.perItem)],
    ...(audit.timeSpan
      ? ([['Time', audit.timeSpan.map(day).join(' to ')]] satisfies [string, string][])
      : []),
    ...(validationCount > 0
      ? ([
          [
            'Cold',
            `${format(cold.users)} users, ${format(cold.items)} items: ${format((100 * cold.ratings) / validationCount)} % of the held-out`,
          ],
        ] satisfies [string, string][])
      : []),
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} title={name === 'Cold' ? coldMeans : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <AuditCharts audit={audit} scale={ratings.scale} />
      {racing && (
        <p className="field-note">
          {placed[data.orderBy]} A pixel is the mean of its block; zoom in for single cells.
        </p>
      )}
      {data.source === 'file' && <FileActions />}
    </>
  );
}

const coldMeans = 'Without a single training rating: only the mean and the other side’s bias speak for them.';

function scaleOf({ ratings: { scale } }: LoadedData): string {
  const steps = scale.step > 0 ? ` in steps of ${format(scale.step)}` : '';
  return `${format(scale.min)} to ${format(scale.max)}${steps}`;
}

const titlesOf = (titled: number, all: number) =>
  titled === 0 ? '' : `, ${titled === all ? 'all' : format(titled)} with titles`;

const spread = ({ min, median, max }: LoadedData['audit']['perUser']) =>
  `${format(min)} to ${format(max)}, median ${format(median)}`;

/** What else can be said of a file: which column is which, and what it is to be tested on. */
function FileActions() {
  const { actions } = useBench();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <p className="panel-actions">
      <button type="button" className="link-button" onClick={actions.ask}>
        Columns…
      </button>
      <button type="button" className="link-button" onClick={() => picker.current?.click()}>
        Add a test file…
      </button>
      <input
        ref={picker}
        type="file"
        className="visually-hidden"
        aria-label="Add a test file"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) actions.addTest(file);
        }}
      />
    </p>
  );
}
