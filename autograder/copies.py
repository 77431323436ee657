"""Hand-ins near each other, or near what the kit ships: told to the instructor, never to the learner, never in a score.

Free writing is compared (texts and designs), in runs of words: what two people share by chance is short, and what the
question itself says counts for nobody. Two answers are near where most of the shorter one's runs stand in the other.
A near copy may have a good reason (two people worked together, a quotation); a person decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kpikit.companies import case, cases
from kpikit.files import load
from kpikit.language import LANGUAGES, Trouble, clean
from kpikit.questions import Question, QuestionSet, plain, read_answer, shown

from .score import Keys

RUN = 6  # words
FEWEST = 15  # runs an answer must have to be compared: about twenty words of its own
NEAR = 0.6  # of the shorter answer's runs
KEYS_DESIGNS = Path(__file__).resolve().parent / "keys" / "designs"


@dataclass(frozen=True)
class Near:
    """Answers to one question that are near each other: learners, and titles of shipped texts; ``share`` 0 to 1."""

    question: str
    learners: tuple[str, ...]
    shipped: tuple[str, ...]
    share: float  # the largest between two of them
    quote: str  # a run of words they share


Run = tuple[str, ...]
Runs = frozenset[Run]
Who = tuple[str, str]  # (learner, "") or ("", title of what is shipped)


def near_copies(questions: QuestionSet, records: list[dict[str, Any]], keys: Keys | None = None) -> list[Near]:
    """Every group of answers of a class near each other, question by question, the nearest first.

    ``records``: the graded records of an exercise. ``keys``: the model answers are among what the kit ships.
    """
    found: list[Near] = []
    own = frozenset(run for text in _said(questions) for run in _runs([text]))
    for question in questions.questions:
        if question.kind not in ("text", "design"):
            continue
        written: dict[Who, Runs] = {("", title): _runs(lines) - own for title, lines in _shipped(question, keys)}
        for record in records:
            read = next(q["read"] for q in record["questions"] if q["id"] == question.id)
            written[record["learner"], ""] = _runs(read["vi"]) - own
        found += _near(question.id, {who: runs for who, runs in written.items() if len(runs) >= FEWEST})
    return sorted(found, key=lambda near: (-near.share, near.question, near.learners))


def _near(question: str, written: Mapping[Who, Runs]) -> Iterator[Near]:
    """Groups joined by being near; a group without a learner (two shipped texts) is nobody's business."""
    group = {who: who for who in written}

    def head(who: Who) -> Who:
        while group[who] != who:
            who = group[who]
        return who

    pairs: dict[tuple[Who, Who], tuple[float, Run]] = {}
    for one, other in _candidates(written):
        both = written[one] & written[other]
        share = len(both) / min(len(written[one]), len(written[other]))
        if share >= NEAR and (one[0] or other[0]):
            pairs[one, other] = (share, max(both, key=_telling))
            group[head(other)] = head(one)
    joined: dict[Who, list[tuple[Who, Who]]] = defaultdict(list)
    for pair in pairs:
        joined[head(pair[0])].append(pair)
    for some in joined.values():
        members = sorted({who for pair in some for who in pair})
        share, quote = max(pairs[pair] for pair in some)
        yield Near(
            question,
            tuple(learner for learner, _ in members if learner),
            tuple(title for learner, title in members if not learner),
            round(share, 2),
            " ".join(quote),
        )


def _candidates(written: Mapping[Who, Runs]) -> set[tuple[Who, Who]]:
    """Pairs worth comparing. Those who share a run stand in line and each is laid beside the next, so that a text the
    whole class copied costs a line and not a square, and still ends in one group."""
    holders: dict[Run, list[Who]] = defaultdict(list)
    for who in sorted(written):
        for run in written[who]:
            holders[run].append(who)
    return {pair for line in holders.values() for pair in pairwise(line)}


def _runs(lines: Iterable[str]) -> Runs:
    words = re.findall(r"\d[\d.,]*|\w+", clean(" ".join(lines)).casefold())  # a number is one word
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _telling(run: Run) -> tuple[int, Run]:
    """How much a shared run shows a reader: the one with most letters."""
    return sum(letter.isalpha() for word in run for letter in word), run


def _said(questions: QuestionSet) -> Iterator[str]:
    """What the exercise says itself; to quote it is no copying."""
    for question in questions.questions:
        for lang in LANGUAGES:
            yield question.ask[lang]
            yield from (getattr(line, lang) for line in question.rubric)
        for words in (question.hint or {}, *question.items.values(), *question.options.values()):
            yield from words.values()
        yield str(question.given)


def _shipped(question: Question, keys: Keys | None) -> Iterator[tuple[str, list[str]]]:
    """The kit's own texts this answer could have been taken from, with their titles."""
    if keys and (entry := keys.entries.get(question.id)):
        model = read_answer(question, entry.get("model"), "vi").value
        yield "keys", [*(shown(question, model, "vi")), *(entry.get("solution") or {}).values()]
    if question.kind != "design":
        return
    for name in cases():
        for design in case(name).designs:
            yield f"{name}/{design}", _as_answer(question, case(name).design(design))
    for path in sorted(KEYS_DESIGNS.glob("*.yaml")):
        yield f"keys/{path.stem}", _as_answer(question, load(path))


def _as_answer(question: Question, design: Any) -> list[str]:
    """A whole design as this question would show it."""
    try:
        return shown(question, read_answer(question, plain(design), "vi").value, "vi")
    except Trouble:
        return []
