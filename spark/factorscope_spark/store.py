"""The factors of a stream job: rows by id, in shards, as files that are written once.

Like Spark's own state stores, a shard is a whole and the changes after it, named by version; but it can be read and
written several times in a batch, which theirs cannot. A version is written aside from those before it, and counts only
once the job says so in its commit. So a task is a function of files that do not change: it may be run again, or twice
at once, and a job that was killed goes on from its commit as if nothing had happened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .npy import RunError
from .sgd import Ids, Rows

_NAME = re.compile(r"(whole|delta)-(\d{12})\.npy")
# A shard with so many changes is written anew, as a whole.
MOST_DELTAS = 24


class Shard:
    """Users or items of a shard at a version: files of rows `[id, …]`, ascending by id."""

    def __init__(self, folder: Path, version: int) -> None:
        self._folder = folder
        self._version = version
        listed = sorted(_files(folder), reverse=True)
        there = [(number, kind) for number, kind in listed if number <= version]
        wholes = [number for number, kind in there if kind == "whole"]
        self._since = wholes[0] if wholes else -1
        # Newest first; nothing beyond the last whole has to be read.
        self._tables = [self._read(number, kind) for number, kind in there if number >= self._since]

    def rows(self, ids: Ids) -> tuple[NDArray[np.bool_], Rows]:
        """Whom of these there is, and their rows, in the same order; of others, whatever."""
        width = self._tables[0].shape[1] - 1 if self._tables else 0
        known = np.zeros(len(ids), dtype=np.bool_)
        rows = np.zeros((len(ids), width))
        for table in self._tables:
            left = np.flatnonzero(~known)
            if len(left) == 0 or len(table) == 0:
                continue
            keys = table[:, 0]
            places = np.minimum(np.searchsorted(keys, ids[left]), len(keys) - 1)
            found = keys[places] == ids[left]
            rows[left[found]] = table[places[found], 1:]
            known[left[found]] = True
        return known, rows

    def all(self) -> Rows:
        """All rows `[id, …]`, ascending by id."""
        tables = [np.asarray(table) for table in self._tables]
        if not tables:
            return np.zeros((0, 0))
        merged = np.concatenate(tables)
        # The first of an id is the newest.
        _, first = np.unique(merged[:, 0], return_index=True)
        return merged[first]

    def write(self, version: int, ids: Ids, rows: Rows) -> None:
        """Changes these rows, ascending by id, from a version on."""
        table = np.concatenate([ids[:, None].astype(np.float64), rows], axis=1)
        changes = sum(len(one) for one in self._tables[:-1]) + len(table)
        grown = bool(self._tables) and changes >= len(self._tables[-1])
        if not self._tables or grown or len(self._tables) > MOST_DELTAS:
            newest = Shard.__new__(Shard)
            newest._tables = [table, *self._tables]
            self.write_whole(version, newest.all())
        else:
            self._write("delta", version, table)

    def write_whole(self, version: int, table: Rows) -> None:
        """Writes all rows `[id, …]` anew; readers of earlier versions keep theirs."""
        self._write("whole", version, table)

    def tidy(self) -> None:
        """Deletes what neither this version nor a later one needs."""
        for number, kind in _files(self._folder):
            if number < self._since:
                (self._folder / f"{kind}-{number:012}.npy").unlink(missing_ok=True)

    def _read(self, number: int, kind: str) -> Rows:
        path = self._folder / f"{kind}-{number:012}.npy"
        try:
            table: Rows = np.load(path, mmap_mode="r" if path.stat().st_size > 1 << 20 else None)
        except ValueError as error:
            raise RunError(f"{path} is damaged") from error
        return table

    def _write(self, kind: str, version: int, table: Rows) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{kind}-{version:012}.npy"
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        with aside.open("wb") as file:
            np.save(file, table)
        aside.replace(path)
        # Run again after a kill, it may have become the other kind.
        other = "delta" if kind == "whole" else "whole"
        (self._folder / f"{other}-{version:012}.npy").unlink(missing_ok=True)


def shard_folder(store: Path, side: str, number: int) -> Path:
    """Where a shard of "users" or "items" is."""
    return store / side / f"{number:04}"


def forget_after(store: Path, version: int) -> None:
    """Deletes what was written but never committed."""
    for folder in store.glob("*/*"):
        for number, kind in _files(folder):
            if number > version:
                (folder / f"{kind}-{number:012}.npy").unlink()
        for aside in folder.glob(".*"):
            aside.unlink()


def _files(folder: Path) -> Iterator[tuple[int, str]]:
    if folder.is_dir():
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                yield int(match[2]), match[1]
