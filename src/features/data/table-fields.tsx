import { type ReactNode, useId } from 'react';
import type { Mapping } from '../../ratings/columns';
import { delimiters } from '../../ratings/delimiters';
import { shapeOf, shapes } from '../../ratings/shapes';
import { useBench } from '../workbench-context';
import type { Question } from './slice';

/** How a table is written, as far as somebody can say so: the preview follows at once. */
export function TableFields({
  question: { problem, said },
  mapping,
  onChange,
}: {
  question: Question;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { actions } = useBench();
  const know = (known: Partial<Mapping>) => actions.preview({ ...said, known: { ...said.known, ...known } });
  const candidates = problem?.candidates ?? [];
  const isText = mapping.delimiter !== '';
  return (
    <div className="table-fields">
      {candidates.length > 0 && (
        <Choice
          label="File"
          value={said.chosen ?? candidates[0]}
          options={candidates.map((name) => ({ id: name, words: name }))}
          onChoose={(chosen) => actions.preview({ chosen })}
        />
      )}
      <Choice
        label="Ratings stand as"
        value={shapeOf(mapping.shape).id}
        options={shapes}
        onChoose={(shape) => know({ shape })}
      />
      {isText && (
        <Choice
          label="Fields between"
          value={mapping.delimiter}
          options={delimiters}
          onChoose={(delimiter) => know({ delimiter })}
        />
      )}
      {isText && (
        <Field label="Lines above the table">
          {(id) => (
            <input
              id={id}
              type="number"
              min={0}
              max={1000}
              value={mapping.above ?? 0}
              onChange={({ currentTarget }) => know({ above: Math.max(0, currentTarget.valueAsNumber || 0) })}
            />
          )}
        </Field>
      )}
      {mapping.dates && (
        <Choice
          label="Dates"
          value={mapping.dates}
          options={dateOrders}
          onChoose={(dates) => onChange({ ...mapping, dates: dates as Mapping['dates'] & string })}
        />
      )}
      <Words mapping={mapping} onChange={onChange} />
      <label className="check">
        <input
          type="checkbox"
          checked={mapping.header}
          onChange={(event) => onChange({ ...mapping, header: event.currentTarget.checked })}
        />
        The first row names the columns
      </label>
    </div>
  );
}

const dateOrders = [
  { id: 'day-first', words: 'day first' },
  { id: 'month-first', words: 'month first' },
] as const;

/** What ratings that are words are worth. */
function Words({ mapping, onChange }: { mapping: Mapping; onChange: (mapping: Mapping) => void }) {
  const { words } = mapping;
  if (!words) return null;
  return Object.entries(words).map(([word, value]) => (
    <Field key={word} label={`“${word}” is`}>
      {(id) => (
        <input
          id={id}
          type="number"
          step="any"
          value={value}
          onChange={({ currentTarget: { valueAsNumber } }) => {
            if (Number.isFinite(valueAsNumber))
              onChange({ ...mapping, words: { ...words, [word]: valueAsNumber } });
          }}
        />
      )}
    </Field>
  ));
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly { readonly id: string; readonly words: string }[];
  onChoose: (id: string) => void;
}) {
  return (
    <Field label={label}>
      {(field) => (
        <select id={field} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
          {options.map(({ id, words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="table-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
