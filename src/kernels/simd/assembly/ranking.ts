import { load4, madd } from './vectors';

/** A score that is beaten by all. */
const none: f32 = -f32.MAX_VALUE;

/**
 * Ranks all items for `count` users; see ../../ranking.ts. Items stand by their place in the order of equals. Scores
 * of four users, whose factors are laid beside one another before, and of eight items at a time are summed in tiles that
 * stay in registers; then each of the four goes once over its scores, where hardly any is better than the last that is
 * kept.
 *
 * @param width items, padded to a multiple of eight; the padding has a bias that is beaten by all
 * @param users count × rank, row-major
 * @param columns P the other way round: rank × width, row-major
 * @param seenStart, seen of each user, places that are left out; likedStart and liked likewise
 * @param scores 4 × width floats of room, beside: 4 × rank, best: `size`
 * @param top count × size places, filled with what stands for none
 */
export function rankItems(
  rank: u32,
  width: u32,
  count: u32,
  users: usize,
  columns: usize,
  bias: usize,
  seenStart: usize,
  seen: usize,
  likedStart: usize,
  liked: usize,
  scores: usize,
  beside: usize,
  best: usize,
  size: u32,
  top: usize,
  first: usize,
): void {
  const lineBytes: usize = 4 * <usize>width;
  for (let x: u32 = 0; x < count; x += 4) {
    // Users beyond the last are the last once more.
    for (let i: u32 = 0; i < 4; i++) layBeside(users, min(x + i, count - 1), rank, beside + 4 * <usize>i);
    for (let at: usize = 0; at < lineBytes; at += 32)
      scoreEight(beside, 16 * <usize>rank, lineBytes, columns + at, bias + at, scores + at);
    for (let i: u32 = 0; i < min<u32>(4, count - x); i++) {
      const line = scores + <usize>i * lineBytes;
      const user: usize = <usize>(x + i);
      for (let p = load<u32>(seenStart + 4 * user); p < load<u32>(seenStart + 4 * user, 4); p++)
        store<f32>(line + 4 * <usize>load<u32>(seen + 4 * <usize>p), none);
      select(line, lineBytes, best, size, top + user * 4 * <usize>size);
      const from = load<u32>(likedStart + 4 * user);
      const to = load<u32>(likedStart + 4 * user, 4);
      store<u32>(first + 4 * user, placeOfFirst(line, lineBytes, liked + 4 * <usize>from, to - from));
    }
  }
}

/** The factors of a user, each beside those of three others. */
// @ts-ignore: decorator
@inline
function layBeside(users: usize, user: u32, rank: u32, to: usize): void {
  const row = users + 4 * <usize>rank * <usize>user;
  for (let f: usize = 0; f < <usize>rank; f++) store<f32>(to + 16 * f, load<f32>(row + 4 * f));
}

/** Scores of four users and eight items: b + U·P, factor by factor. */
// @ts-ignore: decorator
@inline
function scoreEight(
  beside: usize,
  besideBytes: usize,
  lineBytes: usize,
  columns: usize,
  bias: usize,
  out: usize,
): void {
  let s00 = load4(bias);
  let s01 = load4(bias + 16);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  let p = columns;
  for (let u = beside; u < beside + besideBytes; u += 16, p += lineBytes) {
    const c0 = load4(p);
    const c1 = load4(p + 16);
    const a0 = v128.load32_splat(u);
    s00 = madd(s00, a0, c0);
    s01 = madd(s01, a0, c1);
    const a1 = v128.load32_splat(u, 4);
    s10 = madd(s10, a1, c0);
    s11 = madd(s11, a1, c1);
    const a2 = v128.load32_splat(u, 8);
    s20 = madd(s20, a2, c0);
    s21 = madd(s21, a2, c1);
    const a3 = v128.load32_splat(u, 12);
    s30 = madd(s30, a3, c0);
    s31 = madd(s31, a3, c1);
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out + lineBytes, s10);
  v128.store(out + lineBytes, s11, 16);
  v128.store(out + 2 * lineBytes, s20);
  v128.store(out + 2 * lineBytes, s21, 16);
  v128.store(out + 3 * lineBytes, s30);
  v128.store(out + 3 * lineBytes, s31, 16);
}

/** The places of the `size` best scores, best first; of equals, the earlier place first. */
function select(line: usize, lineBytes: usize, best: usize, size: u32, top: usize): void {
  let kept: u32 = 0;
  let least = none;
  for (let at: usize = 0; at < lineBytes; at += 32) {
    const least4 = f32x4.splat(least);
    const better = v128.or(
      f32x4.gt(load4(line + at), least4),
      f32x4.gt(load4(line + at + 16), least4),
    );
    if (!v128.any_true(better)) continue;
    for (let j = at; j < at + 32; j += 4) {
      const score = load<f32>(line + j);
      if (!(score > least)) continue;
      if (kept < size) kept++;
      let i: usize = 4 * <usize>(kept - 1);
      for (; i > 0 && load<f32>(best + i - 4) < score; i -= 4) {
        store<f32>(best + i, load<f32>(best + i - 4));
        store<u32>(top + i, load<u32>(top + i - 4));
      }
      store<f32>(best + i, score);
      store<u32>(top + i, <u32>(j >> 2));
      if (kept == size) least = load<f32>(best + 4 * <usize>(size - 1));
    }
  }
}

/** The place in the ranking of the best of `count` places, from 1 on; 0 where all of them are left out, or there are none. */
function placeOfFirst(line: usize, lineBytes: usize, liked: usize, count: u32): u32 {
  let score = none;
  let place: usize = 0;
  for (let i: usize = 0; i < 4 * <usize>count; i += 4) {
    const at: usize = 4 * <usize>load<u32>(liked + i);
    const other = load<f32>(line + at);
    if (other < score || (other == score && at > place)) continue;
    score = other;
    place = at;
  }
  if (score == none) return 0;
  const score4 = f32x4.splat(score);
  let before = i32x4.splat(0);
  for (let at: usize = 0; at < lineBytes; at += 16) before = i32x4.sub(before, f32x4.gt(load4(line + at), score4));
  // Of equals, those before it.
  const whole = place & ~15;
  for (let at: usize = 0; at < whole; at += 16) before = i32x4.sub(before, f32x4.eq(load4(line + at), score4));
  let equals: u32 = 1;
  for (let at = whole; at < place; at += 4) if (load<f32>(line + at) == score) equals++;
  const pairs = i32x4.add(before, v128.shuffle<i32>(before, before, 2, 3, 0, 1));
  return equals + i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}
