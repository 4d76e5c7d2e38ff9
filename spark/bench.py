"""Measures Spark's ALS per iteration, and streaming B-SGD per batch, on generated ratings.

python spark/bench.py 100000 1000000 [--master local[2]]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from pyspark.sql import SparkSession

from factorscope_spark import RunWriter
from factorscope_spark.als import Settings, table_of
from factorscope_spark.learner import Learner
from factorscope_spark.ratings import Ratings
from factorscope_spark.session import session, shuffled_bytes
from factorscope_spark.sources import cut
from factorscope_spark.stream import Job, Setup

# Batches of a stream that are timed, after the first, with which Spark warms up.
BATCHES = 10


def generated(count: int) -> Ratings:
    """Half stars of a rank-6 model with biases and noise; users and items with long tails, as many as MovieLens has."""
    rng = np.random.default_rng(16)
    user_count, item_count = max(100, count // 100), max(100, count // 250)
    users = (user_count * rng.random(count) ** 2).astype(np.int64)
    items = (item_count * rng.random(count) ** 3).astype(np.int64)
    tastes, traits = rng.normal(0, 0.62, (user_count, 6)), rng.normal(0, 0.62, (item_count, 6))
    values = 3.5 + rng.normal(0, 0.4, user_count)[users] + rng.normal(0, 0.4, item_count)[items]
    values += np.einsum("ij,ij->i", tastes[users], traits[items]) + rng.normal(0, 0.5, count)
    stars = np.clip(np.round(2 * values) / 2, 0.5, 5)
    names = [[str(n) for n in range(size)] for size in (user_count, item_count)]
    return Ratings(f"{count} generated", users, items, stars, None, *names)


def als(spark: SparkSession, ratings: Ratings) -> float:
    """Seconds of an iteration: what six of them take longer than one, by five."""
    training = table_of(spark, ratings, np.ones(len(ratings.values), dtype=np.bool_))
    training.count()
    took = []
    for iterations in (1, 1, 6):
        began = time.monotonic()
        Settings().fit(training, iterations)
        took.append(time.monotonic() - began)
    training.unpersist()
    return (took[2] - took[1]) / 5


def stream(spark: SparkSession, ratings: Ratings, batch: int) -> tuple[float, float, int]:
    """Seconds of a batch, of them of learning alone, and bytes shuffled in it; measured on 1,000 held-out ratings."""
    with tempfile.TemporaryDirectory() as folder:
        writer = RunWriter(folder, name=ratings.name, scale=(0.5, 5))
        for side, ids in (("user", ratings.user_ids), ("item", ratings.item_ids)):
            writer.name_rows(side, ids)
        job = Job(spark, writer, Setup([Learner()], (0.5, 5), shards=2))
        held = np.arange(1000)
        job.hold_out(np.stack([ratings.users[held], ratings.items[held], ratings.values[held]], axis=1))
        places = np.arange(1000, min(len(ratings.values), 1000 + batch * (1 + BATCHES)))
        marks = []
        taken = job.take

        def take(*given: object) -> None:
            taken(*given)  # type: ignore[arg-type]
            marks.append((time.monotonic(), job.state.seconds, shuffled_bytes(spark)))

        job.take = take  # type: ignore[method-assign]
        job.start(cut(ratings, places, batch, Path(folder) / "job/replay"), inbox=None, every=None).awaitTermination()
    count = len(marks) - 1
    (began, learnt, shuffled), (ended, learnt_in_all, shuffled_in_all) = marks[0], marks[-1]
    return (ended - began) / count, (learnt_in_all - learnt) / count, (shuffled_in_all - shuffled) // count


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--master", default="local[2]")
    chosen = parser.parse_args()
    spark = session(chosen.master)
    for size in chosen.sizes:
        ratings = generated(size)
        print(f"{size:,} ratings: ALS, rank 10: {als(spark, ratings):.2f} s an iteration", flush=True)  # noqa: T201
        for batch in (1_000, 10_000, 100_000):
            if batch * 3 > size:
                continue
            seconds, learning, shuffled = stream(spark, ratings, batch)
            rate = f"{batch / seconds:,.0f} ratings a second ({seconds:.2f} s a batch, {learning:.2f} s of it learning)"
            print(f"  batches of {batch:,}: {rate}; {shuffled:,} bytes shuffled a batch", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
