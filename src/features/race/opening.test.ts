import { afterEach, expect, test, vi } from 'vitest';
import { hasBeenHere, openingSpeed, rememberVisit } from './opening';

afterEach(() => vi.unstubAllGlobals());

test('the first guess stands for two seconds, and all sixty passes take about twenty', () => {
  let [seen, frames, held] = [0, 0, 0];
  while (seen < 60 * 90_000) {
    const speed = openingSpeed(frames++, seen, 90_000);
    if (speed === 0) held++;
    seen += speed;
  }
  expect(held).toBe(120);
  expect(frames / 60).toBeGreaterThan(17);
  expect(frames / 60).toBeLessThan(23);
});

test('the first iteration is slow, and it only gets faster', () => {
  const at = (passes: number) => openingSpeed(200, passes * 1000, 1000);
  expect(1000 / at(0.5) / 60).toBeCloseTo(2);
  expect(at(2)).toBeGreaterThan(at(1));
  expect(at(5)).toBeGreaterThan(at(2));
});

test('who has been here is remembered, and where nothing can be kept nobody has been', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  expect(hasBeenHere()).toBe(false);
  rememberVisit();
  expect(hasBeenHere()).toBe(true);
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  rememberVisit();
  expect(hasBeenHere()).toBe(false);
});
