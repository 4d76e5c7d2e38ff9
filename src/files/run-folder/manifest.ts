import * as v from 'valibot';
import { errorMetrics } from '../../metrics';
import { columnName } from '../../metrics/metric';
import { count, finite, positive, text } from '../run-file/columns';
import {
  checkScale,
  configSchema,
  dataSchema,
  folderName,
  limits,
  readJson,
  readLine,
} from '../run-file/manifest';
import { Refusal } from '../run-file/refusal';

const folderFormat = 'factorscope-run-folder';
const folderVersion = 1;

const parts = ['train', 'validation'] as const;
const manifestSchema = v.strictObject({
  format: v.literal(folderFormat),
  version: v.literal(folderVersion),
  software: v.optional(text),
  /** What came so far. */
  data: dataSchema(0),
  /** Whether more will come. A job that was killed says `running`. */
  state: v.picklist(['running', 'ended', 'failed']),
  why: v.optional(text),
  runs: v.array(
    v.strictObject({
      name: text,
      folder: folderName,
      config: configSchema,
      /** Why it stopped before the others. */
      ended: v.optional(text),
    }),
  ),
  /** What runs are compared with: a dashed line each. */
  references: v.optional(
    v.array(
      v.strictObject({
        name: text,
        part: v.picklist(parts),
        metric: v.picklist(errorMetrics.map(({ id }) => id)),
        value: positive,
      }),
    ),
    [],
  ),
});
export type FolderManifest = v.InferOutput<typeof manifestSchema>;

/** Reads and checks the manifest of a run folder. Throws a Refusal, which names the first thing that is not right. */
export function readFolderManifest(source: string): FolderManifest {
  const manifest = readJson(source, manifestSchema, folderFormat, folderVersion);
  const { data, runs, references } = manifest;
  checkScale(data.scale);
  const tooMany = runs.length > limits.runs || references.length > limits.runs;
  if (tooMany || data.userCount > limits.users || data.itemCount > limits.items)
    throw new Refusal('too-large');
  if (runs.some(({ config }) => config.rank > limits.rank)) throw new Refusal('too-large');
  if (new Set(runs.map(({ folder }) => folder)).size < runs.length) throw new Refusal('bad-value');
  return manifest;
}

const momentSchema = v.strictObject({
  step: positive,
  observations: v.optional(count),
  seconds: v.optional(positive),
  flops: v.optional(positive),
  ...Object.fromEntries(
    parts.flatMap((part) =>
      errorMetrics.map((metric) => [columnName(part, metric), v.optional(v.nullable(positive))]),
    ),
  ),
  /** μ, and the number of the frame that goes with this moment. */
  mean: v.optional(finite),
  frame: v.optional(v.pipe(count, v.maxValue(999_999))),
  /** From an inbox: what they bring was learnt since the moment before. */
  messages: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(1000))),
}) as v.GenericSchema<unknown, FolderMoment>;

/** A line of a run's `columns.ndjson`: a moment, with the number of its frame where it has one. */
export interface FolderMoment {
  readonly step: number;
  readonly observations?: number;
  readonly seconds?: number;
  readonly flops?: number;
  readonly mean?: number;
  readonly frame?: number;
  readonly messages?: readonly string[];
  /** Errors, by the names of their columns. */
  readonly [column: string]: number | null | undefined | readonly string[];
}

export const readMoment = (line: string): FolderMoment => readLine(momentSchema, line);

const nameSchema = v.strictObject({ id: text, title: v.optional(text) });
/** What a row of the factors is called. */
export type RowName = v.InferOutput<typeof nameSchema>;
export const readName = (line: string): RowName => readLine(nameSchema, line);
