import { NumberField } from '@base-ui/react/number-field';
import { Slider } from '@base-ui/react/slider';
import { RotateCcw } from 'lucide-react';
import { isWhole, type NumberSetting } from '../../settings/setting';
import { numberText, shownNumber } from '../../settings/values';
import type { FieldProps } from './field-props';
import { Info } from './info';
import { fineStep, positionOf, sliderBounds, valueAfterKey, valueAt } from './slider-position';
import { useCoalesced } from './use-coalesced';

/** A setting that is a number: slider, field, unit, what it does, and back to its default. */
export function NumberSlider({
  setting,
  value,
  fallback,
  put: putAny,
  reset,
}: FieldProps<NumberSetting, number>) {
  const { min, max, label, info, unit = '', shown = 1 } = setting;
  const put = (next: number) => putAny(Math.min(max, Math.max(min, next)));
  const set = useCoalesced(put);
  return (
    <div className="field">
      <div className="field-head">
        <span className="field-label">{label}</span>
        {info && <Info label={label} text={info} />}
        {value !== fallback && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Reset ${label}`}
            title={`Back to ${shownNumber(setting, fallback)}`}
            onClick={reset}
          >
            <RotateCcw size={12} />
          </button>
        )}
        <NumberField.Root
          className="field-number"
          value={shownNumber(setting, value)}
          min={min * shown}
          max={max * shown}
          step={fineStep(setting, value) * shown}
          largeStep={10 * fineStep(setting, value) * shown}
          format={{ maximumSignificantDigits: 6, useGrouping: false }}
          onValueCommitted={(next) =>
            next !== null && put(isWhole(setting) ? Math.round(next / shown) : next / shown)
          }
        >
          <NumberField.Input
            className="quiet-field"
            aria-label={`${label} value`}
            // The field commits when it is left: Enter leaves it, and gives the keys back to play and step.
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          {unit && <span className="field-unit">{unit}</span>}
        </NumberField.Root>
      </div>
      <Slider.Root
        {...sliderBounds(setting)}
        largeStep={10 * sliderBounds(setting).step}
        value={positionOf(setting, value)}
        onValueChange={(position, { reason }) =>
          reason === 'keyboard'
            ? put(valueAfterKey(setting, value, position))
            : set(valueAt(setting, position))
        }
      >
        <Slider.Control className="slider-control">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-indicator" />
            <Slider.Thumb
              className="slider-thumb"
              getAriaLabel={() => label}
              getAriaValueText={() => numberText(setting, value)}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
    </div>
  );
}
