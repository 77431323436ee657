"""What this learner has done so far and where to go on: every lesson and exercise with its answers, in the course's order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from .documents import Unreadable, read_tree, read_yaml
from .forms import in_notebook
from .language import Trouble, Words, current, say
from .questions import QuestionSet, read_questions, shipped
from .records import read_record, record_path

_WORDS: dict[str, Words] = {
    "lesson": {"vi": "Bài {number}: {title}", "en": "Lesson {number}: {title}"},
    "exercise": {"vi": "Bài tập {number}: {title}", "en": "Exercise {number}: {title}"},
    "done": {"vi": "✔ xong", "en": "✔ done"},
    "part": {"vi": "◐ {n} trên {all} câu", "en": "◐ {n} of {all} questions"},
    "none": {"vi": "○ chưa mở", "en": "○ not begun"},
    "minutes": {"vi": "{minutes} phút", "en": "{minutes} min"},
    "next": {"vi": "Đi tiếp: {title}.", "en": "Go on with: {title}."},
    "first": {"vi": "Bắt đầu từ: {title}.", "en": "Begin with: {title}."},
    "all": {
        "vi": "Anh chị đã trả lời hết mọi bài. Mở lại bài nào cũng được.",
        "en": "You have answered everything. Open any of them again.",
    },
    "count": {
        "vi": "Đã xong {done} trên {all} phần; còn khoảng {minutes} phút.",
        "en": "{done} of {all} parts are done; about {minutes} minutes are left.",
    },
}


@dataclass(frozen=True)
class Step:
    """A lesson or an exercise as the learner stands in it: ``answered`` of ``all`` questions; ``page``: a link, or None."""

    title: str
    answered: int
    all: int
    minutes: int
    page: str | None

    @property
    def state(self) -> str:
        return "done" if self.answered >= self.all else "part" if self.answered else "none"


def progress() -> None:
    """Show what is done in every lesson and exercise, and which to open next.

    Reads the answers beside this notebook (lessons) and in the exercises' folders; changes nothing. Without a notebook
    it prints a line each. Source: curriculum G5.
    """
    found, lang = steps(Path.cwd(), current()), current()
    if in_notebook():
        from IPython.display import HTML, display

        display(HTML(as_html(found, lang)))
        return
    for step in found:
        print(f"{_state(step, lang)} · {step.title}")
    print(go_on(found, lang))


def steps(folder: Path, lang: str) -> list[Step]:
    """Every lesson, and each exercise after the last lesson that names it. ``folder``: where a lesson's notebook lies."""
    sets = {path: read_questions(path) for path in shipped()}
    lessons = sorted((p for p, s in sets.items() if s.lesson), key=lambda p: p.name)
    headers = {path: _header(path) for path in sets}
    after = {str(headers[path].get("exercise") or ""): path for path in lessons}  # the last one wins
    exercises = {s.id: p for p, s in sets.items() if not s.lesson}
    found = []
    for path in lessons:
        number = path.name.partition("-")[0]
        page = folder / f"{path.stem}.ipynb"
        found.append(_step("lesson", number, sets[path], folder, page, headers[path], folder, lang))
        for id in (id for id, last in after.items() if last == path and id in exercises):
            own, place = exercises[id], folder.parent.parent / "exercises" / lang / id
            page = place / f"{id}.ipynb"
            found.append(_step("exercise", id, sets[own], place, page, headers[own], folder, lang))
    return found


def _step(
    kind: str, number: str, set_: QuestionSet, place: Path, page: Path, header: dict[str, Any], here: Path, lang: str
) -> Step:
    title = re.sub(r"^[^:]*: ?", "", header["title"][lang]) if header else set_.title[lang]
    link = None
    if page.is_file():
        link = page.name if place == here else "/".join(["..", "..", *page.parts[-4:]])
    answered = len(_answered(set_, place))
    told = say(_WORDS[kind], lang, number=number, title=title)
    return Step(told, answered, len(set_.questions), int(header.get("minutes") or 0), link)


def _answered(set_: QuestionSet, place: Path) -> set[str]:
    """The questions answered in a record, which stays as it is; an unreadable one counts as empty."""
    try:
        record = read_record(read_tree(record_path(set_, place)), "answers")
    except (Unreadable, Trouble, OSError):
        return set()
    return {q.id for q in set_.questions if record.answers.get(q.id) not in (None, "", [], {})}


def _header(questions: Path) -> dict[str, Any]:
    """The header of the text beside a questions file: title, minutes, exercise; empty where the text is not here."""
    for text in (questions.with_suffix(".md"), questions.with_name("text.md")):
        if text.is_file():
            header: dict[str, Any] = read_yaml(text.read_text("utf-8").split("---\n", 2)[1].encode(), text.name)
            return header
    return {}


def go_on(found: list[Step], lang: str) -> str:
    """The one sentence that says where to go on."""
    left = [step for step in found if step.state != "done"]
    if not left:
        return say(_WORDS["all"], lang)
    return say(
        _WORDS["first" if len(left) == len(found) and not left[0].answered else "next"], lang, title=left[0].title
    )


def as_html(found: list[Step], lang: str) -> str:
    """A table of steps with links, the next one marked."""
    left = [step for step in found if step.state != "done"]
    count = say(
        _WORDS["count"], lang, done=len(found) - len(left), all=len(found), minutes=sum(step.minutes for step in left)
    )
    rows = "".join(
        f"<tr style='font-weight:{700 if step in left[:1] else 400}'>"
        f"<td style='text-align:left'>{_linked(step)}</td>"
        f"<td style='text-align:left'>{escape(_state(step, lang))}</td>"
        f"<td style='text-align:right'>{escape(say(_WORDS['minutes'], lang, minutes=step.minutes))}</td></tr>"
        for step in found
    )
    return (
        f"<div style='font-size:16px' role='status'><p><b>{escape(go_on(found, lang))}</b> {escape(count)}</p>"
        f"<table>{rows}</table></div>"
    )


def _linked(step: Step) -> str:
    return f"<a href='{escape(step.page)}'>{escape(step.title)}</a>" if step.page else escape(step.title)


def _state(step: Step, lang: str) -> str:
    return say(_WORDS[step.state], lang, n=step.answered, all=step.all)
