"""The class folder: where things lie, and how nbgrader is set up there. Nothing else knows either."""

from __future__ import annotations

import csv
import importlib.util
import os
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from kpikit.documents import write_text
from kpikit.language import LANGUAGES, Trouble, current, known, same
from kpikit.questions import QuestionSet, homes, read_questions
from kpikit.records import HANOI

CONFIG = "nbgrader_config.py"
NEVER_COPIED = [  # out by nbgrader: what learners answered is not released, nor served beside their marks; in: `exchange`
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    ".pytest_cache",
    "answers*.yaml",
    ".answers",
    "*.zip",
    "handed-in",
    "earlier",
]


def configure(c: Any, lang: str = "vi", due: dict[str, str] | None = None) -> None:
    """Set nbgrader up for hand-ins that are answers; two lines in nbgrader_config.py call it.

    ``lang``: the class's language, for hand-ins that name none. ``due``: {"ex01": "2027-01-15T17:00"}, +07:00
    where no zone is given. Our steps stand in the place of autograde's; no kernel is started.
    """
    c.AopKpiClass.lang, c.AopKpiClass.due = known(lang), dict(due or {})
    c.CourseDirectory.source_directory = str(source_folder(lang))
    c.Autograde.exporter_class = "autograder.steps.PristineExporter"
    c.Autograde.sanitize_preprocessors = ["autograder.steps.Pour"]
    c.Autograde.autograde_preprocessors = ["autograder.steps.SaveScores", "nbgrader.preprocessors.AssignLatePenalties"]
    c.GenerateAssignment.preprocessors = [
        f"nbgrader.preprocessors.{name}"
        for name in ("LockCells", "ClearOutput", "ComputeChecksums", "SaveCells", "CheckCellMetadata")
    ]
    c.CourseDirectory.ignore = NEVER_COPIED
    c.ExchangeFactory.collect = "autograder.exchange.CollectAnswers"
    c.ExchangeFactory.submit = "autograder.exchange.SubmitAnswers"
    c.HTMLExporter.mathjax_url = ""  # no page of ours needs it, and classes are often offline
    c.HTMLExporter.sanitize_html = True


def source_folder(lang: str) -> Path:
    """The built exercises of one language: nbgrader's source folder."""
    for home in homes():
        if (home / "exercises" / lang).is_dir():
            return home / "exercises" / lang
    raise Trouble(
        vi="Chưa có bài tập đã dựng. Trong bản mã nguồn, hãy chạy: make notebooks",
        en="There are no built exercises. In a checkout, run: make notebooks",
    )


@dataclass(frozen=True)
class Student:
    """A line of students.csv."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Course:
    """A class folder. Make one with `Course.at`."""

    root: Path
    lang: str = "vi"
    due: dict[str, str] = field(default_factory=dict)
    config: Any = None

    @classmethod
    def at(cls, folder: Path) -> Course:
        """The class in a folder. Raises `Trouble` where none was set up."""
        path = folder / CONFIG
        if not path.is_file():
            raise Trouble(
                vi=f"{folder} chưa phải thư mục lớp học. Hãy chạy: autograder init {folder}",
                en=f"{folder} is no class folder yet. Run: autograder init {folder}",
            )
        from traitlets.config import PyFileConfigLoader

        config = PyFileConfigLoader(CONFIG, path=str(folder.resolve())).load_config()
        own = config.get("AopKpiClass", {})
        return cls(folder.resolve(), own.get("lang", "vi"), dict(own.get("due", {})), config)

    # ------------------------------------------------------------ places

    def release(self, exercise: str) -> Path:
        return self.root / "release" / exercise

    def submitted(self, learner: str, exercise: str) -> Path:
        return self.root / "submitted" / learner / exercise

    def autograded(self, learner: str, exercise: str) -> Path:
        return self.root / "autograded" / learner / exercise / f"{exercise}.ipynb"

    def feedback(self, learner: str, exercise: str) -> Path:
        return self.root / "feedback" / learner / exercise / f"{exercise}.html"

    def report(self, exercise: str) -> Path:
        return self.root / "reports" / f"{exercise}.html"

    @property
    def db_url(self) -> str:
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def pristine(self, exercise: str, lang: str) -> Path:
        """The released notebook of a language; the class's where that language was not released."""
        own = self.release(exercise) / lang / f"{exercise}.ipynb"
        return own if lang != self.lang and own.is_file() else self.release(exercise) / f"{exercise}.ipynb"

    def questions(self, exercise: str) -> QuestionSet:
        """The released questions. Raises `Trouble` where the exercise was not released."""
        path = self.release(exercise) / "questions.yaml"
        if not path.is_file():
            raise Trouble(
                vi=f"{exercise} chưa phát trong lớp này. Hãy chạy: autograder release {exercise}",
                en=f"{exercise} has not been released in this class. Run: autograder release {exercise}",
            )
        return read_questions(path)

    def learners(self, exercise: str) -> list[str]:
        """Who has a folder in submitted/ for this exercise."""
        return sorted(p.parent.name for p in (self.root / "submitted").glob(f"*/{exercise}") if p.is_dir())

    def due_at(self, exercise: str) -> datetime | None:
        """When the exercise is due. Raises `Trouble` for a time that is none."""
        if not (text := self.due.get(exercise)):
            return None
        try:
            due = datetime.fromisoformat(text)
        except ValueError:
            raise Trouble(
                vi=f"{CONFIG}: hạn nộp “{text}” của {exercise} phải viết như 2027-01-15T17:00.",
                en=f"{CONFIG}: the due time “{text}” of {exercise} must be written like 2027-01-15T17:00.",
            ) from None
        return due if due.tzinfo else due.replace(tzinfo=HANOI)

    @cached_property
    def students(self) -> dict[str, Student]:
        """The class list of students.csv by id; empty where there is none. Raises `Trouble` for one without ids."""
        path = self.root / "students.csv"
        if not path.is_file():
            return {}
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            raise Trouble(
                vi="students.csv không phải UTF-8. Trong Excel, hãy lưu lại kiểu “CSV UTF-8”.",
                en="students.csv is not UTF-8. In Excel, save it again as “CSV UTF-8”.",
            ) from None
        header = text.partition("\n")[0]
        rows = csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=header.count))
        names = {same(f): f for f in rows.fieldnames or []}
        if "id" not in names:
            raise Trouble(
                vi="students.csv thiếu cột id. Dòng đầu phải là: id,name,email",
                en="students.csv has no column id. Its first line must be: id,name,email",
            )
        found = {}
        for row in rows:
            id, name, email = ((row.get(names.get(k, k)) or "").strip() for k in ("id", "name", "email"))
            if id:
                found[nfc(id)] = Student(nfc(id), nfc(name), email)
        return found

    def student(self, learner: str) -> Student | None:
        """The learner's line in the class list; None where there is none."""
        return self.students.get(nfc(learner))

    # ------------------------------------------------------------ nbgrader

    def nbgrader(self) -> Any:
        """nbgrader's own API on this folder, with our configuration."""
        import_nbgrader(whole=True)
        from nbgrader.apps import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory

        config = self.config.copy()
        config.CourseDirectory.root = str(self.root)
        return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)

    def gradebook(self) -> Any:
        """nbgrader's gradebook of this class; use it in a ``with``."""
        import_nbgrader()
        from nbgrader.api import Gradebook

        return Gradebook(self.db_url)


def nfc(id: str) -> str:
    """An id as ids are compared."""
    return unicodedata.normalize("NFC", id)


def on_path() -> None:
    """nbgrader calls ``alembic`` from PATH: put this environment's commands there, activated or not."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = here + os.pathsep + os.environ.get("PATH", "")


def import_nbgrader(*, whole: bool = False) -> None:
    """nbgrader's tables alone, in a third of the time, or all of it.

    Its ``__init__`` imports every server extension, and jsonschema a grammar of IRIs that nothing here asks for:
    together longer than grading a class takes.
    """
    on_path()
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    spec = importlib.util.find_spec("nbgrader") if "nbgrader" not in sys.modules else None
    if spec:
        sys.modules["nbgrader"] = importlib.util.module_from_spec(spec)
    package = sys.modules["nbgrader"]
    if whole and not hasattr(package, "__version__") and package.__spec__ and package.__spec__.loader:
        package.__spec__.loader.exec_module(package)
    importlib.import_module("nbgrader.api")


def init(folder: Path, lang: str | None = None) -> Course:
    """Make a class folder, ready for every exercise; what is there already stays as it is."""
    lang = known(lang) if lang else current()
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / CONFIG
    if not config.exists():
        write_text(
            config,
            f"from autograder.course import configure\n\nconfigure(get_config(), lang={lang!r}, due={{}})  # noqa: F821\n",
        )
    students = folder / "students.csv"
    if not students.exists():
        write_text(students, "id,name,email\n")
    return Course.at(folder)


def others(lang: str) -> list[str]:
    """The languages besides this one."""
    return [code for code in LANGUAGES if code != lang]
