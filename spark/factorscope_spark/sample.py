"""The app's made-up sample, number for number: 60,000 ratings of films, drawn from a seed."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

USERS, ITEMS, RATINGS = 600, 2000, 60_000
RANK = 6
LEAST_PER_USER = 20
_MASK = 0xFFFFFFFF

Row = tuple[int, int, float, int]


class Random:
    """xoroshiro128+, as the package pure-rand has it, seeded with a 32-bit integer."""

    def __init__(self, seed: int) -> None:
        self._state = (_MASK, ~seed & _MASK, seed & _MASK, 0)

    def uniform(self) -> float:
        """Uniform in [0, 1), 32 bits."""
        s01, s00, s11, s10 = self._state
        a0, a1 = s10 ^ s00, s11 ^ s01
        self._state = (
            (s01 << 24 ^ s00 >> 8 ^ a1 ^ (a1 << 16 | a0 >> 16)) & _MASK,
            (s00 << 24 ^ s01 >> 8 ^ a0 ^ a0 << 16) & _MASK,
            (a0 << 5 ^ a1 >> 27) & _MASK,
            (a1 << 5 ^ a0 >> 27) & _MASK,
        )
        return ((s00 + s10) & _MASK) / 4294967296

    def below(self, n: int) -> int:
        """Uniform integer in [0, n)."""
        return math.floor(self.uniform() * n)

    def normal(self) -> float:
        """Approximately standard normal: twelve uniforms less six."""
        total = -6.0
        for _ in range(12):
            total += self.uniform()
        return total


def sample(seed: int = 1) -> Iterator[Row]:
    """User and item (from 1), stars, and seconds since 1970, user after user."""
    random = Random(seed ^ 0x73616D70)

    def normals(count: int, deviation: float) -> list[float]:
        return [deviation * random.normal() for _ in range(count)]

    user_bias, item_bias = normals(USERS, 0.4), normals(ITEMS, 0.4)
    tastes, traits = normals(USERS * RANK, 0.62), normals(ITEMS * RANK, 0.62)
    popularity = list(accumulate(1 / math.pow(y + 12, 0.95) for y in range(ITEMS)))
    for x, count in enumerate(_ratings_per_user(random)):
        time = 1_000_000_000 + math.floor(4e8 * random.uniform())
        for y in _distinct_items(count, popularity, random):
            value = 3.55 + user_bias[x] + item_bias[y] + 0.15 * random.normal()
            for f in range(RANK):
                value += tastes[x * RANK + f] * traits[y * RANK + f]
            value += 0.5 * random.normal()
            time += 20 + random.below(400)
            yield x + 1, y + 1, min(5.0, max(0.5, math.floor(2 * value + 0.5) / 2)), time


def _ratings_per_user(random: Random) -> list[int]:
    most = math.floor(0.6 * ITEMS)
    weights = [math.exp(1.1 * random.normal()) for _ in range(USERS)]
    total = 0.0
    for weight in weights:
        total += weight
    rest = RATINGS - LEAST_PER_USER * USERS
    counts = [LEAST_PER_USER + min(most, math.floor(rest * weight / total)) for weight in weights]
    missing, x = RATINGS - sum(counts), 0
    while missing > 0:
        if counts[x] < most:
            counts[x] += 1
            missing -= 1
        x = (x + 1) % USERS
    return counts


def _distinct_items(count: int, popularity: list[float], random: Random) -> list[int]:
    chosen: dict[int, None] = {}
    while len(chosen) < count:
        at = random.uniform() * popularity[-1]
        chosen.setdefault(min(bisect_left(popularity, at), ITEMS - 1))
    return list(chosen)
