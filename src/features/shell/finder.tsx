import { useId, useState } from 'react';
import { called, likely, meant } from './found';
import './finder.css';

/** Names offered while one types, at most. */
const mostOffered = 40;

/**
 * Finds a user or an item by its name or its id, as somebody types it.
 *
 * @param first what is offered before all others: its name and its index
 * @param onOther is told of a name that nobody has, where such a one is welcome
 */
export function Finder({
  label,
  chosen,
  count,
  nameOf,
  idOf,
  first,
  onChoose,
  onOther,
}: {
  label: string;
  chosen: string;
  count: number;
  nameOf: (index: number) => string;
  idOf?: (index: number) => string;
  first?: readonly [string, number];
  onChoose: (index: number) => void;
  onOther?: (name: string) => void;
}) {
  const list = useId();
  const [text, setText] = useState<string | null>(null);
  const [unknown, setUnknown] = useState('');
  const all = { count, nameOf, ...(idOf && { idOf }) };
  const isFirst = (typed: string) => first?.[0].toLowerCase() === typed.trim().toLowerCase();
  const offered = likely(all, text ?? '', mostOffered);
  function choose(index: number | null): boolean {
    if (index !== null) onChoose(index);
    return index !== null;
  }
  const calledSo = (typed: string) => (first && isFirst(typed) ? first[1] : called(all, typed));
  /** Whoever stops typing means what stands there, or is told that it is nobody. */
  function settle() {
    const typed = text?.trim() ?? '';
    setText(null);
    if (typed === '' || choose(calledSo(typed) ?? (onOther ? null : meant(all, typed)))) return;
    if (onOther) onOther(typed);
    else setUnknown(typed);
  }
  return (
    <label className="finder">
      <span>{label}</span>
      <input
        type="text"
        aria-label={label}
        list={list}
        autoComplete="off"
        value={text ?? chosen}
        placeholder="type to find"
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          setUnknown('');
          choose(calledSo(typed));
        }}
        onBlur={settle}
        onKeyDown={({ key }) => key === 'Enter' && settle()}
      />
      <datalist id={list}>
        {first && <option value={first[0]} />}
        {offered.map((i) => (
          <option key={i} value={nameOf(i)} />
        ))}
      </datalist>
      {unknown !== '' && (
        <span role="status" className="field-note warning">
          Nothing here, or more than one, is called “{unknown}”.
        </span>
      )}
    </label>
  );
}
