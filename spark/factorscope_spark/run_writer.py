"""Writes a run folder: what a program learns, while it learns, for Factorscope to watch. Needs numpy only.

The format is described in src/files/README.md: it is the run file, unzipped and append-only.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import lines, npy
from .npy import RunError
from .run_file import ARRAYS, COLUMNS, write_run_file

Setting = str | float | bool | Sequence[str]

FORMAT = "factorscope-run-folder"
VERSION = 1
MANIFEST = "manifest.json"
SIDES = ("user", "item")
RATED = "rated.bin"
# User and item of a rating, 32 bits each.
BYTES_OF_PAIR = 8
MOST_ROWS = 8_000_000
MOST_RANK = 256
MOST_RUNS = 64
# Messages that a moment names, and the letters of one.
MOST_MESSAGES = 1000
LONGEST_MESSAGE = 100
# So many frames are kept as they come; then every second, and so on: a run without end stays readable.
FRAMES_PER_PACE = 500
BYTES_PER_PACE = 128 << 20


class RunWriter:
    """A run folder that is being written. One that is there already goes on, if it is of the same data.

    Nothing that was written is changed; only the manifest is replaced, at once and whole.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        name: str,
        scale: tuple[float, float] | tuple[float, float, float],
        software: str = "factorscope-spark",
        **counts: int | str | None,
    ) -> None:
        """Begins, or goes on with, a run folder.

        :param scale: least and greatest rating, and their spacing where there is a grid
        :param counts: `rating_count`, `training_count`, `validation_count`, and `hold_out` in words
        """
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        least, most, *step = (float(value) for value in scale)
        if not (math.isfinite(least) and math.isfinite(most) and least <= most):
            raise RunError(f"a scale from {least} to {most}")
        about = {"name": name, "scale": {"min": least, "max": most, "step": step[0] if step else 0}}
        known = {_camel(key): value for key, value in counts.items() if value is not None}
        self._manifest = _begun(self.folder)
        self._manifest["software"] = software
        self._manifest["data"] = {**self._manifest["data"], **about, **known}
        self._manifest["state"] = "running"
        for side in SIDES:
            lines.mend(self._names(side))
        _cut_half_a_pair(self.folder / RATED)
        self._counts = {side: sum(1 for _ in lines.read(self._names(side))) for side in SIDES}
        self._runs: dict[str, Run] = {}
        self._save()

    def name_rows(self, side: str, ids: Sequence[str], titles: Sequence[str | None] | None = None) -> None:
        """Names the next users or items (`side`: "user", "item"): the n-th has row n of a frame."""
        rows = [{"id": str(one)} for one in ids]
        for row, title in zip(rows, titles or (), strict=False):
            if title is not None:
                row["title"] = title
        lines.append(self._names(side), rows)
        self._counts[side] += len(rows)
        self._grow(side, self._counts[side])

    def named(self, side: str) -> int:
        """How many were named so far."""
        return self._counts[side]

    def rated(self, users: ArrayLike, items: ArrayLike) -> None:
        """Notes which ratings were learnt, by their rows; one that is noted twice is one. For top-N without them."""
        pairs = np.stack([np.asarray(rows, dtype="<u4") for rows in (users, items)], axis=1)
        with (self.folder / RATED).open("ab") as file:
            file.write(pairs.tobytes())

    def run(self, name: str, *, method: str, rank: int, **config: Setting) -> Run:
        """A run of the folder, which goes on where one of this name is there.

        :param method: "als", "sgd" or "mini-batch", of which a step is an iteration, an epoch, a batch
        :param config: further settings by their names in the run file: `lambda_`, `learningRate`, `seed`, …
        """
        if not 1 <= rank <= MOST_RANK:
            raise RunError(f"rank {rank} is not 1 to {MOST_RANK}")
        settings = {"method": method, "rank": rank, **{k.rstrip("_"): v for k, v in config.items()}}
        listed = self._manifest["runs"]
        entry = next((one for one in listed if one["name"] == name), None)
        if entry is None:
            if len(listed) == MOST_RUNS:
                raise RunError(f"more than {MOST_RUNS} runs")
            entry = {"name": name, "folder": f"run{len(listed) + 1}", "config": settings}
            listed.append(entry)
            self._save()
        elif entry["config"] != settings:
            raise RunError(f"{name} is there already, with other settings: {entry['config']}")
        self._runs[name] = Run(self, entry)
        return self._runs[name]

    def reference(self, name: str, part: str, metric: str, value: float) -> None:
        """Notes what the runs are to be compared with, such as the batch value: a dashed line."""
        given = {"name": name, "part": part, "metric": metric, "value": _finite(name, value)}
        others = [one for one in self._manifest["references"] if one["name"] != name]
        self._manifest["references"] = [*others, given]
        self._save()

    def has_reference(self) -> bool:
        """Whether there is something to compare with yet."""
        return len(self._manifest["references"]) > 0

    def counted(self, **counts: int) -> None:
        """Replaces counts of the data: `rating_count`, `training_count`, `validation_count`."""
        self._manifest["data"].update({_camel(key): value for key, value in counts.items()})
        self._save()

    def close(self, state: str = "ended", why: str | None = None) -> None:
        """Says that nothing more will come: "ended", or "failed" and why."""
        self._manifest["state"] = state
        if why is not None:
            self._manifest["why"] = why[:500]
        self._save()

    def zip(self, path: str | Path) -> None:
        """Writes the run file of what is there now, to be opened, sent or kept."""
        write_run_file(self.folder, Path(path))

    def __enter__(self) -> RunWriter:
        """The writer itself; leaving says that the run ended, or failed and why."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the folder."""
        if error is None:
            self.close()
        else:
            self.close("failed", f"{type(error).__name__}: {error}")

    def _names(self, side: str) -> Path:
        if side not in SIDES:
            raise RunError(f"{side} is neither user nor item")
        return self.folder / f"{side}s.ndjson"

    def _grow(self, side: str, count: int) -> None:
        """Makes sure that the manifest knows of so many before a frame has them."""
        if count > MOST_ROWS:
            raise RunError(f"more than {MOST_ROWS} {side}s")
        if count > self._manifest["data"][f"{side}Count"]:
            self._manifest["data"][f"{side}Count"] = count
            self._save()

    def _save(self) -> None:
        text = json.dumps(self._manifest, ensure_ascii=False, allow_nan=False, indent=1)
        npy.replace(self.folder / MANIFEST, f"{text}\n".encode())


@dataclass(frozen=True)
class Frame:
    """A model: r̂ = mean + user_bias[x] + item_bias[y] + user_factors[x] · item_factors[y], rating units.

    Factors are users × rank and items × rank; a bias that is not given is 0.
    """

    user_factors: ArrayLike
    item_factors: ArrayLike
    user_bias: ArrayLike | None = None
    item_bias: ArrayLike | None = None
    mean: float = 0.0

    def arrays(self) -> dict[str, npy.Values]:
        """The arrays that there are, by their names in files."""
        listed = zip(ARRAYS, (self.user_factors, self.item_factors, self.user_bias, self.item_bias), strict=True)
        return {name: np.asarray(values) for name, values in listed if values is not None}

    def is_finite(self) -> bool:
        """Whether it can be written."""
        return all(bool(np.isfinite(values).all()) for values in self.arrays().values()) and math.isfinite(self.mean)


class Run:
    """A run that is being written: moments, and frames of some of them."""

    def __init__(self, writer: RunWriter, entry: dict[str, Any]) -> None:
        self._writer = writer
        self._entry = entry
        self._rank = int(entry["config"]["rank"])
        self.folder = writer.folder / str(entry["folder"])
        self.folder.mkdir(exist_ok=True)
        self._columns = self.folder / "columns.ndjson"
        lines.mend(self._columns)
        # Where the run is: its last step, and the seconds that its last moment told.
        self.step = -1.0
        self.seconds = 0.0
        self._moments = self._frames = self._bytes = 0
        for moment in lines.read(self._columns):
            self.step = float(moment["step"])
            self.seconds = float(moment.get("seconds") or self.seconds)
            self._moments += 1
            if "frame" in moment:
                self._frames = int(moment["frame"]) + 1
                self._bytes += self._size(self._frames - 1)

    def wants_frame(self) -> bool:
        """Whether the next moment should come with its factors: as a run goes on, ever fewer do."""
        pace = max(self._frames // FRAMES_PER_PACE, self._bytes // BYTES_PER_PACE)
        return self._moments % (1 << pace) == 0

    def add(
        self, step: float, frame: Frame | None = None, messages: Sequence[str] = (), **columns: float | None
    ) -> None:
        """Adds a moment, with a frame where there is one.

        :param step: one that is there already was written before a restart: nothing is done
        :param messages: from the inbox, whose ratings were learnt since the moment before; the first thousand are told
        :param columns: `trainRmse`, `validationRmse`, `trainMae`, `validationMae`, `observations`
            (ratings learnt), `seconds` (of learning), `flops`; errors in rating units
        """
        if _finite("step", step) <= self.step:
            return
        moment: dict[str, Any] = {"step": step}
        for name, value in columns.items():
            if name not in COLUMNS:
                raise RunError(f"{name} is no column: there are {', '.join(COLUMNS)}")
            moment[name] = None if value is None else _finite(name, value)
        told = [message for message in messages if len(message) <= LONGEST_MESSAGE][:MOST_MESSAGES]
        if told:
            moment["messages"] = told
        if frame is not None:
            moment |= {"mean": _finite("mean", frame.mean), "frame": self._frames}
            self._write_frame(frame)
            self._frames += 1
        lines.append(self._columns, [moment])
        self.step = step
        self.seconds = float(moment.get("seconds") or self.seconds)
        self._moments += 1

    def end(self, why: str) -> None:
        """Says that this run stops before the others, and why."""
        self._entry["ended"] = why[:500]
        self._writer.counted()

    def _write_frame(self, frame: Frame) -> None:
        """Writes arrays of a frame, each whole; it is there once its moment is."""
        arrays = frame.arrays()
        counts = {side: len(arrays[f"{side}Factors"]) for side in SIDES}
        for name, values in arrays.items():
            rows = counts[name[:4]]
            shape = (rows,) if name.endswith("Bias") else (rows, self._rank)
            npy.save(self._path(self._frames, name), npy.floats(name, values, shape))
        for side, count in counts.items():
            self._writer._grow(side, count)
        self._bytes += self._size(self._frames)

    def _path(self, frame: int, name: str) -> Path:
        return self.folder / f"{frame:06}.{name}.npy"

    def _size(self, frame: int) -> int:
        paths = (self._path(frame, name) for name in ARRAYS)
        return sum(path.stat().st_size for path in paths if path.exists())


def _cut_half_a_pair(path: Path) -> None:
    """Takes away what a writer left who was killed while writing."""
    if path.exists():
        os.truncate(path, path.stat().st_size // BYTES_OF_PAIR * BYTES_OF_PAIR)


def _begun(folder: Path) -> dict[str, Any]:
    """The manifest that is there, or a new one; a RunError where the folder has other things in it."""
    path = folder / MANIFEST
    if not path.exists():
        if any(not one.name.startswith(".") for one in folder.iterdir()):
            raise RunError(f"{folder} is not empty, and not a run folder")
        data = {"userCount": 0, "itemCount": 0}
        return {"format": FORMAT, "version": VERSION, "data": data, "runs": [], "references": []}
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"{path} is not JSON") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or manifest.get("version") != VERSION:
        raise RunError(f"{path} is not of a run folder of version {VERSION}")
    manifest.pop("why", None)
    return manifest


def _finite(name: str, value: float) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise RunError(f"{name} is {value}")
    return number


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(one.capitalize() for one in others)
