import { useCallback, useId, useMemo, useState } from 'react';
import './finder.css';

/** Names offered while one types, at most. */
const mostOffered = 40;

/**
 * Finds a user or an item by its name.
 *
 * @param first what is offered before all others: its name and its index
 * @param onOther is told of a name that nobody has, where such a one is welcome
 */
export function Finder({
  label,
  chosen,
  count,
  nameOf,
  first,
  onChoose,
  onOther,
}: {
  label: string;
  chosen: string;
  count: number;
  nameOf: (index: number) => string;
  first?: readonly [string, number];
  onChoose: (index: number) => void;
  onOther?: (name: string) => void;
}) {
  const list = useId();
  const [text, setText] = useState<string | null>(null);
  const offer = useCallback(
    (typed: string) => {
      const found: [string, number][] = first ? [[...first]] : [];
      const wanted = typed.trim().toLowerCase();
      for (let i = 0; i < count && (wanted !== '' || found.length < mostOffered); i++) {
        const name = nameOf(i);
        const lower = name.toLowerCase();
        // Whoever is called just that is offered, however many names contain it.
        if (lower === wanted) found.unshift([name, i]);
        else if (found.length < mostOffered && lower.includes(wanted)) found.push([name, i]);
      }
      return found;
    },
    [count, nameOf, first],
  );
  const offered = useMemo(() => offer(text ?? ''), [offer, text]);
  const meant = (typed: string) =>
    offer(typed).find(([name]) => name.toLowerCase() === typed.trim().toLowerCase());
  /** Whoever stops typing means what stands there. */
  function settle() {
    const exact = meant(text ?? '');
    if (exact) onChoose(exact[1]);
    else if (text?.trim()) onOther?.(text.trim());
    setText(null);
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
          const exact = meant(typed);
          if (exact) onChoose(exact[1]);
        }}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && onOther && settle()}
      />
      <datalist id={list}>
        {offered.map(([name, i]) => (
          <option key={i} value={name} />
        ))}
      </datalist>
    </label>
  );
}
