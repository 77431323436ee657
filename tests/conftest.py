"""For every test: no language is left behind. A class folder with ex01 released is paid for once; each test gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.course import Course, init
from autograder.grade import Entry, grade
from autograder.release import release

collect_ignore = ["wheel_alone.py"]  # runs in an empty venv of its own, see test_project.py

Files = Mapping[str, bytes | str]


def write_files(folder: Path, files: Files) -> None:
    """Write these files into a folder, paths and all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture(autouse=True)
def _no_language_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test says with `use` is not heard by the next; each starts in Vietnamese, whatever the machine speaks."""
    monkeypatch.setattr("kpikit.language._chosen", None)
    monkeypatch.setenv("KPIKIT_LANG", "vi")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Vietnamese class folder in which ex01 was released."""
    folder = tmp_path_factory.mktemp("released") / "class"
    release(init(folder, "vi"), "ex01")
    return folder


@pytest.fixture
def course(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of the released class, and Vietnamese as the language in force."""
    monkeypatch.setenv("KPIKIT_LANG", "vi")
    return Course.at(shutil.copytree(released, tmp_path / "class"))


@pytest.fixture
def given(tmp_path: Path) -> Callable[[Files], Path]:
    """Write files as an LMS or mail gave them: a folder to collect from."""

    def give(files: Files) -> Path:
        write_files(tmp_path / "given", files)
        return tmp_path / "given"

    return give


@pytest.fixture
def graded(course: Course) -> Callable[..., dict[str, Entry]]:
    """Lay hand-ins out as {learner: {file: content}} and grade; gives each learner's entry."""

    def run(hand_ins: Mapping[str, Files] | None = None, **how: object) -> dict[str, Entry]:
        for learner, files in (hand_ins or {}).items():
            write_files(course.submitted(learner, "ex01"), files)
        return {e.learner: e for e in grade(course, "ex01", **{"jobs": 1, **how})}  # type: ignore[arg-type]

    return run
