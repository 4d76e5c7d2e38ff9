import * as v from 'valibot';
import { methods } from '../../methods';
import type { RunConfig } from '../../methods/config';
import { configSettings, stepSettings } from '../../settings/race';
import { type ChoiceSetting, isWhole, type NumberSetting } from '../../settings/setting';
import { columnsWith, count, finite, listTable, positive, text } from './columns';
import { Refusal } from './refusal';

export const runFormat = 'factorscope-run';
export const runVersion = 1;

/** More than a tab shows: refused before anything is allocated. */
export const limits = { users: 8e6, items: 8e6, rank: 256, snapshots: 10_000, runs: 64, bytes: 2 ** 30 };

/** The arrays of a run, as they are called here, in a snapshot, and in the file. Biases may be left out: they are 0 then. */
export const arrayNames = ['userFactors', 'itemFactors', 'userBias', 'itemBias'] as const;
export type ArrayName = (typeof arrayNames)[number];

/** What a run's configuration says of a setting: within no slider's bounds, since it may come from elsewhere. */
function recorded(setting: ChoiceSetting | NumberSetting): v.GenericSchema {
  if (setting.kind === 'number') return isWhole(setting) ? count : positive;
  return v.picklist(Object.keys(setting.options));
}

/** What stands where nothing is said of a setting that every run has. */
const unsaid = (setting: ChoiceSetting | NumberSetting) =>
  setting.kind === 'number' ? 0 : Object.keys(setting.options)[0];

const schemasOf = <N extends string>(
  settings: Readonly<Record<N, ChoiceSetting | NumberSetting>>,
  schemaOf: (setting: ChoiceSetting | NumberSetting) => v.GenericSchema,
) =>
  Object.fromEntries(
    Object.entries<ChoiceSetting | NumberSetting>(settings).map(([name, setting]) => [
      name,
      schemaOf(setting),
    ]),
  ) as Record<N, v.GenericSchema>;

/** Settings of a stream, which a run of the page has not. */
const ofStreams = {
  factorRate: v.optional(positive),
  batchSize: v.optional(count),
  passes: v.optional(count),
  decay: v.optional(positive),
  stepRule: v.optional(text),
  defects: v.optional(v.array(text)),
};

/** What a run was learnt by. */
export const configSchema = v.strictObject({
  ...schemasOf(configSettings, (setting) => v.optional(recorded(setting), unsaid(setting))),
  ...schemasOf(stepSettings, (setting) => v.optional(recorded(setting))),
  ...ofStreams,
  method: v.picklist(methods.map(({ id }) => id)),
  rank: v.pipe(count, v.minValue(1)),
  holdOutShare: v.optional(v.pipe(positive, v.maxValue(1)), 0),
}) as v.GenericSchema<unknown, RunConfig>;

const change = v.strictObject({ unit: count, lambda: positive, learningRate: positive });
const place = { step: positive, observations: positive, seconds: positive, flops: v.optional(positive, 0) };

/** What was learnt from, of at least so many users and items. */
export const dataSchema = (least: number) =>
  v.strictObject({
    name: text,
    userCount: v.pipe(count, v.minValue(least)),
    itemCount: v.pipe(count, v.minValue(least)),
    ratingCount: v.optional(count, 0),
    trainingCount: v.optional(count, 0),
    validationCount: v.optional(count, 0),
    /** How ratings were held out. */
    holdOut: v.optional(v.nullable(text), null),
    scale: v.strictObject({ min: finite, max: finite, step: v.optional(positive, 0) }),
    /** Of the ratings; null where it is not known. */
    checksum: v.optional(v.nullable(text), null),
  });

/** Where the arrays of a run are: a folder of the archive. */
export const folderName = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));

const manifestSchema = v.strictObject({
  format: v.literal(runFormat),
  version: v.literal(runVersion),
  /** Who wrote it. */
  software: v.optional(text),
  data: dataSchema(1),
  /** How the lists of the runs were judged, where they were: see `Judged`. */
  judged: v.optional(
    v.strictObject({
      part: v.picklist(['validation', 'hidden', 'train', 'prequential']),
      ...{ size: count, likedFrom: positive, users: count, among: count },
    }),
  ),
  runs: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        folder: folderName,
        config: configSchema,
        /** The arrays that there are: one that was lost must not pass for one that was left out. */
        arrays: v.optional(v.array(v.picklist(arrayNames))),
        /** A snapshot each, in the order of the arrays. */
        snapshots: columnsWith({ mean: v.optional(v.array(finite)) }),
        /** All moments that were measured; those of the snapshots where it is absent. */
        metrics: v.optional(columnsWith({})),
        /** What the frames that were judged recommended. */
        lists: v.optional(listTable),
        /** λ and γ from a unit on (half-sweep or observation), where they were changed on the way. */
        changes: v.optional(v.array(change), []),
        marks: v.optional(v.array(v.strictObject({ ...place, setting: text, label: text })), []),
      }),
    ),
    v.minLength(1),
  ),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestRun = Manifest['runs'][number];

/** Keys that no manifest has, and that may be meant for other objects than this. */
const hostile = ['__proto__', 'constructor', 'prototype'];

/** Reads and checks a manifest. Throws a Refusal, which names the first thing that is not right. */
export function readManifest(source: string): Manifest {
  const manifest = readJson(source, manifestSchema, runFormat, runVersion);
  checkSizes(manifest);
  return manifest;
}

/** JSON of this format and version, or of an older one, as a schema has it. Throws a Refusal where it is not. */
export function readJson<T>(
  source: string,
  schema: v.GenericSchema<unknown, T>,
  wanted: string,
  newest: number,
): T {
  const parsed = parse(source);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Refusal('corrupt');
  const { format, version } = parsed as { format?: unknown; version?: unknown };
  if (format !== wanted) throw new Refusal('not-a-run-file');
  if (typeof version === 'number' && version > newest) throw new Refusal('newer-version');
  return checked(schema, parsed);
}

/** What a schema makes of a value; a Refusal where it has something else. */
function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const answer = v.safeParse(schema, value, { abortEarly: true });
  if (answer.success) return answer.output;
  const [issue] = answer.issues;
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  throw new Refusal(unknown ? 'unknown-key' : 'bad-value');
}

/** UTF-8 as text; a Refusal where it is none. */
export function decoded(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('corrupt');
  }
}

/** A line of JSON, as a schema has it. Throws a Refusal where it is not. */
export const readLine = <T>(schema: v.GenericSchema<unknown, T>, line: string): T =>
  checked(schema, parse(line));

function parse(source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\ufeff/, ''), (key, value) => {
      if (hostile.includes(key)) throw new Refusal('unknown-key');
      return value;
    });
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('corrupt');
  }
}

export function checkScale({ min, max }: Manifest['data']['scale']): void {
  if (max < min) throw new Refusal('bad-value');
}

function checkSizes({ data: { userCount, itemCount, scale }, runs }: Manifest): void {
  if (userCount > limits.users || itemCount > limits.items || runs.length > limits.runs)
    throw new Refusal('too-large');
  checkScale(scale);
  let bytes = 0;
  const folders = new Set<string>();
  for (const { folder, config, snapshots, metrics, lists } of runs) {
    if (folders.has(folder)) throw new Refusal('bad-value');
    folders.add(folder);
    const moments = snapshots.step.length;
    if (config.rank > limits.rank || moments > limits.snapshots) throw new Refusal('too-large');
    bytes += 4 * moments * (userCount + itemCount) * (config.rank + 1);
    if (bytes > limits.bytes) throw new Refusal('too-large');
    if (moments === 0) throw new Refusal('bad-shape');
    for (const table of [snapshots, metrics, lists].filter((one) => one !== undefined)) {
      for (const column of Object.values(table))
        if (column && column.length !== table.step.length) throw new Refusal('bad-shape');
      if (table.step.some((step, i) => i > 0 && step <= table.step[i - 1])) throw new Refusal('bad-value');
    }
  }
}
