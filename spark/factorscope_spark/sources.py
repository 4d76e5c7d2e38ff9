"""Where the ratings of a stream come from: a replayed file, a folder of files, Kafka; and the inbox beside any of them.

All of them give the columns user, item (text), value, and of what came through the inbox `own` and its `message`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as fn
from pyspark.sql import types as ty

from .npy import RunError, replace
from .ratings import Ratings

# A rating as JSON, in files and in Kafka's messages. An id may be a number: it is its text.
RATING = ty.StructType(
    [
        ty.StructField("user", ty.StringType()),
        ty.StructField("item", ty.StringType()),
        ty.StructField("value", ty.DoubleType()),
    ]
)
# A line of the inbox may also say of which message it is, so that whoever sent that hears which batch has learnt it.
OWN = ty.StructType([*RATING.fields, ty.StructField("message", ty.StringType())])
# Files of the inbox in a batch, at most; the others are in the next one.
MOST_MESSAGES = 1000


class Source(Protocol):
    """A stream of ratings."""

    def ratings(self, spark: SparkSession) -> DataFrame:
        """user, item and value as they come."""
        ...


@dataclass(frozen=True)
class Files:
    """A folder into which files of ratings are put, each whole and at once (written aside, then renamed)."""

    folder: Path
    # CSV has a header that names user, item and value; JSON has a rating in each line.
    format: str = "json"
    # Files in a batch, at most; None: all that there are.
    per_batch: int | None = 1
    columns: ty.StructType = RATING

    def ratings(self, spark: SparkSession) -> DataFrame:
        """The files, oldest first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        reader = spark.readStream.schema(self.columns).option("header", "true")
        if self.per_batch is not None:
            reader = reader.option("maxFilesPerTrigger", self.per_batch)
        return reader.format(self.format).load(str(self.folder.absolute()))


@dataclass(frozen=True)
class Kafka:
    """A topic of messages, each a rating as JSON."""

    servers: str
    topic: str
    per_batch: int = 1000

    def ratings(self, spark: SparkSession) -> DataFrame:
        """The topic from its beginning, so many ratings at a time."""
        messages = (
            spark.readStream.format("kafka")
            .option("kafka.bootstrap.servers", self.servers)
            .option("subscribe", self.topic)
            .option("startingOffsets", "earliest")
            .option("maxOffsetsPerTrigger", self.per_batch)
            .option("failOnDataLoss", "true")
            .load()
        )
        rating = fn.from_json(fn.col("value").cast("string"), RATING)
        return messages.select(rating.alias("rating")).select("rating.*")


def arriving(spark: SparkSession, source: Source, inbox: Path | None) -> DataFrame:
    """The ratings of a source, and whatever is dropped into the inbox: it is in the next batch, whole."""
    ratings = _columns(source.ratings(spark), fn.lit(False), fn.lit(None).cast("string"))
    if inbox is None:
        return ratings
    own = Files(inbox, per_batch=MOST_MESSAGES, columns=OWN).ratings(spark)
    return ratings.unionByName(_columns(own, fn.lit(True), fn.col("message")))


def _columns(ratings: DataFrame, own: Column, message: Column) -> DataFrame:
    return ratings.select("user", "item", "value", own.alias("own"), message.alias("message"))


def drop(inbox: Path, name: str, ratings: Sequence[tuple[str, str, float]]) -> None:
    """Puts ratings into an inbox, so that a job finds all or none of them; their message has the name of the file.

    Names that begin with a dot are not read.
    """
    if not name or name.startswith((".", "_")) or Path(name).name != name:
        raise RunError(f"{name} is not the name of a file")
    inbox.mkdir(parents=True, exist_ok=True)
    replace(inbox / f"{name}.json", "".join(as_line(one, message=name) for one in ratings).encode())


def as_line(rating: tuple[str, str, float], **more: str) -> str:
    """A rating as a line of JSON."""
    user, item, value = rating
    return f"{json.dumps({'user': user, 'item': item, 'value': value, **more}, allow_nan=False)}\n"


def cut(ratings: Ratings, places: NDArray[np.int64], batch: int, folder: Path) -> Files:
    """Cuts ratings into a file for each batch, in this order; what is there already is taken as it is."""
    if not folder.exists():
        aside = folder.with_name(f".{folder.name}")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for number, start in enumerate(range(0, len(places), batch)):
            path = aside / f"{number:07}.json"
            path.write_text("".join(as_line(one) for one in named(ratings, places[start : start + batch])))
            # Files are read in the order of their times.
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        aside.rename(folder)
    return Files(folder)


def named(ratings: Ratings, places: NDArray[np.int64]) -> list[tuple[str, str, float]]:
    """Ratings at these places, with the ids that their source has."""
    rows = zip(ratings.users[places], ratings.items[places], ratings.values[places], strict=True)
    return [(ratings.user_ids[x], ratings.item_ids[y], float(value)) for x, y, value in rows]
