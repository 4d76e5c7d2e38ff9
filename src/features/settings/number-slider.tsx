import { Slider } from '@base-ui/react/slider';
import { Toolbar } from '@base-ui/react/toolbar';
import { RotateCcw } from 'lucide-react';
import type { CSSProperties } from 'react';
import { isWhole, type NumberSetting } from '../../settings/setting';
import { numberText, shownNumber } from '../../settings/values';
import { TypedNumber } from '../shell/typed-number';
import type { FieldProps } from './field-props';
import { Info } from './info';
import { fineStep, positionOf, sliderBounds, valueAfterKey, valueAt } from './slider-position';
import { useCoalesced } from './use-coalesced';

/** A setting that is a number: slider, field, unit, what it does, and back to its default. */
export function NumberSlider({
  setting,
  value,
  fallback,
  colour,
  put: putAny,
  reset,
}: FieldProps<NumberSetting, number>) {
  const { min, max, label, info, unit = '', shown = 1 } = setting;
  const put = (next: number) => putAny(Math.min(max, Math.max(min, next)));
  const set = useCoalesced(put);
  return (
    <div className="field" style={colour ? ({ '--accent': colour } as CSSProperties) : undefined}>
      <Toolbar.Root className="field-head" aria-label={`${label}: value and help`}>
        <span className="field-label">{label}</span>
        {info && <Info label={label} text={info} />}
        {value !== fallback && (
          <Toolbar.Button
            className="icon-button"
            aria-label={`Reset ${label}`}
            title={`Back to ${shownNumber(setting, fallback)}`}
            onClick={reset}
          >
            <RotateCcw size={12} />
          </Toolbar.Button>
        )}
        <span className="field-number">
          <Toolbar.Input
            render={
              <TypedNumber
                className="quiet-field"
                aria-label={`${label} value`}
                text={() => String(shownNumber(setting, value))}
                min={shownNumber(setting, min)}
                max={shownNumber(setting, max)}
                whole={isWhole(setting)}
                step={fineStep(setting, value) * shown}
                onNumber={(next) => put(next / shown)}
              />
            }
          />
          {unit && <span className="field-unit">{unit}</span>}
        </span>
      </Toolbar.Root>
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
