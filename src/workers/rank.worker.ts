import { rankItems } from '../kernels/ranking';
import { simdRanker } from '../kernels/simd/ranker';
import { directionsOf } from '../methods/directions';
import { type Judging, judge } from '../methods/judging';
import { canShare, simdModule } from './kernel-modules';
import type { RankApi } from './protocol';
import { serve } from './serve';

let judging: Judging | null = null;

const ranker = simdModule().then((module) => (module ? simdRanker(module, canShare) : rankItems));

serve<RankApi>({
  open(next) {
    judging = next;
  },
  async judge(model) {
    if (!judging) throw new Error('judge before open');
    return judge(await ranker, model, judging);
  },
  directions: directionsOf,
});
