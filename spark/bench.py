"""Measures Spark's ALS per iteration, and streaming B-SGD per batch, on generated ratings.

python spark/bench.py 100000 1000000 26000000 [--master local[2]] [--rank 16]

Beside seconds by the clock it tells processor seconds of the job and all its processes, which other work on the
machine does not lengthen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
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

# Batches of a stream that are timed, after the first two, with which Spark warms up.
BATCHES = 10
WARM_UP = 2
# Ratings beyond which a fit takes so long that it is timed once.
LARGE = 5_000_000
TICK = os.sysconf("SC_CLK_TCK")


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


def processor_seconds() -> float:
    """Of this process and all below it: the JVM, and Spark's workers."""
    parents, spent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid] = int(fields[1])
        # Its own, and of those below it that have ended.
        spent[pid] = sum(int(field) for field in fields[11:15]) / TICK

    def is_ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in parents and is_ours(parents[pid]))

    return sum(seconds for pid, seconds in spent.items() if is_ours(pid))


def als(spark: SparkSession, ratings: Ratings, rank: int) -> tuple[float, float]:
    """Seconds of an iteration, by the clock and of the processors: what a longer fit takes longer than a short one."""
    training = table_of(spark, ratings, np.ones(len(ratings.values), dtype=np.bool_))
    training.count()
    is_large = len(ratings.values) > LARGE
    further = 1 if is_large else 5
    settings = replace(Settings(), rank=rank)

    def fit(iterations: int) -> tuple[float, float]:
        began, spent = time.monotonic(), processor_seconds()
        settings.fit(training, iterations)
        return time.monotonic() - began, processor_seconds() - spent

    fit(1)
    fits = [(fit(1), fit(1 + further)) for _ in range(1 if is_large else 3)]
    training.unpersist()
    wall, processors = (min((long[i] - short[i]) / further for short, long in fits) for i in (0, 1))
    return wall, processors


def stream(spark: SparkSession, ratings: Ratings, batch: int, rank: int) -> dict[str, float]:
    """Of a batch: seconds by the clock, of them of learning, of the processors, and bytes shuffled.

    Measured on 1,000 held-out ratings, as every batch is.
    """
    with tempfile.TemporaryDirectory() as folder:
        writer = RunWriter(folder, name=ratings.name, scale=(0.5, 5))
        for side, ids in (("user", ratings.user_ids), ("item", ratings.item_ids)):
            writer.name_rows(side, ids)
        job = Job(spark, writer, Setup([Learner(rank=rank)], (0.5, 5), shards=2))
        held = np.arange(1000)
        job.hold_out(np.stack([ratings.users[held], ratings.items[held], ratings.values[held]], axis=1))
        places = np.arange(1000, min(len(ratings.values), 1000 + batch * (WARM_UP + BATCHES)))
        marks = []
        taken = job.take

        def take(*given: object) -> None:
            taken(*given)  # type: ignore[arg-type]
            marks.append((time.monotonic(), job.state.seconds, processor_seconds(), float(shuffled_bytes(spark))))

        job.take = take  # type: ignore[method-assign]
        job.start(cut(ratings, places, batch, Path(folder) / "job/replay"), inbox=None, every=None).awaitTermination()
    marks = marks[WARM_UP - 1 :]
    of_each = (np.array(marks[-1]) - np.array(marks[0])) / (len(marks) - 1)
    quickest = min(after[0] - before[0] for before, after in pairwise(marks))
    names = ("seconds", "learning", "processors", "bytes")
    return dict(zip(names, of_each.tolist(), strict=True)) | {"quickest": quickest}


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--memory", default="6g", help="of the driver, which is the executor too where it is local")
    chosen = parser.parse_args()
    spark = session(chosen.master, {"spark.driver.memory": chosen.memory})
    for size in chosen.sizes:
        ratings = generated(size)
        with tempfile.TemporaryDirectory() as scratch:
            spark.sparkContext.setCheckpointDir(scratch)
            wall, processors = als(spark, ratings, chosen.rank)
        print(f"{size:,} ratings, {_load()}")  # noqa: T201
        print(f"  ALS: {wall:.2f} s an iteration, {processors:.2f} s of processors", flush=True)  # noqa: T201
        for batch in (1_000, 10_000, 100_000):
            if batch * (WARM_UP + 2) > size:
                continue
            told = stream(spark, ratings, batch, chosen.rank)
            print(  # noqa: T201
                f"  batches of {batch:,}: {batch / told['seconds']:,.0f} ratings a second, "
                f"{batch / told['quickest']:,.0f} in the quickest; of a batch {told['seconds']:.2f} s, "
                f"{told['learning']:.2f} s learning, {told['processors']:.2f} s of processors, "
                f"{told['bytes']:,.0f} bytes shuffled; {_load()}",
                flush=True,
            )


def _load() -> str:
    return f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors"


if __name__ == "__main__":
    main()
