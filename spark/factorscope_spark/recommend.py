"""Top-N of every user, from the newest frame of a run folder."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import lines, npy
from .npy import RunError
from .ratings import read_ratings
from .run_file import ARRAYS

Arrays = dict[str, NDArray[np.float32]]
# Users whose predictions are computed at once.
AT_ONCE = 1024


def newest(folder: Path, run: str) -> tuple[float, Arrays]:
    """μ and the arrays of the newest frame."""
    frames = [moment for moment in lines.read(folder / run / "columns.ndjson") if "frame" in moment]
    if not frames:
        raise RunError(f"{folder / run} has no frame")
    paths = {name: folder / run / f"{frames[-1]['frame']:06}.{name}.npy" for name in ARRAYS}
    return float(frames[-1]["mean"]), {name: npy.load(path) for name, path in paths.items() if path.exists()}


def top(mean: float, arrays: Arrays, rated: Mapping[int, Set[int]], count: int) -> Iterator[list[tuple[int, float]]]:
    """For each user, the items with the best predictions that the user has not rated, the best first."""
    users, items = arrays["userFactors"], arrays["itemFactors"]
    user_bias = arrays.get("userBias", np.zeros(len(users), dtype=np.float32))
    item_bias = arrays.get("itemBias", np.zeros(len(items), dtype=np.float32))
    # Who has no factors yet is not known, and is no recommendation.
    known = items.any(axis=1)
    for start in range(0, len(users), AT_ONCE):
        block = slice(start, start + AT_ONCE)
        predicted = mean + user_bias[block, None] + item_bias + users[block] @ items.T
        predicted[:, ~known] = -np.inf
        for x, row in enumerate(predicted, start=start):
            row[list(rated.get(x, ()))] = -np.inf
            best = np.argsort(-row, kind="stable")[:count]
            yield [(int(y), float(row[y])) for y in best if np.isfinite(row[y])]


def write(folder: Path, run: str, out: Path, count: int, ratings: str | None) -> None:
    """Writes user, place, item, title and prediction as CSV; leaves out what the ratings of a file have."""
    users = [str(row["id"]) for row in lines.read(folder / "users.ndjson")]
    items = list(lines.read(folder / "items.ndjson"))
    rated: dict[int, set[int]] = {}
    if ratings is not None:
        known = read_ratings(ratings)
        numbers = {name: x for x, name in enumerate(users)}
        places = {str(row["id"]): y for y, row in enumerate(items)}
        for x, y in zip(known.users, known.items, strict=True):
            user, item = numbers.get(known.user_ids[x]), places.get(known.item_ids[y])
            if user is not None and item is not None:
                rated.setdefault(user, set()).add(item)
    mean, arrays = newest(folder, run)
    with out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["user", "place", "item", "title", "prediction"])
        for x, best in enumerate(top(mean, arrays, rated, count)):
            for place, (y, value) in enumerate(best, start=1):
                rows.writerow([users[x], place, items[y]["id"], items[y].get("title", ""), f"{value:.6g}"])
