import { expose } from 'comlink';
import { rankItems } from '../kernels/ranking';
import { simdRanker } from '../kernels/simd/ranker';
import { type Judging, judge } from '../methods/judging';
import { isolated, simdModule } from './kernel-modules';
import type { RankApi } from './protocol';

let judging: Judging | null = null;

const ranker = simdModule().then((module) => (module ? simdRanker(module, isolated) : rankItems));

const api: RankApi = {
  ping() {},
  open(next) {
    judging = next;
  },
  async judge(model) {
    if (!judging) throw new Error('judge before open');
    return judge(await ranker, model, judging);
  },
};

expose(api);
