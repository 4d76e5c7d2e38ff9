import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { NumberSetting, Setting } from '../../settings/setting';
import { type Value, valuesTyped } from './recipe';
import { valueIn } from './words';

/** A setting that is searched: numbers to type, or all that it can be. */
export function AxisField({
  setting,
  values,
  put,
  remove,
}: {
  readonly setting: Setting;
  readonly values: readonly Value[];
  put(values: readonly Value[]): void;
  readonly remove: (() => void) | undefined;
}) {
  return (
    <div className="field search-axis">
      <div className="field-head">
        <span className="field-label">{setting.label}</span>
        {setting.kind === 'number' && setting.unit && <span className="field-unit">in {setting.unit}</span>}
        {remove && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Do not search ${setting.label}`}
            title={`Leave ${setting.label} as it is set`}
            onClick={remove}
          >
            <X size={12} />
          </button>
        )}
      </div>
      {setting.kind === 'number' ? (
        <Numbers setting={setting} values={values as readonly number[]} put={put} />
      ) : (
        <p className="field-note">{values.map((value) => valueIn(setting, value)).join(', ')}</p>
      )}
    </div>
  );
}

function Numbers({
  setting,
  values,
  put,
}: {
  readonly setting: NumberSetting;
  readonly values: readonly number[];
  put(values: readonly Value[]): void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [words, setWords] = useState('');
  const text = values.map((value) => Number((value * (setting.shown ?? 1)).toPrecision(6))).join(', ');
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = text;
  });
  function take(typed: string) {
    const taken = valuesTyped(setting, typed);
    if ('words' in taken) return setWords(taken.words);
    setWords('');
    put(taken.values);
  }
  return (
    <>
      <input
        ref={input}
        type="text"
        autoComplete="off"
        aria-label={`${setting.label}: what is tried`}
        aria-describedby={words ? id : undefined}
        aria-invalid={words !== ''}
        defaultValue={text}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {words && (
        <p id={id} role="alert" className="field-note warning">
          {words}
        </p>
      )}
    </>
  );
}
