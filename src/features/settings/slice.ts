import { pictureDefaults, type SettingName, type Settings } from '../../settings/race';

/** What the machine is asked for. Bytes. */
interface Computing {
  /** No SIMD here: the float64 page serves, many times slower. */
  readonly slow: boolean;
  /** One worker per method: the page is not isolated, so memory cannot be shared. */
  readonly alone: boolean;
  /** Of the data and both runs at this rank, snapshots included; and what the tab allows itself. */
  readonly needed: number;
  readonly most: number;
}

export interface SettingsSlice {
  readonly settings: Settings;
  readonly computing: Computing;
}

export const settingsSlice = (): SettingsSlice => ({
  settings: pictureDefaults,
  computing: { slow: false, alone: false, needed: 0, most: 0 },
});

export interface SettingsActions {
  /** Out-of-bounds changes are ignored. Ends when ratings that had to be divided anew are. */
  change(change: Partial<Settings>): Promise<void> | void;
  /** The defaults for the data at hand; without a name, all of them. */
  restoreDefaults(name?: SettingName): void;
  defaultOf(name: SettingName): Settings[SettingName];
}
