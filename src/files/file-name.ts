import { short } from '../draw/describe-run';
import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';

/** 'factorscope_…': no character that a file system minds, no path. */
export function fileNameOf(parts: readonly string[], extension: string): string {
  return `${['factorscope', ...parts].map((part) => part.replace(/[^\w.-]+/g, '_')).join('_')}.${extension}`;
}

/** 'factorscope_portrait_als_rank20_lambda3_step4.50.png': data, what it is, and how each run was configured at a frame. */
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
    ...(config.method === 'sgd' ? [`gamma${short(config.learningRate)}`] : []),
    `step${snapshot.step.toFixed(2)}`,
  ]);
  return fileNameOf([data, what, ...parts], extension);
}
