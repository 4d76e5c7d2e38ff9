"""Factorscope's experiment on Apache Spark, and `RunWriter`, with which any program can be watched."""

from .npy import RunError
from .run_writer import Frame, Run, RunWriter

__all__ = ["Frame", "Run", "RunError", "RunWriter"]
