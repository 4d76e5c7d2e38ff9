"""The streaming job: what it learns, measures and writes; the inbox; restarts; pruning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyspark.sql import SparkSession
from small import BATCH, last_frame, moments, state, write_small

from factorscope_spark import RunError, RunWriter, lines
from factorscope_spark.hold_out import held_out
from factorscope_spark.learner import Learner
from factorscope_spark.ratings import read_ratings
from factorscope_spark.sources import Files, cut, drop
from factorscope_spark.stream import Job, Pruning, Setup

RATE = Learner(rank=3, learning_rate=0.05, factor_rate=0.1)


def predicted_error(folder: Path, ratings: list[tuple[int, int, float]], run: str = "run1") -> float:
    """RMSE of the newest frame, from what is in the folder only."""
    moment = [one for one in moments(folder, run) if "frame" in one][-1]
    arrays = {}
    for name in ("userFactors", "itemFactors", "userBias", "itemBias"):
        arrays[name] = np.load(folder / run / f"{int(moment['frame']):06}.{name}.npy").astype(float)
    errors = []
    for x, y, value in ratings:
        bias = moment["mean"] + arrays["userBias"][x] + arrays["itemBias"][y]
        errors.append(value - bias - arrays["userFactors"][x] @ arrays["itemFactors"][y])
    return float(np.sqrt(np.mean(np.square(errors))))


def replayed(spark: SparkSession, folder: Path, small: Path, learners: list[Learner], pruning: Pruning | None) -> Job:
    """A file learnt to its end by some learners."""
    ratings = read_ratings(small)
    held = held_out(ratings.users, ratings.items, 0.2, 1)
    training = np.flatnonzero(~held)
    writer = RunWriter(folder, name="small", scale=ratings.scale)
    writer.name_rows("user", ratings.user_ids)
    writer.name_rows("item", ratings.item_ids)
    job = Job(spark, writer, Setup(learners, ratings.scale, shards=2, pruning=pruning, expected=len(training)))
    job.hold_out(np.stack([ratings.users[held], ratings.items[held], ratings.values[held]], axis=1))
    source = cut(ratings, training, BATCH, job.folder / "replay")
    job.start(source, inbox=None, every=None).awaitTermination()
    return job


def test_a_replayed_file_is_learnt_measured_and_written(spark: SparkSession, tmp_path: Path) -> None:
    small = write_small(tmp_path / "small.csv")
    ratings = read_ratings(small)
    held = held_out(ratings.users, ratings.items, 0.2, 1)
    training = np.flatnonzero(~held)
    job = replayed(spark, tmp_path / "run", small, [RATE], None)
    assert job.state.learnt == len(training) == 400
    written = moments(tmp_path / "run")
    assert [moment["step"] for moment in written] == [1, 2, 3, 4, 5]
    assert [moment["observations"] for moment in written] == [80, 160, 240, 320, 400]
    assert "frame" in written[-1]
    assert np.isclose(job.state.mean, ratings.values[training].mean())
    # The errors that were written are those of the frame that was written.
    last = training[-BATCH:]
    for part, places in (("train", last), ("validation", np.flatnonzero(held))):
        triples = list(zip(ratings.users[places], ratings.items[places], ratings.values[places], strict=True))
        assert abs(predicted_error(tmp_path / "run", triples) - written[-1][f"{part}Rmse"]) < 1e-5
    assert written[-1]["validationRmse"] < written[0]["validationRmse"]


def test_the_inbox_is_in_the_next_batch_and_lines_that_are_no_ratings_are_counted(
    spark: SparkSession, tmp_path: Path
) -> None:
    def job() -> Job:
        writer = RunWriter(tmp_path / "run", name="folder", scale=(0.5, 5))
        return Job(spark, writer, Setup([RATE], (0.5, 5), shards=2, hold_out_share=0.5))

    def listen(listening: Job) -> None:
        source = Files(tmp_path / "files")
        listening.start(source, inbox=tmp_path / "inbox", every=None).awaitTermination()

    many = [(f"u{n % 9}", f"i{n % 11}", 0.5 + n % 5) for n in range(60)]
    drop(tmp_path / "files", "first", many)
    drop(tmp_path / "inbox", "mine", [("me", "i1", 5.0), ("me", "nobody has", 1.0)])
    (tmp_path / "inbox/bad.json").write_text('{"user": "me", "item": "i2", "value": 99}\nnot json\n{"user": 1}\n')
    (tmp_path / "inbox/.half").write_text('{"user": "me", "item": "i3", "value": 3}\n')
    first = job()
    listen(first)
    told = state(tmp_path / "run")
    assert (told.refused, told.learnt + told.held, told.batches) == (3, 62, 1)
    assert 10 < told.held < 50
    users = [row["id"] for row in lines.read(tmp_path / "run/users.ndjson")]
    # Ratings of one's own are never held out: both are learnt.
    assert np.any(np.load(tmp_path / "run/run1/000000.userFactors.npy")[users.index("me")])
    drop(tmp_path / "inbox", "more", [("me", "i2", 4.5), ("you", "i1", 2)])
    listen(job())
    again = state(tmp_path / "run")
    assert (again.learnt - told.learnt, again.batches, again.own) == (2, 2, 4)
    # Each message is told by the batch that has learnt it, with a frame; and so is what everybody has rated.
    assert [moment.get("messages") for moment in moments(tmp_path / "run")] == [["mine"], ["more"]]
    assert all("frame" in moment for moment in moments(tmp_path / "run"))
    pairs = np.fromfile(tmp_path / "run/rated.bin", dtype="<u4").reshape(-1, 2)
    items = [row["id"] for row in lines.read(tmp_path / "run/items.ndjson")]
    assert len(pairs) == again.learnt
    assert [items[y] for x, y in pairs if x == users.index("me")] == ["i1", "nobody has", "i2"]
    with pytest.raises(RunError):
        drop(tmp_path / "inbox", "../elsewhere", [])


def test_a_batch_that_is_handed_over_again_is_passed_by(spark: SparkSession, tmp_path: Path) -> None:
    job = Job(spark, RunWriter(tmp_path / "run", name="again", scale=(1, 5)), Setup([RATE], (1, 5), shards=2))
    batch = spark.createDataFrame(
        [("a", "x", 4.0, False, None), ("b", "x", 2.0, True, "mine")],
        "user string, item string, value double, own boolean, message string",
    )
    job.take(batch, 0)
    before = last_frame(tmp_path / "run")
    job.take(batch, 0)
    assert job.state.learnt == 2
    again = Job(spark, RunWriter(tmp_path / "run", name="again", scale=(1, 5)), Setup([RATE], (1, 5), shards=2))
    again.take(batch, 0)
    assert again.state == job.state
    assert job.state.own == 1
    assert [moment["messages"] for moment in moments(tmp_path / "run")] == [["mine"]]
    for name, array in last_frame(tmp_path / "run").items():
        assert (array == before[name]).all()


def test_the_least_performant_are_pruned_and_who_diverges_stops(spark: SparkSession, tmp_path: Path) -> None:
    small = write_small(tmp_path / "small.csv")
    learners = [
        Learner("wild", rank=2, learning_rate=30.0, factor_rate=30.0, step="summed"),
        Learner("quick", rank=2, learning_rate=0.05),
        Learner("slow", rank=4, learning_rate=0.001, factor_rate=0.001),
        Learner("hasty", rank=1, learning_rate=0.5, factor_rate=0.9),
    ]
    job = replayed(spark, tmp_path / "run", small, learners, Pruning(2, 0.5))
    runs = {one.name: moments(tmp_path / "run", f"run{n}") for n, one in enumerate(learners, start=1)}
    assert job.state.ended["wild"].startswith("diverged in batch")
    # Of three that are left after two batches two go on, and of those one.
    assert sorted(len(runs[name]) for name in ("quick", "slow", "hasty")) == [2, 4, 5]
    (best,) = job.state.alive
    for name, why in job.state.ended.items():
        if why.startswith("pruned"):
            assert why == f"pruned after batch {len(runs[name])}"
            at = len(runs[name]) - 1
            assert runs[name][at]["validationRmse"] >= runs[best][at]["validationRmse"]
    # Alone it comes to the same: its numbers were never mixed up with those of the others.
    replayed(spark, tmp_path / "alone", small, [one for one in learners if one.name == best], None)
    among = f"run{[one.name for one in learners].index(best) + 1}"
    for name, array in last_frame(tmp_path / "alone").items():
        assert np.abs(array - last_frame(tmp_path / "run", among)[name]).max() < 1e-6
