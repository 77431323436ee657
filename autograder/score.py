"""An answer and its key give a share of the points and reasons.

A key is a function in ``keys/<exercise>.py``; its words, misconceptions and samples lie in the ``.yaml`` of the
same name. Keys are the instructor's own code; what a learner wrote reaches them as plain values only.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kpikit.companies import Case, case
from kpikit.documents import read_tree
from kpikit.language import LANGUAGES, Trouble, Words, say
from kpikit.questions import Answer, Marked, Marker, Question, QuestionSet

KEYS = Path(__file__).resolve().parent / "keys"

UNANSWERED = {"vi": "Câu này chưa có trả lời.", "en": "This question has no answer."}
UNREAD = {
    "vi": "Câu trả lời chưa đọc được nên chưa có điểm.",
    "en": "The answer could not be read, so it has no points yet.",
}
BY_HAND = {"vi": "Câu này người chấm đọc và cho điểm.", "en": "A person reads and marks this answer."}
KEY_FAILED = {
    "vi": "Đáp án chưa chấm được câu này; người chấm sẽ chấm tay.",
    "en": "The key could not mark this answer; a person will.",
}


class Reason:
    """A reason by its name in the key's YAML, with the facts its words quote."""

    def __init__(self, name: str, /, **facts: Any) -> None:
        self.name, self.facts = name, facts

    def __repr__(self) -> str:
        return f"Reason({self.name!r})"


class Credit:
    """What an answer earns: a share of the points, 0 to 1, and why.

    ``reasons``: names in the key's YAML, `Reason` values with facts, or {"vi": ..., "en": ...}.

    >>> Credit(0.5, ["partly"]).share
    0.5
    """

    def __init__(self, share: float, reasons: Iterable[Reason | Words | str] | Reason | Words | str = ()) -> None:
        self.share = float(share)
        one = isinstance(reasons, (str, Reason, Mapping))
        self.reasons: list[Reason | Words | str] = [reasons] if one else list(reasons)  # type: ignore[list-item,arg-type]
        if not 0 <= self.share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not at {share}")


KeyFunction = Callable[..., Credit]


def key(id: str, after: Iterable[str] = ()) -> Callable[[KeyFunction], KeyFunction]:
    """Mark a function as the key of a question: ``@key("ex01-q1") def ...(answer, case) -> Credit``.

    ``after``: earlier questions this answer rests on. The function then takes a third argument, what was answered
    there (question's id -> value; an unanswered one is not in it), so that a later answer which is right on an
    earlier wrong one is marked on it: ``@key("ex03-q4", after=["ex03-q2"]) def ...(answer, case, earlier)``.
    """

    def mark(function: KeyFunction) -> KeyFunction:
        function.key_of, function.after = id, tuple(after)  # type: ignore[attr-defined]
        return function

    return mark


@dataclass(frozen=True)
class Keys:
    """The keys of one exercise: functions and entries by question."""

    functions: dict[str, KeyFunction] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    case: Case | None = None


@dataclass(frozen=True)
class Scored:
    """One question scored. ``earned`` is None where it waits for a hand; ``named``: the misconceptions seen, as told."""

    id: str
    points: float
    earned: float | None
    answered: bool
    reasons: tuple[Words, ...] = ()
    named: Mapping[str, Words] = field(default_factory=dict)
    lessons: tuple[str, ...] = ()


@cache
def load_keys(exercise: str, folder: Path = KEYS, case_id: str | None = None) -> Keys:
    """The keys of an exercise from a folder. Raises `Trouble` where it holds none."""
    code, words = folder / f"{exercise}.py", folder / f"{exercise}.yaml"
    if not code.is_file():
        raise Trouble(
            vi=f"{folder} không có đáp án {exercise}.py. Hãy chỉ đúng thư mục bằng --keys.",
            en=f"{folder} holds no key {exercise}.py. Name the right folder with --keys.",
        )
    spec = importlib.util.spec_from_file_location(f"keys_{exercise}", code)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    functions = {f.key_of: f for f in vars(module).values() if hasattr(f, "key_of")}
    entries = read_tree(words) if words.is_file() else {}
    return Keys(functions, entries, case(case_id) if case_id else None)


def score(question: Question, answer: Answer, keys: Keys, earlier: Mapping[str, Any] | None = None) -> Scored:
    """Score one answer; a key that fails on it leaves it to a person and never stops a class.

    ``earlier``: the values answered elsewhere in the same hand-in, for keys whose question rests on them.
    """
    scored = _Scoring(question, keys.entries.get(question.id) or {})
    if answer.value is None:
        return scored.give(0.0, [*answer.remarks, UNREAD if answer.remarks else UNANSWERED], answered=False)
    function = keys.functions.get(question.id)
    if question.by_hand or function is None:
        return scored.give(None, [*answer.remarks, BY_HAND])
    try:
        credit = credit_of(function, answer.value, keys.case, earlier or {})
        return scored.give(credit.share, [*answer.remarks, *credit.reasons])
    except Exception as error:  # a key is the instructor's code: its fault must not cost a learner
        told = {code: f"{KEY_FAILED[code]} ({type(error).__name__})" for code in LANGUAGES}
        return scored.give(None, [*answer.remarks, told])


def credit_of(function: KeyFunction, value: Any, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """What a key says to a value, and to the earlier answers it rests on, where it rests on some."""
    after: tuple[str, ...] = getattr(function, "after", ())
    if not after:
        return function(value, case)
    return function(value, case, {id: earlier[id] for id in after if earlier.get(id) is not None})


class _Scoring:
    """Turns a share and reasons into a `Scored`, with the words of one question's entry."""

    def __init__(self, question: Question, entry: Mapping[str, Any]) -> None:
        self.question, self.entry = question, entry

    def give(self, share: float | None, reasons: Iterable[Any], *, answered: bool = True) -> Scored:
        told, named, lessons = [], {}, []
        for reason in reasons:
            if isinstance(reason, str):
                reason = Reason(reason)
            if not isinstance(reason, Reason):
                told.append({code: reason[code] for code in LANGUAGES})
                continue
            words = (self.entry.get("reasons") or {}).get(reason.name)
            if words is None:  # a private key may give its reason as a plain sentence
                told.append(dict.fromkeys(LANGUAGES, reason.name))
                continue
            told.append({code: say(words, code, **reason.facts) for code in LANGUAGES})
            if str(words.get("misconception")) == "true":
                named[reason.name] = told[-1]
            if words.get("lesson"):
                lessons.append(str(words["lesson"]))
        earned = None if share is None else round(share * self.question.points, 2)
        if earned is not None and earned < self.question.points and not lessons and self.entry.get("lesson"):
            lessons.append(str(self.entry["lesson"]))
        return Scored(
            self.question.id, self.question.points, earned, answered, tuple(told), named, tuple(dict.fromkeys(lessons))
        )


def keys_in_reach(set_: QuestionSet) -> Marker | None:
    """The entry point ``kpikit.keys``: who marks this exercise for a learner at home; None where no key lies here."""
    if not (KEYS / f"{set_.id}.py").is_file():
        return None
    keys = load_keys(set_.id, KEYS, set_.case)

    def mark(question: Question, value: Any, earlier: Mapping[str, Any] | None = None) -> Marked:
        scored = score(question, Answer(value), keys, earlier)
        share = None if scored.earned is None else scored.earned / (question.points or 1)
        return Marked(share, scored.reasons, (keys.entries.get(question.id) or {}).get("solution"))

    return mark
