"""Our steps as nbgrader's own: what the formgrader's buttons and ``nbgrader autograde`` run in a class folder.

They call the very functions that ``autograder grade`` calls, so both give the same scores; nothing is executed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from .course import CONFIG, Course
from .grade import Job, grade_one, prepare
from .pour import comment
from .score import KEYS, load_keys
from .store import automatic


def _job(root: Path, exercise: str) -> Job:
    """What `prepare` gives, anew where release, configuration or keys have changed: a formgrader runs for days."""
    places = [
        root / CONFIG,
        root / "students.csv",
        *(root / "release" / exercise).rglob("*"),
        *KEYS.glob(f"{exercise}.*"),
    ]
    return _prepared(root, exercise, tuple(p.stat().st_mtime_ns for p in places if p.is_file()))


@cache
def _prepared(root: Path, exercise: str, times: tuple[int, ...]) -> Job:
    load_keys.cache_clear()
    return prepare(Course.at(root), exercise)


class PristineExporter(NotebookExporter):
    """Never parses what a learner handed in: a submitted notebook stands for its folder, `Pour` reads that."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        path = Path(filename)
        if path.parts[-4:-3] != ("submitted",):  # nbgrader reads its own autograded/ in a second round
            return super().from_filename(filename, resources=resources, **kw)
        resources = self._init_resources(resources)
        resources["metadata"]["name"], resources["metadata"]["path"] = path.stem, str(path.parent)
        empty = nbformat.v4.new_notebook()
        return self.from_notebook_node(empty, resources=resources, **kw)


class Pour(NbGraderPreprocessor):
    """Read the hand-in's folder, score it, and give the pristine notebook with the answers poured in."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        folder = Path(resources["metadata"]["path"]).resolve()
        learner, exercise = folder.parent.name, folder.name
        _, notebook = grade_one(_job(folder.parents[2], exercise), learner)
        return nbformat.reads(json.dumps(notebook), as_version=4), resources


class SaveScores(NbGraderPreprocessor):
    """Write the poured record into the gradebook; manual scores and comments stay."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        own = resources["nbgrader"]
        graded = nb.metadata["kpikit"]["graded"]
        place = own["notebook"], own["assignment"], own["student"]
        with Gradebook(own["db_url"]) as gradebook:
            for question in graded["questions"]:
                grade = gradebook.find_grade(question["id"], *place)
                for name, value in automatic(question, grade.manual_score).items():
                    setattr(grade, name, value)
                gradebook.find_comment(question["id"], *place).auto_comment = comment(question, graded["lang"])
            gradebook.db.commit()
        return nb, resources
