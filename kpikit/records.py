"""The record of answers: answers.yaml, beside an exercise's notebook or in a lesson's own folder.

The blueprint's "A hand-in" says the format.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from .documents import Unreadable, as_yaml, read_tree, write_text
from .language import LANGUAGES, clean
from .questions import QuestionSet

HANOI = timezone(timedelta(hours=7))  # what a time without a zone means


@dataclass
class Record:
    """The content of one answers.yaml: raw answers by question, and whose, in which language, saved when."""

    exercise: str | None = None
    lang: str | None = None
    learner: dict[str, str] = field(default_factory=dict)
    saved: datetime | None = None
    answers: dict[str, Any] = field(default_factory=dict)


def read_record(tree: Any, name: str) -> Record:
    """A record from a tree. Raises `Unreadable` where it is none, or of another version."""
    if not isinstance(tree, Mapping) or not isinstance(tree.get("answers") or {}, Mapping):
        raise Unreadable(
            name,
            [
                {
                    "vi": "không phải một tệp trả lời: cần mục answers với các dòng “câu: trả lời”.",
                    "en": "is no answers file: it needs `answers` with lines of “question: answer”.",
                }
            ],
        )
    if str(tree.get("version") or 1) not in ("1", "1.0"):
        raise Unreadable(
            name,
            [
                {
                    "vi": f"version {tree['version']} chưa đọc được; cần version: 1.",
                    "en": f"version {tree['version']} cannot be read; version: 1 is.",
                }
            ],
        )
    lang, learner = str(tree.get("lang") or "").casefold(), tree.get("learner")
    return Record(
        exercise=clean(str(tree["exercise"])) if tree.get("exercise") else None,
        lang=lang if lang in LANGUAGES else None,
        learner={k: clean(str(v)) for k, v in learner.items() if v} if isinstance(learner, Mapping) else {},
        saved=read_time(tree.get("saved")),
        answers=dict(tree.get("answers") or {}),
    )


def read_time(value: Any) -> datetime | None:
    """An ISO time; without a zone it is +07:00; None where it is none."""
    try:
        read = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=HANOI)


def now() -> datetime:
    """The time now, in the machine's zone, or Vietnam's where the machine keeps UTC (as servers do)."""
    local = datetime.now().astimezone().replace(microsecond=0)
    return local if local.utcoffset() else local.astimezone(HANOI)


def record_path(set_: QuestionSet, folder: Path | None = None) -> Path:
    """Where answers are kept: answers.yaml beside an exercise's notebook, .answers/<lesson>.yaml beside a lesson's."""
    folder = folder or Path.cwd()
    return folder / ".answers" / f"{set_.id}.yaml" if set_.lesson else folder / "answers.yaml"


def load_record(set_: QuestionSet, folder: Path | None = None) -> Record:
    """The record on disk, or an empty one. A file that cannot be read is put aside under another name, never lost."""
    path = record_path(set_, folder)
    if not path.exists():
        return Record(exercise=set_.id)
    try:
        return read_record(read_tree(path), path.name)
    except Unreadable:
        os.replace(path, path.with_name(f"{path.stem}-unreadable-{now():%Y%m%d-%H%M%S}.yaml"))
        return Record(exercise=set_.id)


def save_record(set_: QuestionSet, record: Record, folder: Path | None = None) -> Path:
    """Write the record whole or not at all; gives its path."""
    path = record_path(set_, folder)
    path.parent.mkdir(exist_ok=True)
    tree: dict[str, Any] = {
        "version": 1,
        "exercise": record.exercise or set_.id,
        "lang": record.lang,
        "learner": record.learner,
        "saved": record.saved.isoformat() if record.saved else None,
        "answers": record.answers,
    }
    write_text(path, as_yaml({k: v for k, v in tree.items() if v or k == "answers"}))
    return path
