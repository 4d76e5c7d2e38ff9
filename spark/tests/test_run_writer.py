"""The run folder: append-only, resumed after a kill, refused where it is wrong; and its run file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import numpy as np
import pytest

from factorscope_spark import Frame, RunError, RunWriter, lines

FIXTURE = Path(__file__).parents[2] / "src/files/fixtures/run-writer.zip"
EXAMPLE = {"method": "mini-batch", "rank": 2, "lambda_": 0.05, "learningRate": 0.02, "batchSize": 4}


def write_example(folder: Path) -> RunWriter:
    """A run in which a user and an item come late."""
    writer = RunWriter(folder, name="example", scale=(0.5, 5, 0.5), training_count=7, validation_count=2)
    writer.name_rows("user", ["a", "7"])
    writer.name_rows("item", ["x", "y", "z"], ["Film X", None, "Filme „Z“"])
    run = writer.run("Example", **EXAMPLE)
    items = [[1, 2], [3, 4], [5, 6]]
    run.add(0, Frame([[0, 1], [2, 3]], items, mean=3.0), observations=0, seconds=0, trainRmse=None, validationRmse=1.5)
    run.add(1, observations=4, seconds=0.25, trainRmse=1.25, validationRmse=1.375)
    writer.name_rows("user", ["b"])
    later = Frame([[0, 1], [2, 3], [4, 5]], items, [0.5, -0.5, 0.25], [1, 2, 3], 3.5)
    run.add(2, later, observations=7, seconds=0.5, trainRmse=1, validationRmse=1.25)
    writer.reference("Batch ALS", "validation", "rmse", 1.125)
    return writer


def test_manifest_names_and_moments_are_as_the_format_says(tmp_path: Path) -> None:
    write_example(tmp_path).close()
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["data"] == {
        **{"name": "example", "scale": {"min": 0.5, "max": 5, "step": 0.5}},
        **{"userCount": 3, "itemCount": 3, "trainingCount": 7, "validationCount": 2},
    }
    assert manifest["state"] == "ended"
    assert [row["id"] for row in lines.read(tmp_path / "users.ndjson")] == ["a", "7", "b"]
    assert next(lines.read(tmp_path / "items.ndjson")) == {"id": "x", "title": "Film X"}
    moments = list(lines.read(tmp_path / "run1/columns.ndjson"))
    assert [moment.get("frame") for moment in moments] == [0, None, 1]
    assert np.load(tmp_path / "run1/000001.userFactors.npy").tolist() == [[0, 1], [2, 3], [4, 5]]


def test_what_was_rated_is_told_in_pairs_of_rows_and_half_a_pair_is_taken_away(tmp_path: Path) -> None:
    writer = write_example(tmp_path)
    writer.rated([0, 1], [2, 0])
    with (tmp_path / "rated.bin").open("ab") as file:
        file.write(b"half")
    write_example(tmp_path).rated([2], [1])
    assert np.fromfile(tmp_path / "rated.bin", dtype="<u4").tolist() == [0, 2, 1, 0, 2, 1]


def test_messages_are_told_with_their_moment_as_many_as_a_reader_takes(tmp_path: Path) -> None:
    run = write_example(tmp_path).run("Example", **EXAMPLE)
    run.add(3, messages=["page-1", "x" * 101, *(f"m{n}" for n in range(2000))])
    run.add(4)
    *_, told, last = lines.read(tmp_path / "run1/columns.ndjson")
    assert told["messages"][:2] == ["page-1", "m0"]
    assert len(told["messages"]) == 1000
    assert "messages" not in last


def test_the_run_file_is_the_one_that_the_app_is_tested_with(tmp_path: Path) -> None:
    writer = write_example(tmp_path / "run")
    writer.zip(tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as made, zipfile.ZipFile(FIXTURE) as kept:
        assert made.namelist() == kept.namelist()
        for name in made.namelist():
            assert made.read(name) == kept.read(name), name


def test_a_writer_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    write_example(tmp_path)
    columns = tmp_path / "run1/columns.ndjson"
    with columns.open("ab") as file:
        file.write(b'{"step":3,"obs')
    with (tmp_path / "users.ndjson").open("ab") as file:
        file.write(b'{"id":"half')
    whole = columns.read_bytes()[:-14]
    writer = RunWriter(tmp_path, name="example", scale=(0.5, 5, 0.5))
    assert writer.named("user") == 3
    run = writer.run("Example", **EXAMPLE)
    assert run.step == 2
    run.add(2, observations=7, trainRmse=9)
    assert columns.read_bytes() == whole
    run.add(3, Frame(np.ones((3, 2)), np.ones((3, 2))), observations=9)
    *_, last = lines.read(columns)
    assert (last["step"], last["frame"]) == (3, 2)


def test_killed_at_any_moment_a_writer_leaves_whole_frames_for_whole_lines(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys, numpy as np
        from factorscope_spark import Frame, RunWriter
        writer = RunWriter(sys.argv[1], name="killed", scale=(1, 5))
        run = writer.run("R", method="sgd", rank=8)
        print("ready", flush=True)
        step = run.step
        while True:
            step += 1
            run.add(step, Frame(np.full((300, 8), step), np.full((200, 8), step)))
            print(step, flush=True)
    """)
    rng = np.random.default_rng(16)
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(int(rng.integers(2, 20))):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    moments = list(lines.read(tmp_path / "run1/columns.ndjson"))
    assert [moment["step"] for moment in moments] == list(range(len(moments)))
    for moment in moments:
        for side, rows in (("user", 300), ("item", 200)):
            frame = np.load(tmp_path / f"run1/{moment['frame']:06}.{side}Factors.npy")
            assert frame.shape == (rows, 8)
            assert (frame == moment["step"]).all()


def test_frames_become_rarer_as_a_run_goes_on(tmp_path: Path) -> None:
    writer = RunWriter(tmp_path, name="long", scale=(1, 5))
    run = writer.run("R", method="sgd", rank=1)
    kept = 0
    for step in range(3000):
        frame = Frame([[step]], [[1]]) if run.wants_frame() else None
        kept += frame is not None
        run.add(step, frame)
    assert 500 < kept < 1500
    writer.zip(tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        (told,) = json.loads(archive.read("manifest.json"))["runs"]
    assert len(told["snapshots"]["step"]) == kept
    assert len(told["metrics"]["step"]) == 3000


@pytest.mark.parametrize(
    ("frame", "columns", "words"),
    [
        (Frame([[1, 2]], [[1]]), {}, "shape"),
        (Frame([[1]], [[np.nan]]), {}, "not finite"),
        (Frame([[1]], [[1e300]]), {}, "not finite"),
        (Frame([[1]], [[1]], [1, 2]), {}, "shape"),
        (Frame([[1]], [[1]], mean=float("inf")), {}, "mean is inf"),
        (None, {"trainRmse": float("nan")}, "trainRmse is nan"),
        (None, {"rmse": 1.0}, "no column"),
    ],
)
def test_what_is_not_right_is_refused_and_leaves_no_moment(
    tmp_path: Path, frame: Frame | None, columns: dict[str, float], words: str
) -> None:
    run = RunWriter(tmp_path, name="bad", scale=(1, 5)).run("R", method="als", rank=1)
    with pytest.raises(RunError, match=words):
        run.add(1, frame, **columns)
    assert list(lines.read(tmp_path / "run1/columns.ndjson")) == []


def test_other_folders_and_other_settings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(RunError, match="not empty"):
        RunWriter(tmp_path, name="other", scale=(1, 5))
    writer = RunWriter(tmp_path / "run", name="one", scale=(1, 5))
    writer.run("R", method="als", rank=3)
    with pytest.raises(RunError, match="other settings"):
        writer.run("R", method="als", rank=4)
    with pytest.raises(RunError, match="rank 0"):
        writer.run("S", method="als", rank=0)
    (tmp_path / "run/manifest.json").write_text('{"format": "another"}')
    with pytest.raises(RunError, match="not of a run folder"):
        RunWriter(tmp_path / "run", name="one", scale=(1, 5))


def test_a_failure_is_told(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), RunWriter(tmp_path, name="fails", scale=(1, 5)):
        _ = 1 / 0
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert (manifest["state"], manifest["why"]) == ("failed", "ZeroDivisionError: division by zero")
