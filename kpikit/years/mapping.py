"""From a design to the model: what each KPI measures there, how sure that is, and what could not be placed.

A KPI is placed by its metric where the model knows it; else by what it really is (`kpikit.checklist.reading`) and the
words of its name and scorecard; else by a guess. What nobody can tell is left out, and said.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..checklist.reading import Reading, says
from ..companies import Case, Catalogue, UnknownCase
from ..companies import case as open_case
from ..design import Design, Kpi
from ..files import as_design, load
from ..language import Words, current, same, say, show
from .firm import CASH, DEPARTMENTS, FOCUS, MEASURES, PROFIT, REVENUE, Array
from .places import METRICS, NUMBERS, PEOPLE, said, spoken_of
from .setup import NO_FLOOR, Setup, normal

COMPANY_PART, PERSONAL_PART = 0.30, 0.30  # how much people feel the company's scorecard, and their own
ENOUGH_OUTCOME, ENOUGH_DRIVER = 0.10, 0.20  # felt weight from which management can see, and knows where to act
MONTHS_BETWEEN = {"daily": 1, "weekly": 1, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12, None: 12}
NEAREST = ("focus", "support", "focus", "revenue", "cash")  # the outcome nearest to each department
HOW = ("metric", "words", "guess", "none")


@dataclass(frozen=True)
class Placed:
    """One KPI's place. ``how``: metric, words, guess or none; ``whose``: a department of the model, or None for the
    company; ``felt``: its part of all that is felt, 0 to 1; ``card``: its scorecard as written, empty for the company's."""

    id: str
    name: str
    measure: str | None
    whose: str | None
    how: str
    felt: float = 0.0
    scale_guessed: bool = False
    card: str = ""


@dataclass(frozen=True)
class Mapped:
    """A design as the model reads it: the numbers, and how they were come by. Shows itself as text and HTML."""

    setup: Setup
    placed: tuple[Placed, ...]
    goal: str
    goal_how: str
    people: Mapping[str, tuple[str, str]]  # a scorecard -> its department in the model, and how that was known

    @property
    def guessed(self) -> float:
        """The part of what people feel that rests on guesses about the KPI or about whose it is, 0 to 1."""
        return float(sum(p.felt for p in self.placed if p.how == "guess" or (p.scale_guessed and p.how != "none")))

    @property
    def unplaced(self) -> tuple[Placed, ...]:
        """The KPIs that were left out."""
        return tuple(p for p in self.placed if p.how == "none")

    def summary(self, lang: str | None = None) -> str:
        """One sentence: how much was placed how, and what was not."""
        lang = lang or current()
        kind = "all" if not self.unplaced else "some"
        return say(
            _WORDS[kind],
            lang,
            n=len(self.placed),
            guessed=show(round(100 * self.guessed), "%", lang),
            out=[p.name for p in self.unplaced],
            goal=said(self.goal, lang),
        ) + (_WORDS["goal_guess"][lang] if self.goal_how == "guess" else "")

    def rows(self, lang: str | None = None) -> list[dict[str, str]]:
        """The mapping as a table: KPI, what it measures in the model, how that was known, its felt weight."""
        lang = lang or current()
        return [
            {
                _WORDS["kpi"][lang]: p.name,
                _WORDS["place"][lang]: said(p.measure, lang) if p.measure else "-",
                _WORDS["how"][lang]: _HOW[p.how][lang] + (_WORDS["scale"][lang] if p.scale_guessed else ""),
                _WORDS["felt"][lang]: show(round(100 * p.felt, 1), "%", lang),
            }
            for p in self.placed
        ]

    def as_dict(self) -> dict[str, Any]:
        return {
            "goal": self.goal,
            "goal_how": self.goal_how,
            "guessed": round(self.guessed, 4),
            "kpis": [
                {
                    "id": p.id,
                    "name": p.name,
                    "measure": p.measure,
                    "whose": p.whose,
                    "how": p.how,
                    "felt": round(p.felt, 4),
                    "scale_guessed": p.scale_guessed,
                }
                for p in self.placed
            ],
            "people": {card: {"department": d, "how": how} for card, (d, how) in self.people.items()},
        }

    def __str__(self) -> str:
        lang = current()
        return "\n".join([self.summary(lang), *("  " + " | ".join(row.values()) for row in self.rows(lang))])

    def _repr_html_(self) -> str:
        from html import escape

        rows = self.rows()
        head = "".join(f"<th>{escape(k)}</th>" for k in (rows[0] if rows else ()))
        body = "".join("<tr>" + "".join(f"<td>{escape(v)}</td>" for v in row.values()) + "</tr>" for row in rows)
        return f"<p>{escape(self.summary())}</p><table><tr>{head}</tr>{body}</table>"


def read(design: Any) -> Design:
    """A design from a value, a path or a mapping. Raises `kpikit.documents.Unreadable`."""
    if isinstance(design, (str, os.PathLike)):
        return load(design)  # type: ignore[no-any-return]
    return as_design(design)  # type: ignore[no-any-return]


def mapped(design: Any, case: Case | str | None = None) -> Mapped:
    """Place a design in the model. ``case``: whose catalogue says what its metrics are; else the design's own case.

    >>> m = mapped({"kpis": [{"id": "K1", "name": "Số cuộc gọi", "level": "department", "scorecard": "Telesales"}]})
    >>> m.placed[0].measure, m.placed[0].how
    ('activity:general_trade', 'words')
    """
    document = read(design)
    reading = Reading(document, _catalogue(document, case))
    people = _people(reading)
    rows = [_place(reading, kpi, people) for kpi in document.kpis]
    weight = _felt(reading, rows, people)
    goal, goal_how = _goal(reading)
    kept = [n for n, row in enumerate(rows) if row.measure]
    held = normal(weight[:, kept])
    active = held[held.sum(axis=1) > 0]
    felt = active.mean(axis=0) if len(active) else np.zeros(len(kept))
    scales = [_scale(document.kpis[n]) for n in kept]
    measure = np.array([MEASURES.index(str(rows[n].measure)) for n in kept], dtype=np.intp)
    shares = dict(zip(kept, felt, strict=True))
    placed = tuple(
        Placed(
            r.id,
            r.name,
            r.measure,
            r.whose,
            r.how,
            float(shares.get(n, 0.0)),
            n in shares and scales[kept.index(n)][3],
            "" if document.kpis[n].level == "company" else _card(document.kpis[n]),
        )
        for n, r in enumerate(rows)
    )
    made = Setup(
        measure=measure,
        weight=held,
        lines=np.array([s[0] for s in scales]).reshape(-1, 3),
        points=np.array([s[1] for s in scales]).reshape(-1, 3),
        ahead=np.array([s[2] for s in scales]),
        home=np.array([DEPARTMENTS.index(w) if (w := rows[n].whose) else -1 for n in kept], dtype=np.intp),
        names=tuple(rows[n].name for n in kept),
        goal=MEASURES.index(goal),
        budget=_budget(document),
    )
    return Mapped(made.but(**_rhythm(reading, made, felt)), placed, goal, goal_how, people)


def _catalogue(design: Design, case: Case | str | None) -> Catalogue | None:
    if isinstance(case, Case):
        return case.catalogue
    try:
        name = case or design.case
        return open_case(name).catalogue if name else None
    except UnknownCase:
        if case:
            raise
        return None


# ---------------------------------------------------------------- whose it is


def _people(reading: Reading) -> dict[str, tuple[str, str]]:
    """Each scorecard below the company's -> its department in the model: by its words, else the next one free."""
    found: dict[str, tuple[str, str]] = {}
    for card in reading.cards:
        if card.company:
            continue
        near = spoken_of(card.place, PEOPLE)
        if not near:
            heirs = [
                spoken_of(p.scorecard or "", PEOPLE)
                for k in card.kpis
                for p in reading.parents(k)
                if p.level == "department"
            ]
            near = next((h for h in heirs if h), None)
        if not near:
            votes = [v for k in card.kpis if (v := _department_of(k))]
            near = max(votes, key=votes.count) if votes else None
        if near:
            found[card.place] = (near, "words")
    free = [d for d in DEPARTMENTS if d not in {d for d, _ in found.values()}] or list(DEPARTMENTS)
    for n, card in enumerate(c for c in reading.cards if not c.company and c.place not in found):
        found[card.place] = (free[n % len(free)], "guess")
    return found


def _department_of(kpi: Kpi) -> str | None:
    measure = METRICS.get(kpi.metric or "", "")
    return measure.partition(":")[2] or spoken_of(f"{kpi.name or ''} {(kpi.metric or '').replace('_', ' ')}", PEOPLE)


def _card(kpi: Kpi) -> str:
    return kpi.scorecard or kpi.level or "aop"


# ---------------------------------------------------------------- what it measures


def _place(reading: Reading, kpi: Kpi, people: Mapping[str, tuple[str, str]]) -> Placed:
    name, place = reading.name(kpi), reading.place(kpi)
    whose, whose_how = (None, "metric") if kpi.level == "company" else people.get(_card(kpi), (None, "guess"))
    kind, known = reading.kind(kpi), _known(reading, kpi)
    if known:
        measure, how = _kept_at_home(known, whose), "metric"
    elif kind is None:
        return Placed(place, name, None, whose, "none")
    else:
        measure, how = _by_words(reading, kpi, kind, whose)
    return Placed(place, name, measure, whose, "guess" if whose_how == "guess" else how)


def _known(reading: Reading, kpi: Kpi) -> str | None:
    """What the metric says: what the table knows; the goal's own metric measures the goal."""
    goal = next(iter(reading.primary), None)
    if kpi.metric and goal and same(goal.metric) == same(kpi.metric):
        return _goal(reading)[0]
    return METRICS.get(kpi.metric or "")


def _kept_at_home(measure: str, whose: str | None) -> str:
    """Activity, compliance and local numbers are those of whoever is measured; the company's activity is everyone's."""
    sort = measure.partition(":")[0]
    if sort == "activity":
        return f"activity:{whose}" if whose else "activities"
    return f"{sort}:{whose}" if sort in ("compliance", "local") and whose else measure


def _by_words(reading: Reading, kpi: Kpi, kind: str, whose: str | None) -> tuple[str, str]:
    text = f"{kpi.name or ''} {(kpi.metric or '').replace('_', ' ')}"
    near = spoken_of(text, PEOPLE)
    if kind == "activity":
        return (f"activity:{whose}" if whose else "activities"), "words"
    if kind == "compliance":
        return f"compliance:{whose or near or DEPARTMENTS[4]}", "words"
    if whose and kpi.level and _serves_only_itself(reading, kpi):
        return f"local:{whose}", "words"
    if kind == "driver":
        if not whose and kpi.origin == "habit" and _serves_only_itself(reading, kpi):
            return "activities", "words"  # a number kept from last year that leads nowhere is moved by whatever is seen
        own = whose or near
        return (f"driver:{own}" if own else "drivers"), "words"
    number = spoken_of(text, NUMBERS)
    if number == "revenue" and whose:
        return NEAREST[DEPARTMENTS.index(whose)] if whose != DEPARTMENTS[4] else "revenue", "words"
    if number:
        return number, "words"
    return _goal(reading)[0], "guess"


def _serves_only_itself(reading: Reading, kpi: Kpi) -> bool:
    """A department's number that says neither what it gives nor leads to an outcome of its goal (D3)."""
    return not says(kpi.contributes) and not reading.leads_to_outcome(kpi) and not reading.parents(kpi)


def _goal(reading: Reading) -> tuple[str, str]:
    """The number the first primary goal speaks of: revenue, profit or cash."""
    goal = next(iter(reading.primary or reading.aop.goals), None)
    if goal is None:
        return "revenue", "guess"
    if (known := METRICS.get(goal.metric or "")) in ("revenue", "profit", "cash"):
        return str(known), "metric"
    near = spoken_of(f"{goal.name or ''} {(goal.metric or '').replace('_', ' ')}", NUMBERS)
    if near in ("revenue", "profit", "cash"):
        return near, "words"
    return "revenue", "words" if near or known else "guess"


# ---------------------------------------------------------------- weights, scales, rhythm, money


def _felt(reading: Reading, rows: list[Placed], people: Mapping[str, tuple[str, str]]) -> Array:
    """How much of each department's score each KPI is (5, n): the company's scorecard, the department's, the persons'."""
    parts = np.zeros((3, 5, len(rows)))  # company, department, person
    where = {id(k): n for n, k in enumerate(reading.kpis)}
    for card in reading.cards:
        level = 0 if card.company else 2 if card.level == "individual" else 1
        for kpi in card.kpis:
            n = where[id(kpi)]
            if rows[n].measure is None:
                continue
            share = (kpi.weight or 0) / card.total if card.total else 1 / len(card.kpis)
            if card.company:
                parts[0, :, n] += share
            elif whose := rows[n].whose:
                parts[level, DEPARTMENTS.index(whose), n] += share
    parts = np.stack([normal(part) for part in parts])
    has = parts.sum(axis=2, keepdims=True) > 0
    part = np.array([COMPANY_PART, 1 - COMPANY_PART - PERSONAL_PART, PERSONAL_PART])[:, None, None] * has
    own = part[1] + part[2]
    part[1:] *= np.divide(1 - part[0], own, out=np.zeros_like(own), where=own > 0)
    part[0] = np.where(own > 0, part[0], has[0])
    return (part * parts).sum(axis=0)  # type: ignore[no-any-return]


def _scale(kpi: Kpi) -> tuple[tuple[float, float, float], tuple[float, float, float], float, bool]:
    """Floor, target and stretch in x, points in hundredths, x already won, and whether the scale had to be guessed."""
    s, base = kpi.scale, kpi.baseline
    points = tuple(s.points.at(line) / 100 for line in ("floor", "target", "stretch"))
    low, mid, top = points
    floor, stretch = (0.5 if s.floor is not None else NO_FLOOR), (1.25 if s.stretch is not None else 1.0)
    ahead, guessed = 0.0, s.target is None or base is None
    if s.target is not None and base is not None:
        step = (s.target - base) if kpi.up else (base - s.target)
        sign = 1 if kpi.up else -1
        if step <= 0:
            ahead = 1.0
        elif step > 0:
            if s.floor is not None:
                floor = float(np.clip(sign * (s.floor - base) / step, NO_FLOOR, 1.0))
            if s.stretch is not None:
                stretch = float(np.clip(sign * (s.stretch - base) / step, 1.0, 4.0))
    return (floor, 1.0, stretch), (low if floor > NO_FLOOR else 0.0, mid, top if stretch > 1 else mid), ahead, guessed


def _budget(design: Design) -> float:
    """The part of the budget on primary goals; 0.75 where no budget names a goal."""
    lines = [(b.amount or 0, b.goal) for b in design.aop.budget if b.goal]
    total, primary = sum(a for a, _ in lines), {g.id for g in design.aop.primary}
    return float(np.clip(sum(a for a, g in lines if g in primary) / total, 0.3, 0.95)) if total > 0 else 0.75


def _rhythm(reading: Reading, made: Setup, felt: Array) -> dict[str, Any]:
    review = reading.review
    every = MONTHS_BETWEEN[review.cadence]
    outcomes = [k for k in reading.company.kpis if reading.is_outcome(k)]
    if outcomes:
        every = max(every, min(MONTHS_BETWEEN[k.cadence or review.cadence] for k in outcomes))
    whole = np.isin(made.measure, (REVENUE, PROFIT, CASH, FOCUS))
    return {
        "every": every,
        "analyst": says(review.analyst),
        "decides": says(review.decides),
        "updates": any(says(t) for t in review.triggers),
        "sees": float(min(1.0, felt[whole & (made.home < 0)].sum() / ENOUGH_OUTCOME)),
        "knows": float(min(1.0, felt[made.driver].sum() / ENOUGH_DRIVER)),
    }


_HOW: Mapping[str, Words] = {
    "metric": {"vi": "theo chỉ số", "en": "by its metric"},
    "words": {"vi": "theo loại và tên", "en": "by kind and name"},
    "guess": {"vi": "đoán", "en": "a guess"},
    "none": {"vi": "không đặt được", "en": "could not be placed"},
}
_WORDS: Mapping[str, Words] = {
    "kpi": {"vi": "KPI", "en": "KPI"},
    "place": {"vi": "Trong năm giả lập", "en": "In the simulated year"},
    "how": {"vi": "Biết nhờ", "en": "Known"},
    "felt": {"vi": "Phần người làm cảm thấy", "en": "Part that people feel"},
    "scale": {"vi": ", thang đo đoán", "en": ", scale guessed"},
    "all": {
        "vi": "Cả {n} KPI đều có chỗ trong mô hình; mục tiêu được đọc là {goal}. {guessed} câu trả lời dựa trên phỏng đoán.",
        "en": "All {n} KPIs have a place in the model; the goal is read as {goal}. {guessed} of the answer rests on guesses.",
    },
    "some": {
        "vi": "Trong {n} KPI có những KPI không đặt được, nên bỏ ra ngoài: {out}. Mục tiêu được đọc là {goal}. {guessed} câu trả lời dựa trên phỏng đoán.",
        "en": "Of {n} KPIs some could not be placed and were left out: {out}. The goal is read as {goal}. {guessed} of the answer rests on guesses.",
    },
    "goal_guess": {
        "vi": " Bản thiết kế không nói rõ mục tiêu là con số nào.",
        "en": " The design does not say which number its goal is.",
    },
}
