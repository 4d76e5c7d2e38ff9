import type { RunConfig } from '../methods/config';
import type { Snapshot } from '../methods/snapshot';
/** What was set and how far it got, in one line: for captions. */
export declare function describeRun(config: RunConfig, snapshot: Snapshot): string;
/** 'factorscope_portrait_als_rank20_lambda3_step4.5.png': no character that a file system minds, no path. */
export declare function exportFileName(
  data: string,
  what: string,
  runs: readonly {
    config: RunConfig;
    snapshot: Snapshot;
  }[],
  extension?: string,
): string;
