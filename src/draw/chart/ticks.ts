/** Round values in a range, about so many. */
export function ticks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5].find((times) => times * power >= raw) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  if (!Number.isFinite(step) || step <= 0) return [low];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** 1, 2 and 5 times powers of ten; where those are few, as on a linear scale. */
export function logTicks(low: number, high: number, count: number): number[] {
  const out: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const times of [1, 2, 5]) {
      const value = Number((times * 10 ** power).toPrecision(6));
      if (value >= low && value <= high) out.push(value);
    }
  return out.length >= 3 ? out : ticks(low, high, count);
}
