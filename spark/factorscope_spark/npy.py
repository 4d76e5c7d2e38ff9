"""NumPy files of a run: little-endian float32 in C order, written aside and renamed: no half is ever seen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]
Values = NDArray[Any]
# Not every version of numpy has types for it.
_format: Any = np.lib.format


class RunError(ValueError):
    """What was given cannot be written, or what is there cannot be read."""


def floats(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """Values as float32 of a shape; a RunError where they have another one, or are not finite in 32 bits."""
    with np.errstate(over="ignore"):
        array = np.ascontiguousarray(values, dtype="<f4")
    if array.shape != shape:
        raise RunError(f"{name} has shape {array.shape}, not {shape}")
    if not np.isfinite(array).all():
        raise RunError(f"{name} has numbers that are not finite")
    return array


def header(file: BinaryIO, shape: tuple[int, ...]) -> None:
    """Writes what stands before the numbers of an array of this shape."""
    about = {"descr": "<f4", "fortran_order": False, "shape": shape}
    _format.write_array_header_1_0(file, about)


def replace(path: Path, data: bytes) -> None:
    """Puts a file in its place at once and whole, over one that may be there."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(path)


def save(path: Path, array: Floats) -> None:
    """Writes an array aside, then renames it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        _format.write_array(file, array, version=(1, 0), allow_pickle=False)
    aside.replace(path)


def load(path: Path) -> Floats:
    """Reads an array back; a RunError where it is not one of ours."""
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise RunError(f"{path.name} cannot be read") from error
    if not isinstance(array, np.ndarray) or array.dtype != np.dtype("<f4"):
        raise RunError(f"{path.name} is not an array of little-endian float32")
    return array
