import type { Setting } from '../../settings/setting';
import { FlagField, SeveralField } from './check-field';
import { ChoiceField } from './choice-field';
import { NumberSlider } from './number-slider';

type Value = Setting['fallback'];

interface Props {
  readonly setting: Setting;
  readonly value: Value;
  readonly fallback: Value;
  put(value: Value): void;
  /** Back to the default. */
  reset(): void;
}

/** A setting, as its kind is set. */
export function SettingField({ setting, value, fallback, put, reset }: Props) {
  switch (setting.kind) {
    case 'number':
      return (
        <NumberSlider
          setting={setting}
          value={value as number}
          fallback={fallback as number}
          put={put}
          reset={reset}
        />
      );
    case 'choice':
      return <ChoiceField setting={setting} value={value as string} put={put} />;
    case 'several':
      return <SeveralField setting={setting} value={value as readonly string[]} put={put} />;
    case 'flag':
      return <FlagField setting={setting} value={value as boolean} put={put} />;
  }
}
