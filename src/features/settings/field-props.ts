import type { Setting } from '../../settings/setting';

/** A setting, and what it is set to. */
export interface FieldProps<S extends Setting = Setting, Value = S['fallback']> {
  readonly setting: S;
  readonly value: Value;
  readonly fallback: Value;
  /** CSS, of the one method that it concerns. */
  readonly colour?: string | null;
  put(value: Value): void;
  /** Back to the default. */
  reset(): void;
}
