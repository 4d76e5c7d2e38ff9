"""Append-only NDJSON: a line that does not end in a line feed was never written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .npy import RunError


def read(path: Path) -> Iterator[dict[str, Any]]:
    """All whole lines of a file; none where there is no file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith("\n"):
                return
            try:
                value = json.loads(line)
            except ValueError as error:
                raise RunError(f"{path.name}, line {number}: not JSON") from error
            if not isinstance(value, dict):
                raise RunError(f"{path.name}, line {number}: not an object")
            yield value


def append(path: Path, values: Iterable[dict[str, Any]]) -> None:
    """Adds lines, in one write as far as the system allows."""
    text = "".join(
        f"{json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))}\n" for value in values
    )
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def mend(path: Path) -> None:
    """Takes away the half line that a writer left who was killed while writing."""
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as file:
            file.truncate(whole)
