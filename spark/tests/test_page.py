"""The page in a real browser, watching a job that is being learnt; and a rating from there into the job's model."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from broker import free_ports
from process import APP, PATIENCE, started
from small import MOVIELENS, moments, state

from factorscope_spark import lines
from factorscope_spark.sample import ITEMS


def needed() -> None:
    """The page is built and driven by Node; where all is tested, it is there."""
    is_here = shutil.which("node") is not None and (APP / "node_modules").exists()
    if not is_here and "PAGE_IS_HERE" not in os.environ:
        pytest.skip("the page was not tried: that needs Node, and `npm ci` first")


def node(*words: str, **environment: str) -> str:
    """What a command in the app's folder prints; it has to succeed."""
    done = subprocess.run(
        words,
        check=False,
        cwd=APP,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The app's own server, watching a job."""
    (port,) = free_ports(1)
    command = ["node", "src/serve/start.mjs", "--no-build", "--port", str(port)]
    folders = ["--watch", str(folder / "run"), "--inbox", str(folder / "inbox")]
    process = subprocess.Popen([*command, *folders], cwd=APP, stdout=subprocess.DEVNULL)
    try:
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def browser() -> str:
    """The page is built; gives the path of the browser that tries it."""
    needed()
    node("npx", "vite", "build")
    found = node("node", "-e", "import('./.ci/browser.mjs').then((m) => console.log(m.findOrInstallBrowser()))")
    return found.split("\n")[-2]


def ratings_and_titles(of: str, folder: Path) -> tuple[str, str]:
    """The made-up sample, whose films are named after their numbers; or MovieLens's ratings and films."""
    if of == "movielens":
        return str(MOVIELENS / "ratings.csv"), str(MOVIELENS / "movies.csv")
    titles = "".join(f"{item},Film {item} ({1950 + item % 70})\n" for item in range(1, ITEMS + 1))
    (folder / "titles.csv").write_text(f"movieId,title\n{titles}")
    return "sample", str(folder / "titles.csv")


@pytest.mark.parametrize("of", ["sample", "movielens"] if MOVIELENS.exists() else ["sample"])
def test_a_rating_made_in_the_page_is_in_the_model_within_two_batches_and_the_page_says_so(
    tmp_path: Path, browser: str, of: str
) -> None:
    ratings, titles = ratings_and_titles(of, tmp_path)
    command = ["stream", ratings, "--run", str(tmp_path / "run"), "--inbox", str(tmp_path / "inbox")]
    settings = ["--titles", titles, "--every", "1 second", "--shards", "2"]
    with served(tmp_path) as url, started([*command, *settings]) as job:
        config = "e2e/live/playwright.config.ts"
        node("npx", "playwright", "test", "-c", config, LIVE_URL=url, CHROMIUM_PATH=browser)
        job.send_signal(signal.SIGTERM)
        _, words = job.communicate(timeout=PATIENCE)
        assert job.returncode == 0, words.decode()[-2000:]
    assert json.loads((tmp_path / "run/manifest.json").read_text())["state"] == "ended"
    told = moments(tmp_path / "run")
    assert [moment["step"] for moment in told] == list(range(1, state(tmp_path / "run").batches + 1))
    assert [len(moment["messages"]) for moment in told if "messages" in moment] == [1]
    assert state(tmp_path / "run").own == 1
    # The one who rated is somebody of the job now.
    users = [row["id"] for row in lines.read(tmp_path / "run/users.ndjson")]
    pairs = np.fromfile(tmp_path / "run/rated.bin", dtype="<u4").reshape(-1, 2)
    assert np.count_nonzero(pairs[:, 0] == users.index("Ada")) == 1
