"""Small files of ratings, and what a job made of one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from process import APP

from factorscope_spark import lines
from factorscope_spark.sample import sample
from factorscope_spark.state import State

# Real ratings; not a part of the project, and not on every machine.
MOVIELENS = APP.parent / "shared/data/ml-latest-small"

RATINGS = 500
BATCH = 80


def write_small(path: Path) -> Path:
    """500 ratings of the sample, of some users each, in a seeded order."""
    rows = [row for row in sample() if row[0] % 40 == 0 and row[1] < 300]
    chosen = np.random.default_rng(16).permutation(len(rows))[:RATINGS]
    text = "".join(f"u{rows[i][0]},{rows[i][1]},{rows[i][2]},{n}\n" for n, i in enumerate(chosen))
    path.write_text(f"userId,movieId,rating,timestamp\n{text}")
    return path


def moments(folder: Path, run: str = "run1") -> list[dict[str, float]]:
    return list(lines.read(folder / run / "columns.ndjson"))


def state(folder: Path) -> State:
    return State.read(folder / "job")


def last_frame(folder: Path, run: str = "run1") -> dict[str, np.ndarray]:
    """The newest factors and biases, by the ids of who has them."""
    number = [moment["frame"] for moment in moments(folder, run) if "frame" in moment][-1]
    arrays = {}
    for side in ("user", "item"):
        names = [row["id"] for row in lines.read(folder / f"{side}s.ndjson")]
        order = np.argsort(names)
        for kind in ("Factors", "Bias"):
            path = folder / run / f"{number:06}.{side}{kind}.npy"
            if not path.exists():
                continue
            array = np.load(path)
            arrays[side + kind] = array[[place for place in order if place < len(array)]]
    return arrays
