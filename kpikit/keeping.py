"""Keeping answers: several forms on one record, and going on from a file made elsewhere.

What is handed over (a zip, an answers file, a notebook) is read within bounds and never run. Where sources
disagree the newest by ``saved`` counts; what it replaces is kept beside the record under another name.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .documents import Unreadable
from .language import LANGUAGES, Plain, Trouble, Words, current, number, same
from .questions import Question, QuestionSet
from .records import Record, load_record, now, record_path, save_record
from .sources import BYTES_LIMIT, Bounds, TooMuch, read_source, unpacked

# ---------------------------------------------------------------- the record that several forms share


def opened(set_: QuestionSet, folder: Path) -> tuple[Record, Words | None]:
    """The record as it is on disk now, and what the learner should hear about it (None: nothing).

    A fresh folder goes on from a hand-in that lies there. Raises `Trouble` where answers.yaml is another exercise's.
    """
    path, news = record_path(set_, folder), None
    if not path.exists() and not set_.lesson:
        news = _go_on_beside(set_, folder)
    there = path.exists()
    record = load_record(set_, folder)
    if there and not path.exists():
        news = {
            "vi": f"{path.name} cũ không đọc được nên đã cất sang tên khác (answers-unreadable-…); form bắt đầu lại từ trống.",
            "en": f"The old {path.name} could not be read: it was put aside (answers-unreadable-…) and the form starts empty.",
        }
    if record.exercise and same(record.exercise) != same(set_.id):
        raise Trouble(
            vi=f"{path.name} trong thư mục này là của bài {record.exercise}. Hãy để {set_.id} vào một thư mục riêng rồi chạy lại.",
            en=f"{path.name} in this folder is of {record.exercise}. Give {set_.id} a folder of its own and run it again.",
        )
    return record, news


def keep(
    set_: QuestionSet, answers: Mapping[str, Any], folder: Path, learner: Mapping[str, str] | None = None
) -> Record:
    """Put these answers (and whose they are) into the record on disk; what other forms wrote stays. None withdraws.

    Raises `Trouble` or `OSError` where it cannot be written.
    """
    record, _ = opened(set_, folder)
    record = settled(set_, record, current())
    record.answers.update(answers)
    record.learner.update(learner or {})
    record.saved = now()
    save_record(set_, record, folder)
    return record


def settled(set_: QuestionSet, record: Record, lang: str) -> Record:
    """The record ready to be written in ``lang``: no number in it changes its meaning by that.

    YAML's own numbers become numbers (as text ``1.500`` would be read anew), and so do numbers written the way
    of the language the record had before.
    """
    answers, before = dict(record.answers), record.lang if record.lang != lang else None
    answers.update({q.id: settle(q, answers[q.id], before) for q in set_.questions if q.id in answers})
    return replace(record, answers=answers, learner=dict(record.learner), lang=lang)


_NUMERIC = {"version", "year", "baseline", "target", "floor", "stretch", "weight", "lag_days", "amount", "min", "max"}


def settle(question: Question, raw: Any, lang: str | None = None) -> Any:
    """The raw answer with its numbers as numbers: YAML's own always, the reader's form where ``lang`` says how it is read.

    >>> q = Question(id="x-1", kind="number", unit="VND", ask="?")
    >>> settle(q, "1.500", "vi"), settle(q, "1.500"), settle(q, Plain("1.500"))
    (1500, '1.500', 1.5)
    """
    if question.kind == "number":
        return _settled(raw, question.unit, lang)
    return _settled_within(raw, None, lang) if question.kind == "design" else raw


def _settled_within(raw: Any, unit: Any, lang: str | None) -> Any:
    if isinstance(raw, list):
        return [_settled_within(inner, unit, lang) for inner in raw]
    if not isinstance(raw, Mapping):
        return raw
    unit = raw.get("unit") or unit
    return {
        key: _settled(inner, unit, lang)
        if key in _NUMERIC and not isinstance(inner, (Mapping, list))
        else _settled_within(inner, None if key == "points" else unit, lang)
        for key, inner in raw.items()
    }


def _settled(value: Any, unit: Any, lang: str | None) -> Any:
    if not isinstance(value, str) or (lang is None and not yaml_number(value)):
        return value
    try:
        return number(value, unit if isinstance(unit, str) else None, lang).value
    except Trouble:
        return value


def yaml_number(value: Any) -> bool:
    """True for a scalar written without quotes that is a number in YAML itself."""
    try:
        return isinstance(value, Plain) and isinstance(float(value), float)
    except ValueError:
        return False


# ---------------------------------------------------------------- going on from a file


@dataclass(frozen=True)
class WentOn:
    """What came of going on from a file: how many answers it held, and where the old record is kept (None: there was none)."""

    answers: int
    kept: Path | None = None


def go_on(set_: QuestionSet, name: str, data: bytes, folder: Path) -> WentOn:
    """Go on from a file handed over: newest ``saved`` wins, answer by answer where the newest has none.

    Raises `Unreadable` where the file holds no answers to this exercise.
    """
    found = records_in(name, data)
    others = sorted({r.exercise for r in found if r.exercise and same(r.exercise) != same(set_.id)})
    mine = [r for r in found if not r.exercise or same(r.exercise) == same(set_.id)]
    if not any(_answers(set_, r) for r in mine):
        raise Unreadable(name, [_of_others(set_, others)])
    path, kept = record_path(set_, folder), None
    old = load_record(set_, folder) if path.exists() else Record(exercise=set_.id)
    joined = _joined(set_, [*mine, old])
    if path.exists() and joined != old:
        kept = path.with_name(f"{path.stem}-before-{now():%Y%m%d-%H%M%S}.yaml")
        shutil.copyfile(path, kept)
    save_record(set_, joined, folder)
    return WentOn(len({id for r in mine for id in _answers(set_, r)}), kept)


def _of_others(set_: QuestionSet, others: list[str]) -> Words:
    if others:
        return {
            "vi": f"là bài {', '.join(others)}, không phải {set_.id}. Hãy chọn đúng tệp của {set_.id}.",
            "en": f"is of {', '.join(others)}, not {set_.id}. Choose the file of {set_.id}.",
        }
    return {
        "vi": f"không có câu trả lời nào cho {set_.id}. Hãy chọn tệp zip do kpikit.hand_in() tạo ra.",
        "en": f"holds no answers to {set_.id}. Choose the zip that kpikit.hand_in() made.",
    }


def _answers(set_: QuestionSet, record: Record) -> dict[str, Any]:
    return {q.id: record.answers[q.id] for q in set_.questions if record.answers.get(q.id) is not None}


def _joined(set_: QuestionSet, records: list[Record]) -> Record:
    """One record of many: later ``saved`` over earlier; of equals the first given counts."""
    lang, ids = current(), {q.id for q in set_.questions}
    newest_last = records[::-1]
    newest_last.sort(key=lambda r: r.saved.timestamp() if r.saved else 0)
    whole = Record(exercise=set_.id, lang=lang)
    for record in newest_last:
        whole.answers.update({k: v for k, v in settled(set_, record, lang).answers.items() if k in ids})
        whole.learner.update(record.learner)
        whole.saved = record.saved or whole.saved
    whole.answers = {q.id: whole.answers[q.id] for q in set_.questions if q.id in whole.answers}
    return whole


def _go_on_beside(set_: QuestionSet, folder: Path) -> Words | None:
    """In a fresh folder: go on from the newest hand-in of this exercise that lies there."""
    beside = [*folder.glob(f"{set_.id}*.zip"), folder / f"{set_.id}.ipynb"]
    for path in sorted((p for p in beside if p.is_file()), key=lambda p: (p.suffix == ".ipynb", -p.stat().st_mtime)):
        try:
            if path.stat().st_size > BYTES_LIMIT:
                continue
            went = go_on(set_, path.name, path.read_bytes(), folder)
        except (Trouble, OSError):
            continue
        return {
            "vi": f"Làm tiếp từ {path.name}: đã có {went.answers} câu trả lời. Muốn làm lại từ đầu, hãy chuyển tệp ấy đi, xóa answers.yaml rồi chạy lại.",
            "en": f"Going on from {path.name}: it holds {went.answers} answers. To start afresh, move that file away, delete answers.yaml, run again.",
        }
    return None


# ---------------------------------------------------------------- reading what is handed over


def records_in(name: str, data: bytes) -> list[Record]:
    """Every record in a zip, an answers file or a notebook; in a zip, files of other kinds are passed over.

    Raises `Unreadable` where there is none, or too much.
    """
    found, notes = [], list[Words]()
    try:
        bounds = Bounds()
        bounds.data(data)
        for inner, content in unpacked(name, data, bounds, notes):
            try:
                found.append(read_source(inner, content).record)
            except Unreadable as unreadable:
                notes.append({code: unreadable.words[code] for code in LANGUAGES})
    except TooMuch as too_much:
        raise Unreadable(name, [too_much.words]) from None
    if not found and notes:
        raise Unreadable(name, notes)
    return found
