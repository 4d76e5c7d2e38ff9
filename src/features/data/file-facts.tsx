import { useRef } from 'react';
import { mostBinsOf } from '../../draw/lens';
import { mostKept } from '../../files/kept-data';
import type { Preview } from '../../ratings/columns';
import { shapeOf } from '../../ratings/shapes';
import type { LoadedData } from '../../state/loaded-data';
import { atMost, counted, grouped, inBytes, percent, significant } from '../../words/numbers';
import { useBench, useWorkbench } from '../workbench-context';
import { AuditCharts } from './audit-charts';
import { Facts } from './facts';
import { accountWords } from './messages';
import { Warnings } from './warnings';

const placed: Record<LoadedData['orderBy'], string> = {
  count: 'Busiest users and items first.',
  id: 'Users and items by id.',
  factor: 'Along the two factors that say most: who is alike stands together.',
};

/** With hyphens at which a line does not break. */
const day = (seconds: number) =>
  new Date(1000 * seconds).toISOString().slice(0, 10).replaceAll('-', '\u2011');

/** What a ratings file holds, at a glance and in curves. */
export function FileFacts() {
  const racing = useWorkbench((state) => state.looks.mode !== 'stream');
  const data = useWorkbench((state) => state.data);
  if (!data) return null;
  const { ratings, audit, cold, validationCount } = data;
  const isInBlocks = Math.max(ratings.userCount, ratings.itemCount) > mostBinsOf.file;
  const titled = ratings.itemTitles?.filter((title) => title !== null).length ?? 0;
  const facts: [name: string, value: string | null, more?: string][] = [
    ['Users', grouped(ratings.userCount)],
    ['Items', grouped(ratings.itemCount) + titlesOf(titled, ratings.itemCount)],
    ['Ratings', grouped(ratings.ratingCount)],
    linesOf(data),
    ['Columns', data.source === 'file' && data.preview ? columnsOf(data.preview) : null],
    ['Known cells', `${significant(100 * audit.density, 3)} %`],
    ['Scale', scaleOf(data)],
    ['Mean', significant(audit.mean)],
    ['Per user', spread(audit.perUser)],
    ['Per item', spread(audit.perItem)],
    ['Time', audit.timeSpan?.map(day).join(' to ') ?? null],
    ['Cold', validationCount > 0 ? coldWords(cold, validationCount) : null, coldMeans],
  ];
  return (
    <>
      <Warnings />
      <Facts of={facts.filter(([, value]) => value !== null)} />
      <AuditCharts audit={audit} scale={ratings.scale} />
      {racing && (
        <p className="field-note">
          {placed[data.orderBy]}
          {isInBlocks && ' A pixel is the mean of its block; zoom in for single cells.'}
        </p>
      )}
      {data.source === 'file' && <KeptNote />}
      {data.source === 'file' && <FileActions />}
    </>
  );
}

/** Whether the ratings are kept on this machine, and how they are not any more. */
function KeptNote() {
  const { actions } = useBench();
  const kept = useWorkbench((state) => state.kept);
  if (!kept) return null;
  if (kept.kind !== 'kept') return <p className="field-note">{notKept[kept.kind]}</p>;
  return (
    <p className="field-note">
      Kept in this browser ({inBytes(kept.bytes)}), for when you come back. Nothing leaves this machine.{' '}
      <button type="button" className="link-button" onClick={actions.forgetKept}>
        Forget it
      </button>
    </p>
  );
}

const notKept = {
  'too-large': `Not kept for when you come back: more than ${inBytes(mostKept)}.`,
  failed: 'Not kept for when you come back: this browser has no room for it, or allows none.',
};

/** Of what is no text, or no line is a row of, the rows are counted. */
function linesOf({ account, preview }: LoadedData): [name: string, value: string | null] {
  const { delimiter, shape } = preview?.mapping ?? {};
  const words = account ? accountWords(account, shapeOf(shape).each) : null;
  return [delimiter === '' ? 'Rows' : 'Lines', words];
}

/** Which column was taken for what, by its place and its name. */
function columnsOf({ rows, mapping }: Preview): string {
  const named = (['user', 'item', 'rating', 'time'] as const).filter((role) => mapping[role] >= 0);
  const nameOf = (at: number) => (mapping.header && rows[0]?.[at] ? ` (${rows[0][at]})` : '');
  const places = named.map((role) => `${role} ${mapping[role] + 1}${nameOf(mapping[role])}`).join(', ');
  return mapping.shape ? `${shapeOf(mapping.shape).words}; ${places}` : places;
}

const coldMeans = 'Without a single training rating: only the mean and the other side’s bias speak for them.';

const coldWords = ({ users, items, ratings }: LoadedData['cold'], heldOut: number) =>
  `${counted(users, 'user')}, ${counted(items, 'item')}: ${percent(ratings / heldOut, 2)} of the held-out`;

function scaleOf({ ratings: { scale } }: LoadedData): string {
  const steps = scale.step > 0 ? ` in steps of ${significant(scale.step)}` : '';
  // The ends are values that stand in the file: large ones are not rounded.
  const end = (value: number) => (Math.abs(value) >= 1000 ? atMost(value) : significant(value));
  return `${end(scale.min)} to ${end(scale.max)}${steps}`;
}

const titlesOf = (titled: number, all: number) =>
  titled === 0 ? '' : `, ${titled === all ? 'all' : grouped(titled)} with titles`;

const spread = ({ min, median, max }: LoadedData['audit']['perUser']) =>
  `${grouped(min)} to ${grouped(max)}, median ${atMost(median, 1)}`;

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
