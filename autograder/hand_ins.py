"""A hand-in of any shape into answers: bounded, nothing followed, nothing run.

The blueprint's "A hand-in" and its small print say which shapes there are and which source counts.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kpikit.documents import Unreadable
from kpikit.language import Words, same
from kpikit.questions import Answer, Question, QuestionSet, plain, read_answer, set_id
from kpikit.records import Record
from kpikit.sources import FILES_LIMIT, Bounds, Source, TooMuch, passed_over, read_source, unpacked

HANDED_IN = "handed-in"  # what collect lays beside the pristine notebook
RANK = {"answers": 0, "workbook": 1, "notebook": 2}  # which counts first where `saved` does not tell


@dataclass
class HandIn:
    """What a learner handed in, read: raw answers with their language, and what there is to tell.

    ``readable`` is False where no source could be read; ``notes`` are told in the message and on the feedback page.
    """

    lang: str
    answers: dict[str, tuple[Any, str]] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)
    readable: bool = False
    claims: set[str] = field(default_factory=set)
    saved: datetime | None = None


def read_hand_in(folder: Path, questions: QuestionSet, lang: str) -> HandIn:
    """The hand-in in a learner's folder; ``lang`` is the class's. Never raises for what a learner gave.

    Where collect has laid the learner's files into ``handed-in/``, those alone are read.
    """
    given = folder / HANDED_IN
    sources: list[Source] = []
    notes: list[Words] = []
    try:
        for name, data in _walk(given if given.is_dir() else folder, notes):
            _read_file(name, data, questions, sources, notes)
    except TooMuch as too_much:
        return HandIn(lang, notes=[too_much.words])
    if not sources:
        notes.append(
            {
                "vi": "Không có tệp nào đọc được thành câu trả lời. Hãy gửi lại tệp mà kpikit.hand_in() tạo ra.",
                "en": "No file could be read as answers. Send again the file that kpikit.hand_in() makes.",
            }
        )
        return HandIn(lang, notes=notes)
    return _merge(sources, questions, lang, notes)


# ---------------------------------------------------------------- files


def _walk(folder: Path, notes: list[Words]) -> Iterator[tuple[str, bytes]]:
    """Every regular file of a folder and of the zips in it; links, pipes and devices are never followed."""
    bounds = Bounds()
    waiting = [folder]
    while waiting:
        for path in _listed(waiting.pop(0)):
            name = path.relative_to(folder).as_posix()
            if passed_over(name):
                continue
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                if len(waiting) + bounds.files > FILES_LIMIT:
                    bounds.files = FILES_LIMIT
                    bounds.file()
                waiting.append(path)
            elif not stat.S_ISREG(mode):
                notes.append(
                    {
                        "vi": f"{name}: liên kết hoặc tệp đặc biệt, không được đọc.",
                        "en": f"{name}: a link or a special file, not read.",
                    }
                )
            else:
                most = bounds.file()
                try:
                    with path.open("rb") as f:
                        data = bounds.data(f.read(most))
                except OSError as error:
                    notes.append(
                        {
                            "vi": f"{name}: không mở được ({error.strerror}).",
                            "en": f"{name}: cannot be opened ({error.strerror}).",
                        }
                    )
                else:
                    yield from unpacked(name, data, bounds, notes)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # no right to look inside
        return []


# ---------------------------------------------------------------- sources


def _read_file(name: str, data: bytes, questions: QuestionSet, sources: list[Source], notes: list[Words]) -> None:
    """One file as a source, or a note that says why it is none."""
    try:
        source = read_source(name, data)
        _of_this_exercise(source.record, name, questions)
        sources.append(source)
    except Unreadable as unreadable:
        notes.append(unreadable.words)


def _of_this_exercise(record: Record, name: str, questions: QuestionSet) -> None:
    """Refuse another exercise's answers by its name."""
    other = record.exercise
    if other is None and record.answers:
        sets = {set_id(str(q)) for q in record.answers}
        other = sets.pop() if len(sets) == 1 else None
        if other and not re.fullmatch(r"ex\d+", other):
            other = None
    if other is not None and same(other) != same(questions.id):
        raise Unreadable(
            name,
            [
                {
                    "vi": f"đây là bài của {other}, không phải {questions.id}. Hãy nộp đúng bài {questions.id}.",
                    "en": f"these are the answers of {other}, not of {questions.id}. Hand in {questions.id}.",
                }
            ],
        )


# ---------------------------------------------------------------- one set of answers


def _merge(sources: list[Source], questions: QuestionSet, lang: str, notes: list[Words]) -> HandIn:
    """The newest source counts, what it lacks comes from the next; that sources disagreed is told."""
    ordered = sorted(
        sources,
        key=lambda s: (-(s.record.saved.timestamp() if s.record.saved else float("-inf")), RANK[s.shape], s.name),
    )
    own_lang = next((s.record.lang for s in ordered if s.record.lang), None) or lang
    hand_in = HandIn(own_lang, notes=notes, readable=True)
    hand_in.saved = ordered[0].record.saved
    hand_in.claims = {c for s in ordered if (c := s.record.learner.get("id"))}
    known = {q.id: q for q in questions.questions}
    for source in ordered:
        unknown = [str(q)[:40] for q in source.record.answers if q not in known]
        if unknown:
            ids = ", ".join(unknown[:5])
            notes.append(
                {
                    "vi": f"{source.name}: không có câu {ids} trong {questions.id} nên được bỏ qua.",
                    "en": f"{source.name}: {questions.id} has no question {ids}; passed over.",
                }
            )
    for id, question in known.items():
        given = [(s, s.record.answers[id]) for s in ordered if id in s.record.answers]
        if not given:
            continue
        first, raw = given[0]
        hand_in.answers[id] = (raw, first.record.lang or own_lang)
        for other, value in given[1:]:
            if value is not None and _differ(question, (raw, first), (value, other), own_lang):
                notes.append(
                    {
                        "vi": f"Câu {id}: {other.name} trả lời khác {first.name}; bản mới hơn, {first.name}, được tính.",
                        "en": f"Question {id}: {other.name} answers otherwise than {first.name}; the newer, {first.name}, counts.",
                    }
                )
                break
    return hand_in


def understood(question: Question, raw: Any, lang: str) -> Answer:
    """What a raw value answers; whatever it brings about, it costs this question alone."""
    try:
        return read_answer(question, raw, lang)
    except Exception as error:
        told = type(error).__name__
        return Answer(
            None, ({"vi": f"Không đọc được câu trả lời này ({told}).", "en": f"This answer cannot be read ({told})."},)
        )


def _differ(question: Question, one: tuple[Any, Source], two: tuple[Any, Source], lang: str) -> bool:
    read = [plain(understood(question, raw, source.record.lang or lang).value) for raw, source in (one, two)]
    if question.kind == "choices":
        read = [sorted(r or []) for r in read]
    return bool(read[0] != read[1])
