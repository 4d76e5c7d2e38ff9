"""The command as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Where the app is, of which spark/ is a folder.
APP = Path(__file__).parents[2]

# Seconds that a job may take until the next thing happens, on a machine that has a lot else to do.
PATIENCE = 600


@contextmanager
def started(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """The command, with everything that it starts in a group of its own, of which nothing is left behind."""
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    for name in ("PYSPARK_GATEWAY_PORT", "PYSPARK_GATEWAY_SECRET", "SPARK_HOME"):
        environment.pop(name, None)
    process = subprocess.Popen(
        [sys.executable, "-m", "factorscope_spark", *arguments],
        start_new_session=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def run_to_the_end(arguments: list[str]) -> None:
    """Runs the command, which has to succeed."""
    with started(arguments) as process:
        _, words = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, words.decode()[-2000:]
