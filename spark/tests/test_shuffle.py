"""What crosses between partitions grows with the batch, and not with the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from given import SHARDS, Given, Model, model
from pyspark.sql import SparkSession

from factorscope_spark.learner import Learner
from factorscope_spark.session import shuffled_bytes
from factorscope_spark.store import Shard, shard_folder

RANK = 4


def of_a_batch(spark: SparkSession, learning: Model, ratings: int) -> int:
    """Bytes shuffled while a batch of so many ratings, of users and items 0 … 199, is learnt."""
    rng = np.random.default_rng(ratings)
    triples = np.stack(
        [rng.integers(0, 200, ratings), rng.integers(0, 200, ratings), rng.integers(1, 6, ratings)], axis=1
    )
    before = shuffled_bytes(spark)
    learning.learn(triples.tolist())
    return shuffled_bytes(spark) - before


def test_shuffled_bytes_grow_with_the_batch_and_not_with_the_model(spark: SparkSession, tmp_path: Path) -> None:
    # Zeros would be compressed to nothing.
    rows = {one: row.tolist() for one, row in enumerate(np.random.default_rng(1).normal(0, 0.1, (200, 1 + RANK)))}
    learning = model(spark, tmp_path, [Learner(rank=RANK)], Given(rows, rows), (1, 5))
    small = of_a_batch(spark, learning, 500)
    large = of_a_batch(spark, learning, 2000)
    for side in ("users", "items"):
        for number in range(SHARDS):
            # A hundred times as many rows, which nobody rates.
            others = np.arange(1000 * SHARDS + number, 11_000 * SHARDS, SHARDS)
            shard = Shard(shard_folder(tmp_path, side, number), learning.work.version)
            shard.write(learning.work.version, others, np.ones((len(others), 3 + RANK)))
    again = of_a_batch(spark, learning, 500)
    assert small > 500 * 8
    assert 2 < large / small < 4.5
    assert abs(again / small - 1) < 0.1
