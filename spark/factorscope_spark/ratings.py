"""Ratings from a file, numbered as the app numbers them: users and items 0, 1, … in the order of their first rating."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .npy import RunError
from .sample import sample

# Names of columns, in the order in which they stand where there is no header.
COLUMNS = (
    ("user", "userid", "user_id", "reviewerid"),
    ("item", "movie", "itemid", "movieid", "item_id", "movie_id", "product", "asin"),
    ("rating", "value", "score", "stars"),
    ("timestamp", "time", "ts", "date"),
)
TIME = 3
# A grid of values has no more of them than this, and none is off it by more than this share of its spacing.
MOST_STEPS = 256
GRID = 1e-4


@dataclass(frozen=True)
class Ratings:
    """What is known: rating j is `values[j]`, of user `users[j]` for item `items[j]`, at `times[j]`."""

    name: str
    users: NDArray[np.int64]
    items: NDArray[np.int64]
    values: NDArray[np.float64]
    times: NDArray[np.float64] | None
    user_ids: list[str]
    item_ids: list[str]

    @property
    def scale(self) -> tuple[float, float, float]:
        """The least and the greatest rating, and the spacing of the values as the app finds it; 0: none."""
        values = np.unique(self.values.astype(np.float32)).astype(float)
        least, most = float(values[0]), float(values[-1])
        if not 1 < len(values) <= MOST_STEPS:
            return least, most, 0.0
        step = float(np.diff(values).min())
        on_grid = np.abs((values - least) / step - np.round((values - least) / step)) <= GRID
        return least, most, step if on_grid.all() else 0.0

    def in_time(self) -> NDArray[np.int64]:
        """The places of the ratings in the order in which they were given; of the source where no times are known."""
        if self.times is None:
            return np.arange(len(self.values), dtype=np.int64)
        order: NDArray[np.int64] = np.argsort(self.times, kind="stable")
        return order


def numbered(ids: Iterable[str]) -> tuple[NDArray[np.int64], list[str]]:
    """Numbers ids 0, 1, … in the order in which they first appear."""
    places: dict[str, int] = {}
    indices = np.fromiter((places.setdefault(one, len(places)) for one in ids), dtype=np.int64)
    return indices, list(places)


def read_ratings(source: str | Path) -> Ratings:
    """Ratings of a file (CSV, TSV, `::`, also .gz; MovieLens and the like), or the bundled one named "sample".

    Of a pair that was rated twice, the later rating counts.
    """
    if str(source) == "sample":
        return _ratings("sample", ([str(u), str(i), str(r), str(t)] for u, i, r, t in sample()), has_time=True)
    path = Path(source)
    with (
        gzip.open(path, "rt", encoding="utf-8-sig")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8-sig", newline="") as file
    ):
        lines = iter(file)
        first = next(lines, "").rstrip("\r\n")
        order, begun = _columns(_fields(first))
        texts = chain([first] if begun else [], (line.rstrip("\r\n") for line in lines))
        picked = ([row[c] for c in order] for row in (_fields(text) for text in texts if text.strip()))
        return _ratings(path.name, picked, has_time=len(order) > TIME)


def read_titles(path: Path) -> dict[str, str]:
    """Titles of items, by id, from a CSV whose first columns are an id and a title."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}


def _fields(line: str) -> list[str]:
    for mark in ("::", "\t", ";"):
        if mark in line:
            return line.split(mark)
    return next(csv.reader([line]), [])


def _columns(first: Sequence[str]) -> tuple[list[int], bool]:
    """Where user, item, rating and perhaps time stand, and whether the first row is one of ratings."""
    names = [name.strip().lower() for name in first]
    found = [next((i for i, name in enumerate(names) if name in known), -1) for known in COLUMNS]
    if min(found[:TIME]) >= 0:
        return [place for place in found if place >= 0], False
    if len(first) < TIME or not _is_number(first[2]):
        raise RunError(f"no user, item and rating columns in: {', '.join(first)[:200]}")
    return list(range(min(len(first), len(COLUMNS)))), True


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _ratings(name: str, rows: Iterable[Sequence[str]], *, has_time: bool) -> Ratings:
    table = list(_checked(name, rows))
    if not table:
        raise RunError(f"{name} has no ratings")
    users, user_ids = numbered(row[0] for row in table)
    items, item_ids = numbered(row[1] for row in table)
    values = np.array([float(row[2]) for row in table])
    times = np.array([float(row[TIME]) for row in table]) if has_time else None
    pairs = users * len(item_ids) + items
    # By pair, and the latest of each last: by time, or by row where times are equal or missing.
    order = np.lexsort((pairs,) if times is None else (times, pairs))
    kept = np.sort(order[np.append(np.diff(pairs[order]) != 0, True)])
    return Ratings(
        name,
        users[kept],
        items[kept],
        values[kept],
        None if times is None else times[kept],
        user_ids,
        item_ids,
    )


def _checked(name: str, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows, start=1):
        if not all(_is_number(text) for text in row[2:]):
            raise RunError(f"{name}, rating {number}: not a number: {', '.join(row)[:200]}")
        yield row
