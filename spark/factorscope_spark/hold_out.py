"""Which ratings are kept from training: those that the app keeps, by the same hash of user, item and seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Indices = NDArray[np.int64]


def mixed(values: Words) -> Words:
    """32 bits well mixed: the finaliser of MurmurHash3 (Austin Appleby, 2011)."""
    bits = values ^ (values >> np.uint32(16))
    bits = bits * np.uint32(0x85EBCA6B)
    bits ^= bits >> np.uint32(13)
    bits = bits * np.uint32(0xC2B2AE35)
    bits ^= bits >> np.uint32(16)
    return bits


def hashes(users: Indices, items: Indices, seed: int) -> Words:
    """32 bits of each pair of user x and item y, numbered from 0 in the order of their first rating."""
    start = mixed(np.array([(seed ^ 0x2C1B3C6D) & 0xFFFFFFFF], dtype=np.uint32))
    of_users = mixed(start ^ users.astype(np.uint32))
    return mixed(of_users + items.astype(np.uint32) * np.uint32(0x9E3779B1))


def held_out(users: Indices, items: Indices, share: float, seed: int) -> NDArray[np.bool_]:
    """Marks round(share · n) of n ratings, never all: those of the smallest hashes; of equal ones by user and item."""
    n = len(users)
    count = max(0, min(int(np.floor(share * n + 0.5)), n - 1))
    order = np.lexsort((items, users, hashes(users, items, seed)))
    held = np.zeros(n, dtype=np.bool_)
    held[order[:count]] = True
    return held


def held_out_on_arrival(users: Indices, items: Indices, share: float, seed: int) -> NDArray[np.bool_]:
    """The same where nobody knows how many will come: all whose hashes are in the smallest share of all hashes."""
    return hashes(users, items, seed).astype(np.float64) < share * 2.0**32
