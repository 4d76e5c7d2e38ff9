import { short } from '../draw/describe-run';
import { atOnceOf } from '../methods';
import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';

/** A name like 'factorscope_portrait_run.zip', in which no part can be a path or upset a file system. */
export function fileNameOf(parts: readonly string[], extension: string): string {
  return `${['factorscope', ...parts].map((part) => part.replace(/[^\w.-]+/g, '_')).join('_')}.${extension}`;
}

/**
 * A name like 'factorscope_portrait_als_rank20_lambda3_step4.50.png': it says which data it is of, what it is, and of
 * each run how it was configured and how far it was.
 */
export function exportFileName(
  data: string,
  what: string,
  runs: readonly { config: RunConfig; snapshot: Snapshot }[],
  extension = 'png',
): string {
  const parts = runs.flatMap(({ config, snapshot }) => [
    ...(runs.length > 1 ? [config.method] : []),
    `rank${config.rank}`,
    `lambda${short(config.lambda)}`,
    ...(atOnceOf(config.method).settings.includes('learningRate')
      ? [`gamma${short(config.learningRate)}`]
      : []),
    `step${snapshot.step.toFixed(2)}`,
  ]);
  return fileNameOf([data, what, ...parts], extension);
}
