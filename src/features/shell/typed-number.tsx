import { mergeProps } from '@base-ui/react/merge-props';
import {
  type ComponentProps,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { type NumberBounds, takeTyped } from '../../words/typed';

interface Props
  extends Omit<ComponentProps<'input'>, 'value' | 'min' | 'max' | 'step' | 'ref'>,
    NumberBounds {
  readonly field?: RefObject<HTMLInputElement | null>;
  /** Of the field, to whoever leads from one control to the next. */
  readonly ref?: Ref<HTMLInputElement>;
  /** What the field says while nobody types; where that changes without React, whoever changes it writes it, too. */
  readonly text: () => string;
  /** One step up or down; without it, arrow keys do nothing. */
  readonly step?: number;
  /** A number within the bounds was typed, or the nearest to one that was not. */
  readonly onNumber: (value: number) => void;
  /** It was emptied; as a rule, that changes nothing. */
  readonly onEmpty?: () => void;
}

/** A number to type, as people write numbers anywhere; what of it was not taken as typed is said beside it. */
export function TypedNumber({
  field,
  text,
  min,
  max,
  whole,
  step,
  onNumber,
  onEmpty,
  ref,
  ...others
}: Props) {
  const own = useRef<HTMLInputElement>(null);
  const input = field ?? own;
  const attach = useCallback(
    (element: HTMLInputElement | null) => {
      input.current = element;
      if (typeof ref === 'function') ref(element);
      else if (ref) ref.current = element;
    },
    [input, ref],
  );
  const id = useId();
  const [said, setSaid] = useUntilNextAct();
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = text();
  });
  function take(typed: string) {
    const { value, words } = takeTyped(typed, { min, max, whole });
    setSaid(words);
    if (value !== null) onNumber(value);
  }
  function leave(element: HTMLInputElement) {
    const typed = element.value.trim();
    if (typed === '') onEmpty?.();
    else if (typed !== text()) take(typed);
    element.value = text();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const element = event.currentTarget;
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === 'Escape') element.value = text();
    // The number is taken when the field is left: Enter leaves it, and gives the keys back to play and step.
    if (event.key === 'Enter' || event.key === 'Escape') element.blur();
    if (!step || !by) return;
    event.preventDefault();
    const { value } = takeTyped(element.value, { min, max, whole });
    const next = Number(((value ?? Number(text())) + by * (event.shiftKey ? 10 : 1) * step).toPrecision(6));
    element.value = String(Math.min(max, Math.max(min, next)));
    onNumber(Number(element.value));
  }
  return (
    <span className="typed-number">
      <input
        ref={attach}
        type="text"
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        defaultValue={text()}
        aria-describedby={said ? id : undefined}
        {...mergeProps<'input'>(
          {
            onFocus: (event) => event.currentTarget.select(),
            onBlur: (event) => leave(event.currentTarget),
            onKeyDown,
          },
          others,
        )}
      />
      {said && (
        <span id={id} role="alert" className="typed-note">
          {said}
        </span>
      )}
    </span>
  );
}

/** Words that stand until the next key or press: by then they have been read, and may not hold any more. */
function useUntilNextAct() {
  const [words, setWords] = useState('');
  useEffect(() => {
    if (!words) return undefined;
    const forget = () => setWords('');
    // On their way down, so that the very key that had a number taken does not count.
    addEventListener('keydown', forget, true);
    addEventListener('pointerdown', forget, true);
    return () => {
      removeEventListener('keydown', forget, true);
      removeEventListener('pointerdown', forget, true);
    };
  }, [words]);
  return [words, setWords] as const;
}
