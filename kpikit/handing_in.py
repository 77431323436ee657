"""Handing in: what is answered and what is missing, the one file to send, and going on from such a file."""

from __future__ import annotations

import base64
import io
import os
import re
import zipfile
from html import escape
from pathlib import Path
from typing import Any

from .forms import after_change, asked_last, in_notebook, refill
from .forms.words import box, gaps, style
from .keeping import go_on, keep, opened
from .language import Trouble, Words, clean, current, say, show
from .questions import Question, QuestionSet, questions_of, read_answer, read_questions
from .records import Record, record_path
from .sources import BYTES_LIMIT

LINK_BYTES = 20_000_000  # above this a browser does not take a file from a link

_WORDS: dict[str, Words] = {
    "head": {"vi": "Nộp bài: {title}", "en": "Hand in: {title}"},
    "done": {"vi": "✔ đã trả lời", "en": "✔ answered"},
    "part": {"vi": "◐ mới trả lời một phần", "en": "◐ partly answered"},
    "unread": {"vi": "⚠ chưa đọc được, xem lại câu này", "en": "⚠ cannot be read, look at it again"},
    "none": {"vi": "○ chưa trả lời", "en": "○ not answered"},
    "all": {"vi": "✔ Đã trả lời đủ {n} câu.", "en": "✔ All {n} questions are answered."},
    "left": {
        "vi": "Còn {n} câu chưa xong: {names}. Vẫn nộp được; nộp lại thì bài mới nhất được tính.",
        "en": "{n} questions are not finished: {names}. You can hand in all the same; the newest hand-in counts.",
    },
    "question": {"vi": "Câu {n}", "en": "Question {n}"},
    "id": {"vi": "Mã học viên", "en": "Learner's id"},
    "id_sample": {"vi": "ví dụ: an.nguyen", "en": "e.g. an.nguyen"},
    "name": {"vi": "Họ và tên", "en": "Full name"},
    "make": {"vi": "Tạo tệp nộp bài", "en": "Make the file to hand in"},
    "made": {
        "vi": "✔ Đã tạo {file} lúc {time}, cạnh notebook này. Hãy gửi đúng tệp ấy cho giảng viên.",
        "en": "✔ Made {file} at {time}, beside this notebook. Send that file to your instructor.",
    },
    "load": {"vi": "⬇ Tải {file}", "en": "⬇ Download {file}"},
    "on": {"vi": "Làm tiếp từ một tệp", "en": "Go on from a file"},
    "on_help": {
        "vi": "Đã làm dở ở máy khác? Chọn tệp zip, answers.yaml hoặc notebook đã làm; câu nào lưu sau thì được giữ.",
        "en": "Begun on another computer? Choose the zip, the answers.yaml or the notebook from there; whatever was saved last is kept.",
    },
    "went": {
        "vi": "✔ Đã nhận {n} câu trả lời từ {file}. Các form phía trên đã được điền lại; nếu form nào chưa đổi, hãy chạy lại notebook (Run All).",
        "en": "✔ Took {n} answers from {file}. The forms above are filled anew; if one is not, run the notebook again (Run All).",
    },
    "kept": {"vi": "Bản trước đó được giữ trong {file}.", "en": "What was there before is kept in {file}."},
    "code": {
        "vi": 'Tạo tệp nộp bài: kpikit.hand_in(learner="an.nguyen")',
        "en": 'To make the file: kpikit.hand_in(learner="an.nguyen")',
    },
    "off": {"vi": "⚠ Chưa làm được: {why}", "en": "⚠ That did not work: {why}"},
}


def hand_in(exercise: str | None = None, *, learner: str | None = None) -> Path | None:
    """Show what is answered and missing, and make the one file to send: ``ex01-an.nguyen.zip``.

    ``exercise``: which one, where it is not the one in this folder. ``learner``: whose; given, the file is made at
    once and its path returned, with no form. Raises `Trouble` that says what to do.

    >>> hand_in("ex99")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kpikit.language.Trouble: ...“ex99”...
    """
    folder = Path.cwd()
    set_ = questions_of(exercise) if exercise else _set_here(folder)
    if learner is not None:
        return make_file(set_, folder, learner)
    if in_notebook():
        from IPython.display import display

        display(Desk(set_, folder).box)
    else:
        record, _ = opened(set_, folder)
        lines = [f"{say(_WORDS['question'], n=n)}: {say(_WORDS[state])}" for n, state in states(set_, record).items()]
        print(
            "\n".join([say(_WORDS["head"], title=say(set_.title)), *lines, summary(set_, record), say(_WORDS["code"])])
        )
    return None


def _set_here(folder: Path) -> QuestionSet:
    """The exercise whose questions lie in the folder, else the one asked last in this kernel."""
    for path in (folder / "questions.yaml", folder.parent / "questions.yaml"):
        if path.is_file():
            return read_questions(path)
    if asked_last:
        return questions_of(asked_last[0])
    raise Trouble(
        vi='Chưa rõ nộp bài nào. Hãy chạy các ô của notebook trước, hoặc viết kpikit.hand_in("ex01").',
        en='It is not clear which exercise this is. Run the notebook\'s cells first, or write kpikit.hand_in("ex01").',
    )


# ---------------------------------------------------------------- what is there, what is missing


def states(set_: QuestionSet, record: Record) -> dict[int, str]:
    """Each question's state by its number: ``done``, ``part``, ``unread`` or ``none``."""
    return {n: _state(q, record.answers.get(q.id), record.lang) for n, q in enumerate(set_.questions, 1)}


def _state(question: Question, raw: Any, lang: str | None) -> str:
    value = read_answer(question, raw, lang).value
    if value is None:
        return "none" if raw in (None, "", [], {}) else "unread"
    return "part" if gaps(question, value) else "done"


def summary(set_: QuestionSet, record: Record, lang: str | None = None) -> str:
    """One sentence: all is answered, or which questions are not finished."""
    left = [n for n, state in states(set_, record).items() if state != "done"]
    if not left:
        return say(_WORDS["all"], lang, n=len(set_.questions))
    return say(_WORDS["left"], lang, n=len(left), names=", ".join(say(_WORDS["question"], lang, n=n) for n in left))


# ---------------------------------------------------------------- the file to send


def learner_id(text: str) -> str:
    """A learner's id as it is compared and as it can stand in a file's name. Raises `Trouble` that says what is wrong.

    >>> learner_id(" an.nguyen ")
    'an.nguyen'
    """
    id = clean(text)
    if not id or id in (".", "..") or len(id) > 100 or re.search(r'[\\/<>:*?"|\n\t]', id):
        raise Trouble(
            vi=f'Mã học viên “{id[:40]}” chưa dùng được: cần 1 đến 100 ký tự, không có / \\ < > : * ? " |. Ví dụ: an.nguyen',
            en=f"The learner's id “{id[:40]}” cannot be used: 1 to 100 characters, none of / \\ < > : * ? \" |. For example: an.nguyen",
        )
    return id


def make_file(set_: QuestionSet, folder: Path, learner: str, name: str | None = None) -> Path:
    """The one file to send, whole or not at all: answers.yaml, and the notebook where it is there; gives its path.

    Raises `Trouble` where the id cannot be used or the folder cannot be written to.
    """
    id = learner_id(learner)
    target = folder / f"{set_.id}-{id}.zip"
    try:
        keep(set_, {}, folder, {"id": id, **({"name": clean(name)} if name and clean(name) else {})})
        inside = {"answers.yaml": record_path(set_, folder), f"{set_.id}.ipynb": folder / f"{set_.id}.ipynb"}
        data = _zipped({inner: path.read_bytes() for inner, path in inside.items() if path.is_file()})
        temporary = folder / f".{target.name[:80]}.{os.getpid()}"
        temporary.write_bytes(data)
        os.replace(temporary, target)
    except OSError as error:
        raise Trouble(
            vi=f"Không ghi được vào thư mục này ({error.strerror}). Hãy nộp chính notebook sau khi lưu (Ctrl+S): câu trả lời có trong đó.",
            en=f"This folder cannot be written to ({error.strerror}). Save the notebook (Ctrl+S) and hand that in: the answers are in it.",
        ) from None
    return target


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


# ---------------------------------------------------------------- the form


class Desk:
    """The form to hand in from: what is missing, whose it is, the file, and going on from one."""

    def __init__(self, set_: QuestionSet, folder: Path) -> None:
        import ipywidgets as w

        self.set, self.folder, self.lang = set_, folder, current()
        self.list, self.said = w.HTML(), w.HTML()
        self.id = w.Text(
            description=self._word("id"), placeholder=self._word("id_sample"), style={"description_width": "150px"}
        )
        self.name = w.Text(description=self._word("name"), style={"description_width": "150px"})
        self.make = w.Button(description=self._word("make"), button_style="primary")
        self.file = w.FileUpload(description=self._word("on"), accept=".zip,.yaml,.yml,.json,.ipynb", multiple=False)
        for text in (self.id, self.name):
            text.add_class("kpikit-short")
        self.make.on_click(lambda _: self._do(self._make))
        self.file.observe(lambda _: self._do(self._go_on), names="value")
        head = (
            f"<style>{style()}</style><div class='kpikit-tag'>{escape(self._word('head', title=say(set_.title)))}</div>"
        )
        self.box = w.VBox(
            [
                w.HTML(head),
                self.list,
                self.id,
                self.name,
                self.make,
                self.said,
                w.HTML(f"<p>{self._word('on_help')}</p>"),
                self.file,
            ]
        )
        self.box.add_class("kpikit-form")
        after_change[folder] = lambda: self._do(self.look)
        self._do(self.look)

    def _word(self, key: str, **facts: Any) -> str:
        return say(_WORDS[key], self.lang, **facts)

    def _do(self, act: Any) -> None:
        try:
            act()
        except (Trouble, OSError) as error:
            self.said.value = box([self._word("off", why=str(error))], "warn")

    def look(self) -> None:
        """Read the record anew and list what is answered."""
        record, _ = opened(self.set, self.folder)
        rows = "".join(
            f"<tr><th>{self._word('question', n=n)}</th><td>{self._word(state)}</td></tr>"
            for n, state in states(self.set, record).items()
        )
        done = all(state == "done" for state in states(self.set, record).values())
        self.list.value = f"<table class='kpikit-list'>{rows}</table>{box([summary(self.set, record, self.lang)], 'good' if done else 'part')}"
        self.id.value, self.name.value = (
            self.id.value or record.learner.get("id", ""),
            self.name.value or record.learner.get("name", ""),
        )

    def _make(self) -> None:
        path = make_file(self.set, self.folder, self.id.value, self.name.value)
        self.look()
        record, _ = opened(self.set, self.folder)
        time = f"{record.saved:%H:%M}" if record.saved else ""
        self.said.value = box([self._word("made", file=path.name, time=time)], "good") + self._link(path)

    def _link(self, path: Path) -> str:
        """The file as a link of its own: it needs no server to fetch it from, so it works in Voilà as well."""
        data = path.read_bytes()
        if len(data) > LINK_BYTES:
            return ""
        name, held = escape(path.name, quote=True), base64.b64encode(data).decode()
        return f"<a class='kpikit-link' download='{name}' href='data:application/zip;base64,{held}'>{escape(self._word('load', file=path.name))}</a>"

    def _go_on(self) -> None:
        for given in self.file.value:
            if given["size"] > BYTES_LIMIT:
                raise Trouble(
                    vi=f"{given['name']} lớn quá {BYTES_LIMIT // 10**6} MB. Hãy chọn tệp do kpikit.hand_in() tạo ra.",
                    en=f"{given['name']} is over {BYTES_LIMIT // 10**6} MB. Choose the file that kpikit.hand_in() made.",
                )
            went = go_on(self.set, str(given["name"]), bytes(given["content"]), self.folder)
            lines = [self._word("went", n=show(went.answers, lang=self.lang), file=str(given["name"]))]
            lines += [self._word("kept", file=went.kept.name)] if went.kept else []
            self.said.value = box(lines, "good")
            refill(self.folder)
            self.look()
