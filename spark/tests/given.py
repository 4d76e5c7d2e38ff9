"""Batches that are given, learnt by Spark from first factors that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyspark.sql import SparkSession

from factorscope_spark.learner import Learner
from factorscope_spark.learning import Work, learn
from factorscope_spark.sgd import Batch, Ids, Layout, Rows, mean_for
from factorscope_spark.store import Shard, shard_folder

SHARDS = 2
Triple = Sequence[float]


@dataclass(frozen=True)
class Given:
    """Biases and factors that new users and items begin with: n × (1 + rank)."""

    users: Mapping[int, Sequence[float]]
    items: Mapping[int, Sequence[float]]

    def rows(self, side: str, ids: Ids, learner: Learner) -> Rows:
        table = self.users if side == "users" else self.items
        return np.array([table[int(one)] for one in ids]).reshape(len(ids), 1 + learner.rank)


@dataclass
class Model:
    """What was learnt so far, and from how much."""

    spark: SparkSession
    work: Work
    seen: int = 0
    total: float = 0.0
    means: list[float] = field(default_factory=list)

    def learn(self, ratings: Sequence[Triple]) -> None:
        """Learns the next batch; μ is that of all that came, or, for whom it is frozen, of the first batch."""
        users, items, values = (np.array(column) for column in zip(*ratings, strict=True))
        self.seen += len(values)
        self.total += float(values.sum())
        self.means.append(self.total / self.seen)
        before = self.work.batch
        means = tuple(mean_for(one, self.means[0], self.means[-1]) / before.unit for one in self.work.layout.learners)
        batch = Batch(before.number + 1, len(values), means, before.scale, before.unit, before.star)
        table = pa.table(
            {"user": users.astype(np.int64), "item": items.astype(np.int64), "value": values.astype(float)}
        )
        work = Work(self.work.store, SHARDS, self.work.version, self.work.layout, self.work.initial, batch)
        self.work = learn(self.spark.createDataFrame(table), work)

    def rows(self, side: str) -> Iterator[tuple[int, list[np.ndarray]]]:
        """Each id with `[last, …]` cut into its learners: copies, bias, factors."""
        for number in range(SHARDS):
            for row in Shard(shard_folder(self.work.store, side, number), self.work.version).all():
                yield int(row[0]), [row[1:2], *(row[1:][at] for at in self.work.layout.slices)]


def model(
    spark: SparkSession,
    store: Path,
    learners: Sequence[Learner],
    initial: Given,
    scale: tuple[float, float],
    unit: float = 1.0,
    star: float = 1.0,
) -> Model:
    """Nothing learnt yet."""
    batch = Batch(0, 0, (), (scale[0] / unit, scale[1] / unit), unit, star)
    return Model(spark, Work(store, SHARDS, 0, Layout(learners), initial, batch))
