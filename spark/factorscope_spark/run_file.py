"""The run file of a run folder: the same, zipped, with the frames of a run in one array each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from . import lines, npy

Moments = Sequence[Mapping[str, Any]]
ARRAYS = ("userFactors", "itemFactors", "userBias", "itemBias")
# Settings that a run file knows; the others stay in the folder.
SETTINGS = (
    *("method", "rank", "lambda", "regularisation", "baseline", "learningRate"),
    *("initial", "initialNoise", "seed", "holdOutShare"),
)
# What a moment may tell beside its step, mean and frame.
COLUMNS = (
    *("observations", "flops", "seconds"),
    *("trainRmse", "validationRmse", "trainMae", "validationMae"),
)
# Less than the 1 GB and the 10,000 snapshots that are opened.
MOST_BYTES = 1 << 29
MOST_FRAMES = 5_000


def write_run_file(folder: Path, path: Path) -> None:
    """Zips a run folder: its moments, and as many of its frames as a run file holds, evenly thinned.

    A run file has no batches: a step of mini-batch B-SGD becomes the share of an epoch that was seen by then.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    data = manifest["data"]
    listed = manifest["runs"]
    moments = [list(lines.read(folder / run["folder"] / "columns.ndjson")) for run in listed]
    room = MOST_BYTES // max(1, len(listed))
    runs = [_run(run, told, data, room) for run, told in zip(listed, moments, strict=True)]
    about = {"format": "factorscope-run", "version": 1, "software": manifest["software"], "data": data}
    with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_STORED) as archive:
        archive.writestr("manifest.json", json.dumps({**about, "runs": [run for run, _ in runs]}, indent=1))
        for run, frames in runs:
            for name in ARRAYS:
                rows = int(data[f"{name[:4]}Count"])
                shape = (rows,) if name.endswith("Bias") else (rows, int(run["config"]["rank"]))
                _stack(archive, folder / run["folder"], name, frames, shape)
        for side in ("users", "items"):
            if (folder / f"{side}.ndjson").exists():
                archive.write(folder / f"{side}.ndjson", f"{side}.ndjson")


def _run(run: Mapping[str, Any], told: Moments, data: Mapping[str, Any], room: int) -> tuple[dict[str, Any], list[int]]:
    """A run as the run file's manifest has it, and the frames that go with it."""
    config = {key: value for key, value in run["config"].items() if key in SETTINGS}
    if config["method"] == "mini-batch":
        config["method"] = "sgd"
        seen = max((moment["observations"] for moment in told), default=0)
        told = [{**moment, "step": moment["observations"] / max(1, seen)} for moment in told]
        told = [one for i, one in enumerate(told) if i == 0 or one["step"] > told[i - 1]["step"]]
    size = 4 * (data["userCount"] + data["itemCount"]) * (config["rank"] + 1)
    kept = _thinned([moment for moment in told if "frame" in moment], min(MOST_FRAMES, room // max(1, size)))
    columns = {"step": [moment["step"] for moment in kept], **_columns(kept)}
    snapshots = {**columns, "mean": [moment["mean"] for moment in kept]}
    metrics = {"step": [moment["step"] for moment in told], **_columns(told)}
    about = {"name": run["name"], "folder": run["folder"], "config": config, "arrays": list(ARRAYS)}
    return {**about, "snapshots": snapshots, "metrics": metrics}, [moment["frame"] for moment in kept]


def _columns(moments: Moments) -> dict[str, list[float | None]]:
    """The columns of a run file: places that every moment has, errors that one has, and the first always."""
    columns: dict[str, list[float | None]] = {}
    for name in COLUMNS:
        values = [moment.get(name) for moment in moments]
        is_error = name.endswith(("Rmse", "Mae"))
        if name == "trainRmse" or (any if is_error else all)(value is not None for value in values):
            columns[name] = values
    return columns


def _thinned(moments: Moments, most: int) -> Moments:
    """Every so many of them, so that they are no more than can be; the newest always."""
    every = -(-len(moments) // max(1, most))
    return [one for i, one in enumerate(reversed(moments)) if i % max(1, every) == 0][::-1]


def _stack(archive: zipfile.ZipFile, source: Path, name: str, frames: Sequence[int], shape: tuple[int, ...]) -> None:
    """Writes an array of all frames, one after the other; who had no row yet has zeros."""
    with archive.open(f"{source.name}/{name}.npy", "w", force_zip64=True) as file:
        npy.header(cast("BinaryIO", file), (len(frames), *shape))
        for frame in frames:
            whole = np.zeros(shape, dtype="<f4")
            path = source / f"{frame:06}.{name}.npy"
            if path.exists():
                array = npy.load(path)
                whole[: len(array)] = array
            file.write(whole.tobytes())
