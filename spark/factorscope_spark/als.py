"""Batch ALS by Spark's own `ALS`, filmed: Spark has no callback, so a film of it is a fit of 1, 2, … n iterations."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.ml.recommendation import ALS, ALSModel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as fn

from .ratings import Ratings
from .run_writer import Frame, Run

LOG = logging.getLogger(__name__)
Mask = NDArray[np.bool_]

# Iterations after which Spark forgets where factors came from. Of ten of them, that is more than a stack holds.
CHECKPOINT_EVERY = 3


@dataclass(frozen=True)
class Settings:
    """What Spark's ALS is set to; λ is weighted by the number of ratings of each row."""

    rank: int = 10
    iterations: int = 10
    lambda_: float = 0.1
    # Of whom it has no factors: "nan", and there is no error at all; or "drop", and they are left aside.
    cold_start: str = "drop"
    nonnegative: bool = False
    # Ratings as confidences of a preference (Hu, Koren and Volinsky, 2008): then there are no errors in rating units.
    implicit: bool = False
    seed: int = 1
    # A frame of every iteration, each fitted from the beginning; or of the last one only.
    each: bool = True

    def fit(self, training: DataFrame, iterations: int) -> ALSModel:
        """The model after so many iterations; one seed, so it is the same run."""
        als = ALS(
            rank=self.rank,
            maxIter=iterations,
            regParam=self.lambda_,
            coldStartStrategy=self.cold_start,
            nonnegative=self.nonnegative,
            implicitPrefs=self.implicit,
            seed=self.seed,
            checkpointInterval=CHECKPOINT_EVERY,
            userCol="user",
            itemCol="item",
            ratingCol="value",
        )
        model: ALSModel = als.fit(training)
        return model

    def config(self) -> dict[str, Any]:
        """The settings as a run's manifest has them."""
        config: dict[str, Any] = {"lambda": self.lambda_, "regularisation": "weighted", "baseline": "none"}
        return {**config, "seed": self.seed}


def table_of(spark: SparkSession, ratings: Ratings, which: Mask) -> DataFrame:
    """Some of the ratings, by numbers, for Spark."""
    users, items = ratings.users[which].astype(np.int32), ratings.items[which].astype(np.int32)
    return spark.createDataFrame(pa.table({"user": users, "item": items, "value": ratings.values[which]})).cache()


def film(spark: SparkSession, ratings: Ratings, held: Mask, settings: Settings, run: Run) -> dict[str, float | None]:
    """Fits, measures on what was held out, and writes a moment and a frame; returns the last errors."""
    # As factors, checkpoints must be where all executors see them.
    with TemporaryDirectory(prefix=".", dir=run.folder.absolute()) as scratch:
        spark.sparkContext.setCheckpointDir(scratch)
        return _filmed(spark, ratings, held, settings, run)


def _filmed(spark: SparkSession, ratings: Ratings, held: Mask, settings: Settings, run: Run) -> dict[str, float | None]:
    training, validation = table_of(spark, ratings, ~held), table_of(spark, ratings, held)
    last: dict[str, float | None] = {}
    for iterations, seconds, model in _fits(training, settings):
        last = {}
        for part, of in (("train", training), ("validation", validation)):
            measured = (None, None) if settings.implicit else errors(model, of)
            last |= dict(zip((f"{part}Rmse", f"{part}Mae"), measured, strict=True))
        frame = Frame(
            _dense(model.userFactors, len(ratings.user_ids), settings.rank),
            _dense(model.itemFactors, len(ratings.item_ids), settings.rank),
        )
        observations = 2 * iterations * int((~held).sum())
        LOG.info("%d iterations · validation RMSE %s", iterations, last["validationRmse"])
        run.add(iterations, frame, messages=(), observations=observations, seconds=seconds, **last)
    training.unpersist()
    validation.unpersist()
    return last


def _fits(training: DataFrame, settings: Settings) -> Iterator[tuple[int, float, ALSModel]]:
    """Models to be shown, and seconds that a fit of so many iterations takes."""
    slowest = 0.0
    for iterations in range(1 if settings.each else settings.iterations, settings.iterations + 1):
        began = time.monotonic()
        model = settings.fit(training, iterations)
        # Fits of their own: the clock of the run must not go back where a longer one was quicker.
        slowest = max(slowest, time.monotonic() - began)
        yield iterations, round(slowest, 3), model


def errors(model: ALSModel, ratings: DataFrame) -> tuple[float | None, float | None]:
    """RMSE and MAE, by Spark; None of no predictions, or where one is not a number."""
    error = fn.col("value") - fn.col("prediction")
    sums = model.transform(ratings).agg(
        fn.count("*").alias("n"), fn.sum(error**2).alias("s"), fn.sum(fn.abs(error)).alias("a")
    )
    row = sums.collect()[0]
    if row["n"] == 0 or not np.isfinite(row["s"]):
        return None, None
    return float(np.sqrt(row["s"] / row["n"])), float(row["a"] / row["n"])


def _dense(factors: DataFrame, count: int, rank: int) -> NDArray[np.float32]:
    """Factors by number; whom training did not have has zeros."""
    table = factors.toArrow()
    dense = np.zeros((count, rank), dtype=np.float32)
    rows = table["features"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    dense[table["id"].to_numpy()] = rows.reshape(-1, rank)
    return dense
