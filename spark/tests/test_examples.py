"""The example of another library that is watched."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
from small import last_frame, moments

EXAMPLE = Path(__file__).parents[1] / "examples/watch_implicit.py"


def test_implicit_is_watched_while_it_learns(tmp_path: Path) -> None:
    runpy.run_path(str(EXAMPLE))["watch"](tmp_path, iterations=3)
    told = moments(tmp_path)
    assert [moment["step"] for moment in told] == [1, 2, 3]
    assert [moment["frame"] for moment in told] == [0, 1, 2]
    assert told[-1]["trainRmse"] < told[0]["trainRmse"] < 1
    assert told[-1]["seconds"] >= told[0]["seconds"] > 0
    arrays = last_frame(tmp_path)
    assert arrays["userFactors"].shape == (600, 16)
    assert np.isfinite(arrays["itemFactors"]).all()
