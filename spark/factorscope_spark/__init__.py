"""Factorscope's experiment on Apache Spark, and `RunWriter`, with which any program can be watched."""

from .npy import RunError
from .run_writer import Run, RunWriter

__all__ = ["Run", "RunError", "RunWriter"]
