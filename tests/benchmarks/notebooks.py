"""How long each notebook takes from top to bottom, against a notebook that only imports kpikit, in one run.

    python tests/benchmarks/notebooks.py [NAME ...]

Wanted: each under 15 s, kernel and all. Exits 1 where one is not.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from time import perf_counter

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
MOST = 15.0


def seconds(notebook: nbformat.NotebookNode, folder: Path) -> float:
    began = perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute()
    return perf_counter() - began


def main() -> int:
    wanted = sys.argv[1:]
    paths = sorted([*ROOT.glob("lessons/*/[0-9]*.ipynb"), *ROOT.glob("exercises/*/*/*.ipynb")])
    paths = [p for p in paths if not wanted or any(w in str(p.relative_to(ROOT)) for w in wanted)]
    found = {}
    with tempfile.TemporaryDirectory() as home:
        bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import kpikit")])
        seconds(bare, Path(home))  # the first kernel of a machine starts slowest
        least = seconds(bare, Path(home))
        for path in paths:
            folder = Path(home) / str(path.relative_to(ROOT)).replace("/", "-")
            shutil.copytree(path.parent, folder, ignore=shutil.ignore_patterns("answers.yaml", ".answers", ".ipynb_*"))
            found[path.relative_to(ROOT).as_posix()] = seconds(nbformat.read(path, as_version=4), folder)
    for name, took in sorted(found.items(), key=lambda pair: -pair[1]):
        print(
            f"{took:>6.1f} s  {took / least:>5.1f} times an empty one  {name}{'' if took < MOST else '  <- over 15 s'}"
        )
    slowest = max(found.values(), default=0)
    print(
        f"{len(found)} notebooks, {sum(found.values()):.0f} s in all; the slowest {slowest:.1f} s; an empty one {least:.1f} s"
    )
    return int(slowest >= MOST)


if __name__ == "__main__":
    sys.exit(main())
