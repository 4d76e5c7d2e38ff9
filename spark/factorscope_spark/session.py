"""A Spark session as the jobs need it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

# Spark's own source for Kafka, of the version of Spark that is pinned.
KAFKA_SOURCE = f"org.apache.spark:spark-sql-kafka-0-10_2.13:{pyspark.__version__}"


def session(master: str = "local[2]", settings: Mapping[str, str] | None = None) -> SparkSession:
    """Starts Spark, without its own page, reachable from this machine only unless the master is elsewhere."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        # Executors of local-cluster are processes of their own, that look for Spark here.
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("factorscope")
    defaults = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # Every step names its partitions: one of a shard each.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.streaming.metricsEnabled": "false",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    for key, value in {**defaults, **(settings or {})}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def shuffled_bytes(spark: SparkSession) -> int:
    """Bytes that went through shuffles since the session began, over all executors."""
    store = spark.sparkContext._jsc.sc().statusStore()
    executors = store.executorList(False)
    return sum(int(executors.apply(i).totalShuffleWrite()) for i in range(executors.size()))
