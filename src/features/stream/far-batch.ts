import { refitEveryOf, type StreamSettings } from '../../settings/stream';

/** Work that a link may ask for without anybody pressing a button: some ten seconds of one core, in multiplications. */
const mostUnasked = 2e10;

/** Whether it takes so long to get to a batch that somebody has to want it. */
export const isFar = (settings: StreamSettings, batch: number, count: number): boolean =>
  batch > 0 && workOf(settings, batch, count) > mostUnasked;

/** Multiplications until a batch, about: every rating is learnt, and every refit goes over all that have arrived. */
function workOf(settings: StreamSettings, batch: number, count: number): number {
  const { batchSize, rank, passes, methods } = settings;
  const arrived = Math.min(count, batch * batchSize);
  const batches = Math.ceil(arrived / batchSize);
  const refits = methods.includes('refit') ? batches / refitEveryOf(settings, count) : 0;
  const measured = 20_000 * rank * methods.length;
  const solved = rank * rank + 2 * rank;
  return arrived * (8 * rank * passes + solved) + batches * measured + refits * 5 * arrived * solved;
}
