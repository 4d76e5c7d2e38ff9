"""A batch learnt and measured on Spark: ratings go to the factors that they touch; the others stay where they are.

A pass is three steps, each a partition per shard:

1. ratings, by user: each takes its user's row along (known: as it is; new: a small random one);
2. by item: gradients, all from the values before the pass; the items' are summed and applied, the users' summed;
3. the users' sums, by user: summed and applied.

So the ratings are in effect joined, full outer, with the factors there are: who is in both moves, who is new begins,
who is absent stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as fn

from .learner import Learner
from .sgd import UNKNOWN, Batch, Ids, Initial, Layout, Rows, summed
from .store import Shard, shard_folder

Batches = Iterable[pa.RecordBatch]
TRAIN, VALIDATION = 0, 1


@dataclass(frozen=True)
class Work:
    """What the tasks of a batch are told."""

    store: Path
    shards: int
    # The version that is read; what is learnt is the next one.
    version: int
    layout: Layout
    initial: Initial
    batch: Batch

    def carry_users(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Step 1: ratings (user, item, value) with the rows of their users."""
        for table in _gathered(batches):
            ids, places, counts = np.unique(_ids(table, "user"), return_inverse=True, return_counts=True)
            rows = self._present("users", ids, counts)
            yield from _columns(table, row=_lists(rows[places]))

    def learn_items(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Step 2: moves the items; tells the sums of the users' gradients, and of how many ratings they are."""
        for table in _gathered(batches):
            ids, places, counts = np.unique(_ids(table, "item"), return_inverse=True, return_counts=True)
            rows = self._present("items", ids, counts)
            values = _floats(table, "value") / self.batch.unit
            of_users, of_items = self.layout.gradients(_rows(table), rows[places], values, self.batch)
            _, sums = summed(places, of_items)
            self._move("items", ids, rows, sums, counts)
            ones = np.ones((len(values), 1))
            users, told = summed(_ids(table, "user"), np.concatenate([ones, of_users], axis=1))
            yield from _columns(pa.table({"user": users}), row=_lists(told))

    def learn_users(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Step 3: moves the users; tells how many."""
        for table in _gathered(batches):
            ids, told = summed(_ids(table, "user"), _rows(table))
            counts = told[:, 0]
            self._move("users", ids, self._present("users", ids, counts), told[:, 1:], counts)
            yield pa.RecordBatch.from_pydict({"moved": pa.array([len(ids)], pa.int64())})

    def carry_known_users(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """The rows of users as they are, for measuring: nobody is new."""
        for table in _gathered(batches):
            ids, places = np.unique(_ids(table, "user"), return_inverse=True)
            yield from _columns(table, row=_lists(self._known("users", ids)[places]))

    def measure(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """Counts, Σ|ε|, Σε² and the largest |ε| of each part and learner, in rating units."""
        for table in _gathered(batches):
            ids, places = np.unique(_ids(table, "item"), return_inverse=True)
            items = self._known("items", ids)[places]
            values = _floats(table, "value") / self.batch.unit
            errors = np.abs(self.layout.errors(_rows(table), items, values, self.batch)) * self.batch.unit
            parts = _ids(table, "part")
            for part in np.unique(parts):
                of = errors[parts == part]
                sums = np.stack([of.sum(axis=0), (of**2).sum(axis=0), of.max(axis=0)])
                told = {"part": [part], "count": [len(of)], "sums": [sums.ravel()]}
                yield pa.RecordBatch.from_pydict(told)

    def narrow(self, kept: Sequence[Learner]) -> Iterator[pa.RecordBatch]:
        """Writes a shard anew with the numbers of some learners only."""
        pairs = zip(self.layout.learners, self.layout.slices, strict=True)
        numbers = [np.arange(at.start, at.stop) for learner, at in pairs if learner in kept]
        columns = 1 + np.concatenate([[-1, 0], *numbers])
        for side in ("users", "items"):
            shard = self._shard(side)
            table = shard.all()
            if len(table):
                shard.write_whole(self.version + 1, table[:, columns])
        yield pa.RecordBatch.from_pydict({"moved": pa.array([0], pa.int64())})

    def _shard(self, side: str) -> Shard:
        context = TaskContext.get()
        if context is None:
            raise RuntimeError("a shard is read by a task")
        return Shard(shard_folder(self.store, side, context.partitionId()), self.version)

    def _present(self, side: str, ids: Ids, counts: NDArray[Any]) -> Rows:
        """The rows of those who stand in the batch, each with so many ratings, as they are before the pass."""
        known, rows = self._shard(side).rows(ids)
        if not known.all():
            fresh = self.layout.fresh(side, ids[~known], self.initial)
            rows = rows if rows.shape[1] else np.zeros((len(ids), self.layout.width))
            rows[~known] = fresh
        if self.batch.pass_ == 0:
            self.layout.arrive(rows, side, ids, counts, self.batch.number, self.initial)
        return rows

    def _known(self, side: str, ids: Ids) -> Rows:
        known, rows = self._shard(side).rows(ids)
        rows = rows if rows.shape[1] else np.zeros((len(ids), self.layout.width))
        rows[~known, 0] = UNKNOWN
        return rows

    def _move(self, side: str, ids: Ids, rows: Rows, sums: Rows, counts: NDArray[Any]) -> None:
        self.layout.move(rows, sums, np.asarray(counts, dtype=np.float64), self.batch)
        shard = self._shard(side)
        shard.write(self.version + 1, ids, rows)
        if self.batch.pass_ == 0:
            shard.tidy()


@dataclass(frozen=True)
class Errors:
    """Errors of a learner on a part, rating units; all None of no ratings."""

    rmse: float | None = None
    mae: float | None = None
    largest: float | None = None


def learn(ratings: DataFrame, work: Work) -> Work:
    """Learns a batch (user, item, value), pass by pass; what is returned is told of the version after it."""
    for number in range(max(learner.passes for learner in work.layout.learners)):
        now = replace(work, batch=replace(work.batch, pass_=number))
        carried = _by("user", ratings, now).mapInArrow(
            now.carry_users, "user long, item long, value double, row array<double>"
        )
        told = _by("item", carried, now).mapInArrow(now.learn_items, "user long, row array<double>")
        _by("user", told, now).mapInArrow(now.learn_users, "moved long").collect()
        work = replace(work, version=work.version + 1)
    return work


def measure(ratings: DataFrame, work: Work) -> dict[int, list[Errors]]:
    """Errors of every learner on each part of ratings (part, user, item, value), at the version of `work`."""
    carried = _by("user", ratings, work).mapInArrow(
        work.carry_known_users, "user long, item long, value double, part long, row array<double>"
    )
    told = _by("item", carried, work).mapInArrow(work.measure, "part long, count long, sums array<double>").collect()
    return {part: _errors([row for row in told if row["part"] == part], work) for part in (TRAIN, VALIDATION)}


def narrow(spark: SparkSession, work: Work, kept: Sequence[Learner]) -> Work:
    """Drops all but some learners from the factors."""
    spark.range(0, work.shards, 1, work.shards).mapInArrow(lambda _: work.narrow(kept), "moved long").collect()
    return replace(work, version=work.version + 1, layout=Layout(kept))


def _by(side: str, ratings: DataFrame, work: Work) -> DataFrame:
    """To each partition what is of its shard."""
    return ratings.repartitionById(work.shards, (fn.col(side) % work.shards).cast("int"))


def _errors(told: Sequence[Any], work: Work) -> list[Errors]:
    count = sum(row["count"] for row in told)
    if count == 0:
        return [Errors() for _ in work.layout.learners]
    sums = np.array([row["sums"] for row in told]).reshape(len(told), 3, -1)
    absolute, squares, largest = sums[:, 0].sum(axis=0), sums[:, 1].sum(axis=0), sums[:, 2].max(axis=0)
    return [
        Errors(float(np.sqrt(s / count)), float(a / count), float(m))
        for a, s, m in zip(absolute, squares, largest, strict=True)
    ]


def _gathered(batches: Batches) -> Iterator[pa.Table]:
    """All of a partition, or nothing where it is empty: sums need all that is of an id."""
    parts = [batch for batch in batches if batch.num_rows]
    if parts:
        yield pa.Table.from_batches(parts)


def _columns(table: pa.Table, **more: pa.Array) -> Iterator[pa.RecordBatch]:
    for name, column in more.items():
        table = table.append_column(name, column)
    yield from table.to_batches()


def _lists(rows: Rows) -> pa.Array:
    """Rows as lists, without a copy of each."""
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * rows.shape[1]
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.ascontiguousarray(rows).ravel()))


def _rows(table: pa.Table) -> Rows:
    flat = table["row"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    rows: Rows = flat.reshape(table.num_rows, -1)
    return rows


def _ids(table: pa.Table, name: str) -> Ids:
    ids: Ids = table[name].to_numpy()
    return ids


def _floats(table: pa.Table, name: str) -> Rows:
    values: Rows = table[name].to_numpy()
    return values
