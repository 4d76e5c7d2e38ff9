"""One Spark for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from process import APP
from pyspark.sql import SparkSession
from small import MOVIELENS

from factorscope_spark.session import session

# Short jobs: a JVM that compiles but lightly is done before one that compiles well has begun. For all that are started.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was not tried, where real ratings are wanted and are not at hand."""
    if not MOVIELENS.exists():
        terminalreporter.write_line(f"MovieLens is absent: ../{MOVIELENS.relative_to(APP.parent)}")


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Spark in this process, on two threads; its workers find what is beside the tests."""
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    started = session("local[2]")
    yield started
    started.stop()
