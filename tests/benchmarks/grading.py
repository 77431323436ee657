"""Stock nbgrader with its kernel against `autograder grade`: the same hand-ins of ex01, whole commands, start-up included.

    python tests/benchmarks/grading.py              60 by stock (several minutes), 60 and 1,000 by ours
    python tests/benchmarks/grading.py --stock 5    fewer by stock: its time a hand-in without start-up, times 60

Prints what was measured, then two figures: the ratio at 60 (at least 40), and stock's time a hand-in over our
slope from 60 to 1,000 (at least 300). Exits 1 where either is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.course import Course, init
from autograder.demo.make import as_notebook, average, notebook, record, strong, weak, zipped
from autograder.release import release

SMALL, LARGE, AT = 60, 1000, "2027-01-12T09:30:00+07:00"
BIN = Path(sys.executable).parent
PLAIN = "c = get_config()\nc.CourseDirectory.root = {root!r}\n"


def answers(n: int) -> tuple[dict[str, object], str]:
    """The n-th learner's answers and language: strong, average, weak; every third in English; numbers of their own."""
    lang = "en" if n % 3 == 0 else "vi"
    own = [strong, average, lambda _: weak()][n % 5 % 3](lang)
    return own | {
        "ex01-q5": f"{60 + n % 30}{'.' if lang == 'en' else ','}{n % 10}",
        "ex01-q6": f"{own.get('ex01-q6', '')} ({n})",
    }, lang


def files(n: int, notebooks_only: bool) -> dict[str, bytes]:
    """A hand-in as learners give it: a notebook, answers, or both in a zip."""
    own, lang = answers(n)
    tree, yaml = as_notebook(notebook(own, lang, AT)), record(own, lang, f"l{n:04d}", AT).encode()
    if notebooks_only or n % 3 == 0:
        return {"ex01.ipynb": tree}
    return {"answers.yaml": yaml} if n % 3 == 1 else {"ex01.zip": zipped({"answers.yaml": yaml, "ex01.ipynb": tree})}


def laid(released: Path, folder: Path, count: int, *, notebooks_only: bool = False) -> Course:
    """A copy of the released class with hand-ins laid out, as nbgrader or `collect` does."""
    course = Course.at(shutil.copytree(released, folder))
    for n in range(count):
        own = course.submitted(f"l{n:04d}", "ex01")
        own.mkdir(parents=True)
        shutil.copyfile(course.pristine("ex01", "vi"), own / "ex01.ipynb")
        target = own if notebooks_only else own / "handed-in"
        target.mkdir(exist_ok=True)
        for name, data in files(n, notebooks_only).items():
            (target / name).write_bytes(data)
    return course


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes, start-up included."""
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def stock(released: Path, folder: Path, count: int) -> float:
    """Seconds for 60 by stock nbgrader; where fewer are run, start-up is measured apart and the rest scaled."""
    course = laid(released, folder, count, notebooks_only=True)
    (course.root / "nbgrader_config.py").write_text(PLAIN.format(root=str(course.root)))
    took = seconds([str(BIN / "nbgrader"), "autograde", "ex01"], course.root)
    graded = len(list((course.root / "autograded").glob("*/ex01/ex01.ipynb")))
    print(f"stock nbgrader autograde, {graded} hand-ins: {took:.1f} s")
    if count == SMALL:
        return took
    start = seconds([str(BIN / "nbgrader"), "autograde", "--version"], course.root)
    print(f"  its start-up: {start:.1f} s; {SMALL} hand-ins would take {start + (took - start) * SMALL / count:.1f} s")
    return start + (took - start) * SMALL / count


def ours(released: Path, folder: Path, count: int, *, notebooks_only: bool = False, runs: int = 2) -> float:
    """Seconds for `autograder grade`, the better of two runs, each on a fresh class."""
    best = float("inf")
    for run in range(runs):
        course = laid(released, folder / str(run), count, notebooks_only=notebooks_only)
        took = seconds([str(BIN / "autograder"), "grade", "ex01", "--format", "json"], course.root)
        print(f"autograder grade, {count} hand-ins: {took:.2f} s")
        best = min(best, took)
    return best


def main() -> int:
    """Measure and compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--stock", type=int, default=SMALL, help="how many hand-ins stock nbgrader grades (60 where not given)"
    )
    count = min(options.parse_args().stock, SMALL)
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        release(init(here / "released", "vi"), "ex01")
        small = ours(here / "released", here / "small", SMALL, notebooks_only=True)
        theirs = stock(here / "released", here / "stock", count)
        varied = ours(here / "released", here / "varied", SMALL)
        large = ours(here / "released", here / "large", LARGE)
    slope = (large - varied) / (LARGE - SMALL)
    ratio, over = theirs / small, theirs / SMALL / slope
    print(f"the same {SMALL} hand-ins: stock {theirs:.1f} s, ours {small:.2f} s: {ratio:.0f} times (at least 40)")
    print(
        f"ours from {SMALL} to {LARGE}: {1000 * slope:.1f} ms a hand-in; stock {1000 * theirs / SMALL:.0f} ms: {over:.0f} times (at least 300)"
    )
    return int(ratio < 40 or over < 300)


if __name__ == "__main__":
    sys.exit(main())
