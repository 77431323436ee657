"""The ``autograder`` command: each command is one call to the function of its name."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kpikit.language import Trouble, current, say, show, use

from . import course as courses
from .grade import Entry
from .grade import grade as grade_class
from .score import KEYS

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Chấm cả lớp mà không chạy một dòng nào của bài nộp. / Grade a class; nothing handed in is ever run.",
)
err = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
out = Console(soft_wrap=True, markup=False, highlight=False)


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"


CourseDir = Annotated[Path, typer.Option("--course", help="The class folder; the current one where not given.")]
Exercises = Annotated[list[str], typer.Argument(help="Exercises, like ex01.")]
Exercise = Annotated[str, typer.Argument(help="An exercise, like ex01.")]
Lang = Annotated[str | None, typer.Option("--lang", help="vi or en.")]
KeysDir = Annotated[Path | None, typer.Option("--keys", help="A folder of private keys.")]
Shape = Annotated[Format, typer.Option("--format", help="text or json.")]

TELL = {
    "class": {
        "vi": "Lớp học ở {folder}. Tiếp theo: autograder release ex01 --course {folder}",
        "en": "The class is in {folder}. Next: autograder release ex01 --course {folder}",
    },
    "released": {
        "vi": "{exercise}: phát cho học viên thư mục {folder}",
        "en": "{exercise}: hand out the folder {folder}",
    },
    "collected": {
        "vi": "{exercise}: đã thu bài của {n} học viên.",
        "en": "{exercise}: hand-ins of {n} learners collected.",
    },
    "pages": {"vi": "{n} trang phản hồi trong {folder}", "en": "{n} feedback pages in {folder}"},
    "graded": {
        "vi": "{exercise}: {n} bài, {same} bài không đổi từ lần chấm trước. Đáp án: {keys}",
        "en": "{exercise}: {n} hand-ins, {same} unchanged since the last run. Keys: {keys}",
    },
    "moved": {"vi": "Điểm đổi: ", "en": "Mark moved: "},
    "later": {"vi": "{what} chưa có trong bản này.", "en": "{what} is not in this version yet."},
    "columns": {
        "vi": "Học viên|Bài|Điểm|Chờ chấm tay|Tình trạng|Ghi chú",
        "en": "Learner|Exercise|Score|Waiting|Status|Message",
    },
    "look": {
        "vi": "Xem tiếp:\n  báo cáo lớp        {report}\n  một trang phản hồi {page}\n  chấm tay           autograder lab --course {folder}",
        "en": "Where to look:\n  class report       {report}\n  one feedback page  {page}\n  mark by hand       autograder lab --course {folder}",
    },
}


@contextmanager
def told() -> Iterator[None]:
    """A `Trouble` ends the command with its sentence on stderr and exit code 1, never a traceback."""
    try:
        yield
    except Trouble as trouble:
        fail(str(trouble))


def fail(text: str) -> NoReturn:
    err.print(text)
    raise typer.Exit(1)


def tell(name: str, **facts: object) -> str:
    return TELL[name][current()].format(**facts)


@app.callback()
def language(lang: Lang = None) -> None:
    """The language of everything the command says."""
    if lang:
        with told():
            use(lang)


def _class(folder: Path, lang: str | None) -> courses.Course:
    course = courses.Course.at(folder)
    if lang:
        use(lang)
    return course


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The folder to make.")], lang: Lang = None) -> None:
    """Make a class folder. Example: autograder init lop-01 --lang vi"""
    with told():
        if lang:
            use(lang)
        courses.init(folder, lang)
        out.print(tell("class", folder=folder))


@app.command()
def release(exercises: Exercises, course: CourseDir = Path(), lang: Lang = None) -> None:
    """Make what learners receive. Example: autograder release ex01"""
    from .release import release as release_one

    with told():
        for exercise in exercises:
            folder = release_one(_class(course, lang), exercise)
            out.print(tell("released", exercise=exercise, folder=folder))


@app.command()
def collect(
    exercise: Exercise,
    source: Annotated[Path, typer.Argument(metavar="FROM", help="A folder or zip of hand-ins.")],
    course: CourseDir = Path(),
    lang: Lang = None,
) -> None:
    """Lay hand-ins out for grading. Example: autograder collect ex01 moodle-download.zip"""
    from .collect import collect as collect_all

    with told():
        found = collect_all(_class(course, lang), exercise, source)
    refused = [c for c in found if c.refused]
    for one in found:
        if words := one.refused or one.note:
            err.print(f"{one.label}: {say(words)}")
    out.print(tell("collected", exercise=exercise, n=len({c.learner for c in found if not c.refused})))
    if refused:
        raise typer.Exit(1)


@app.command()
def grade(
    exercises: Exercises,
    course: CourseDir = Path(),
    lang: Lang = None,
    keys: KeysDir = None,
    shape: Shape = Format.text,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="How many side by side; all cores where not given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed, too.")] = False,
    db: Annotated[str | None, typer.Option("--db", help="A database other than the class folder's.")] = None,
) -> None:
    """Grade a class. Example: autograder grade ex01 --format json"""
    with told():
        if db:
            fail(tell("later", what="--db"))
        entries: list[Entry] = []
        for exercise in exercises:
            entries += _grade(_class(course, lang), exercise, jobs=jobs, force=force, keys_folder=keys)
        print_entries(entries, shape)


def _grade(
    course: courses.Course,
    exercise: str,
    *,
    jobs: int | None = None,
    force: bool = False,
    keys_folder: Path | None = None,
) -> list[Entry]:
    """Grade with a bar of progress and time left on stderr; what moved and how much was unchanged is told after."""
    moved: list[str] = []
    unchanged = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(exercise, total=None)

        def progress(done: int, all_: int, same: int) -> None:
            nonlocal unchanged
            unchanged = same
            bar.update(task, completed=done, total=all_)

        entries = grade_class(
            course,
            exercise,
            jobs=jobs,
            force=force,
            keys_folder=keys_folder,
            progress=progress,
            moved=lambda words: moved.append(say(words)),
        )
    for line in moved:
        err.print(tell("moved") + line)
    marked = sum(e.status != "missing" for e in entries)
    err.print(tell("graded", exercise=exercise, n=marked, same=unchanged, keys=(keys_folder or KEYS).resolve()))
    return entries


def print_entries(entries: list[Entry], shape: Format) -> None:
    """The result: a table, or JSON; nothing else goes to stdout."""
    if shape is Format.json:
        print(json.dumps([e.as_dict() for e in entries], ensure_ascii=False, indent=2))
        return
    from .report import STATUS

    table = Table(*tell("columns").split("|"))
    for e in entries:
        table.add_row(
            e.learner,
            e.exercise,
            f"{show(e.score)} / {show(e.max_score)}",
            show(e.waiting) if e.waiting else "",
            STATUS[e.status][current()],
            e.message,
        )
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 160).print(table)


@app.command()
def feedback(
    exercise: Exercise,
    course: CourseDir = Path(),
    lang: Lang = None,
    keys: KeysDir = None,
    with_solutions: Annotated[
        bool, typer.Option("--with-solutions", help="Add the model answers; after marks are out.")
    ] = False,
) -> None:
    """Write each learner's feedback page. Example: autograder feedback ex01"""
    from .feedback import feedback as write_pages

    with told():
        own = _class(course, lang)
        pages = write_pages(own, exercise, with_solutions=with_solutions, keys_folder=keys)
        out.print(tell("pages", n=len(pages), folder=own.root / "feedback"))


@app.command()
def report(
    exercises: Annotated[list[str] | None, typer.Argument(help="Exercises; all released ones where not given.")] = None,
    course: CourseDir = Path(),
    lang: Lang = None,
    keys: KeysDir = None,
) -> None:
    """Write the class report. Example: autograder report ex01"""
    from .report import report as write_report

    with told():
        own = _class(course, lang)
        for exercise in exercises or sorted(p.name for p in (own.root / "release").glob("*") if p.is_dir()):
            out.print(str(write_report(own, exercise, keys)))


@app.command()
def export(
    exercises: Annotated[list[str] | None, typer.Argument(help="Exercises; all where not given.")] = None,
    as_: Annotated[str, typer.Option("--as", help="nbgrader, xlsx, moodle or canvas.")] = "nbgrader",
    course: CourseDir = Path(),
    lang: Lang = None,
) -> None:
    """Marks for an LMS or Excel. Example: autograder export ex01 --as moodle"""
    with told():
        _class(course, lang)
        fail(
            tell("later", what=f"export --as {as_}")
            + " "
            + say(
                {
                    "vi": "Trong lúc chờ, chạy nbgrader export trong thư mục lớp.",
                    "en": "Meanwhile run nbgrader export in the class folder.",
                }
            )
        )


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make the sample class.")] = Path("demo-class"),
    lang: Lang = None,
) -> None:
    """Grade a sample class of 16 hand-ins. Example: autograder demo"""
    from .demo import EXERCISE
    from .demo import demo as run

    with told():
        if lang:
            use(lang)
        own = run(folder, err.print)
        entries = _grade(own, EXERCISE)
        from .feedback import feedback as write_pages
        from .report import report as write_report

        pages = write_pages(own, EXERCISE)
        page = write_report(own, EXERCISE)
        print_entries(entries, Format.text)
        out.print(tell("look", report=_near(page), page=_near(pages[0]), folder=folder))


def _near(path: Path) -> str:
    return os.path.relpath(path)


@app.command()
def lab(course: CourseDir = Path(), lang: Lang = None) -> None:
    """JupyterLab with the formgrader, started in the class folder. Example: autograder lab --course demo-class"""
    from .lab import start

    with told():
        start(_class(course, lang).root)


def main() -> None:
    """The entry point of the ``autograder`` command."""
    app()
