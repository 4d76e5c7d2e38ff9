import type { RatingScale } from '../../ratings/rating-set';
import { significant } from '../../words/numbers';
import './finder.css';

/** A rating that can be given on a scale. */
export function RatingSlider({
  scale,
  value,
  disabled,
  onChange,
}: {
  scale: RatingScale;
  value: number;
  disabled: boolean;
  onChange: (value: number) => void;
}) {
  return (
    <label className="rating-slider">
      <span>Rating</span>
      <input
        type="range"
        aria-label="Rating"
        min={scale.min}
        max={scale.max}
        step={scale.step > 0 ? scale.step : (scale.max - scale.min) / 20}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
      <output>{significant(value)}</output>
    </label>
  );
}
