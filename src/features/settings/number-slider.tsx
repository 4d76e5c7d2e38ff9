import { NumberField } from '@base-ui/react/number-field';
import { Slider } from '@base-ui/react/slider';
import { RotateCcw } from 'lucide-react';
import type { Range } from '../../state/settings';
import { Info } from './info';
import { fineStep, positionOf, sliderBounds, valueAfterKey, valueAt } from './slider-position';
import { useCoalesced } from './use-coalesced';

export interface FieldWords {
  readonly label: string;
  readonly info: string;
  readonly unit?: string;
  /** Shown times this; 100 for a share in per cent. */
  readonly shown?: number;
}

interface Props extends FieldWords {
  readonly range: Range;
  readonly value: number;
  readonly fallback: number;
  put(value: number): void;
  /** Back to the default. */
  reset(): void;
}

/** A number to set: slider, field, unit, what it does, and back to its default. */
export function NumberSlider({
  range,
  value,
  fallback,
  put: putAny,
  reset,
  label,
  info,
  unit = '',
  shown = 1,
}: Props) {
  const put = (next: number) => putAny(Math.min(range.max, Math.max(range.min, next)));
  const set = useCoalesced(put);
  return (
    <div className="field">
      <div className="field-head">
        <span className="field-label">{label}</span>
        <Info label={label} text={info} />
        {value !== fallback && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Reset ${label}`}
            title={`Back to ${Number((fallback * shown).toPrecision(6))}`}
            onClick={reset}
          >
            <RotateCcw size={12} />
          </button>
        )}
        <NumberField.Root
          className="field-number"
          value={Number((value * shown).toPrecision(6))}
          min={range.min * shown}
          max={range.max * shown}
          step={fineStep(range, value) * shown}
          largeStep={10 * fineStep(range, value) * shown}
          format={{ maximumSignificantDigits: 6, useGrouping: false }}
          onValueCommitted={(next) =>
            next !== null && put(range.step >= 1 ? Math.round(next / shown) : next / shown)
          }
        >
          <NumberField.Input
            aria-label={`${label} value`}
            // The field commits when it is left: Enter leaves it, and gives the keys back to play and step.
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          {unit && <span className="field-unit">{unit}</span>}
        </NumberField.Root>
      </div>
      <Slider.Root
        {...sliderBounds(range)}
        largeStep={10 * sliderBounds(range).step}
        value={positionOf(range, value)}
        onValueChange={(position, { reason }) =>
          reason === 'keyboard' ? put(valueAfterKey(range, value, position)) : set(valueAt(range, position))
        }
      >
        <Slider.Control className="slider-control">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-indicator" />
            <Slider.Thumb
              className="slider-thumb"
              getAriaLabel={() => label}
              getAriaValueText={() => `${Number((value * shown).toPrecision(6))} ${unit}`.trim()}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
    </div>
  );
}
