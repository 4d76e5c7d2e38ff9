import { raceSettings } from '../../settings/race';

const { options, unlinked } = raceSettings.picture;

/** The name of one of our pictures by its kind; undefined for a picture of the user's. */
export const pictureName = (kind: string): string | undefined =>
  Object.hasOwn(options, kind) && !unlinked.some((one) => one === kind)
    ? options[kind as keyof typeof options]
    : undefined;
