"""Real processes, really killed; and masters of every kind: the same factors, and every rating learnt exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from process import PATIENCE, run_to_the_end, started
from pyspark.sql import SparkSession
from small import BATCH, last_frame, moments, state, write_small

from factorscope_spark.cli import main
from factorscope_spark.sources import drop

BATCHES = 5
MESSAGES = ["one", "other"]
# Where in a batch it is killed: ten times in all, in a seeded order.
STAGES = ("offsets", "items", "users", "moment", "commit")


def command(ratings: Path, folder: Path, master: str) -> list[str]:
    settings = ["--rank", "3", "--learning-rate", "0.05", "--factor-rate", "0.1", "--shards", "2"]
    inbox = ["--inbox", str(ratings.parent / "inbox")]
    return ["stream", str(ratings), "--run", str(folder), "--batch", str(BATCH), "--master", master, *inbox, *settings]


@pytest.fixture(scope="module")
def ratings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file, and two messages in the inbox beside it."""
    folder = tmp_path_factory.mktemp("ratings")
    for message in MESSAGES:
        drop(folder / "inbox", message, [("me", "17", 4.5), ("u40", message, 1.0)])
    return write_small(folder / "small.csv")


@pytest.fixture(scope="module")
def undisturbed(spark: SparkSession, ratings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the job learns on local[2], in this process."""
    assert spark.sparkContext.master == "local[2]"
    folder = tmp_path_factory.mktemp("undisturbed")
    assert main(command(ratings, folder, "local[2]")) == 0
    return folder


def happened(folder: Path, stage: str) -> Callable[[], bool]:
    """Whether a process that starts now has come so far with the batch after the last one that was committed."""
    before = state(folder)
    job = folder / "job"
    began = time.time_ns()

    def is_new(pattern: str) -> bool:
        """Whether there is such a file, not left over from the process before."""
        return any(path.stat().st_mtime_ns > began for path in job.glob(pattern))

    def learnt(side: str) -> bool:
        return is_new(f"factors/{side}/*/*-{before.version + 1:012}.npy")

    stages: dict[str, Callable[[], bool]] = {
        "offsets": lambda: is_new("validation.bin") and (job / f"offsets/offsets/{before.spark_batch + 1}").exists(),
        "items": lambda: learnt("items"),
        "users": lambda: learnt("users"),
        "moment": lambda: learnt("users") and len(moments(folder)) > before.batches,
        "commit": lambda: state(folder).batches > before.batches,
    }
    return stages[stage]


def kill_when(process: subprocess.Popen[bytes], condition: Callable[[], bool], delay: float) -> None:
    """SIGKILL for the driver, its JVM and its workers alike, a moment after something happened."""
    deadline = time.monotonic() + PATIENCE
    while not seen(condition):
        assert process.poll() is None, process.communicate()[1].decode()[-2000:]
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.002)
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def seen(condition: Callable[[], bool]) -> bool:
    """A condition on files that may be gone between two looks."""
    try:
        return condition()
    except FileNotFoundError:
        return False


def same(one: Path, other: Path) -> bool:
    mine, theirs = last_frame(one), last_frame(other)
    return all(np.abs(mine[name] - theirs[name]).max() < 1e-6 for name in mine)


def seeded_stages() -> Iterator[tuple[str, float]]:
    rng = np.random.default_rng(16)
    for place in rng.permutation(2 * len(STAGES)):
        yield STAGES[place % len(STAGES)], float(rng.uniform(0, 0.05))


def test_killed_at_ten_moments_it_ends_with_the_same_factors(undisturbed: Path, ratings: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    for stage, delay in seeded_stages():
        so_far = happened(folder, stage)
        with started(command(ratings, folder, "local[1]")) as process:
            kill_when(process, so_far, delay)
    run_to_the_end(command(ratings, folder, "local[1]"))
    told, wanted = state(folder), state(undisturbed)
    assert (told.learnt, told.batches, told.held) == (wanted.learnt, BATCHES, wanted.held)
    assert np.isclose(told.total, wanted.total)
    told_of = [(moment["step"], moment.get("messages")) for moment in moments(folder)]
    # Both messages are in the first batch, and each is told once.
    assert told_of == [(step, MESSAGES if step == 1 else None) for step in range(1, BATCHES + 1)]
    assert told.own == wanted.own == 2 * len(MESSAGES)
    assert same(folder, undisturbed)


def test_executors_that_are_processes_of_their_own_learn_the_same(
    undisturbed: Path, ratings: Path, tmp_path: Path
) -> None:
    run_to_the_end(command(ratings, tmp_path / "run", "local-cluster[2,1,1024]"))
    assert same(tmp_path / "run", undisturbed)
    assert state(tmp_path / "run").learnt == state(undisturbed).learnt
