"""A design as the checks read it: what each KPI really is, who serves which goal, what says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from ..companies import Catalogue
from ..design import Design, Goal, Kpi, Limit, Scorecard, scorecards
from ..kinds import classify
from ..language import Words, same
from .problem import Term

CERTAIN = 0.9  # from this confidence on, the name outweighs the designer's word

PLACEHOLDERS = {
    "x",
    "-",
    "--",
    ".",
    "..",
    "...",
    "…",
    "?",
    "tbd",
    "n/a",
    "na",
    "none",
    "null",
    "chưa có",
    "không",
    "không có",
}
_LONGER = 20  # characters: a design's texts are trimmed, so what is longer is no placeholder in any spelling


def says(text: str | None) -> bool:
    """True where a text is more than a placeholder.

    >>> says("Trưởng phòng KAM"), says(" TBD "), says(None)
    (True, False, False)
    """
    if not text:
        return False
    return len(text) > _LONGER or same(text) not in PLACEHOLDERS | {""}


def limit_says(limit: Limit) -> bool:
    """True where a limit has words, or a metric with a bound (E1)."""
    return says(limit.text) or (says(limit.metric) and (limit.min is not None or limit.max is not None))


_RESULT = {"outcome": "result", "driver": "result"}
_named = lru_cache(maxsize=1024)(classify)  # a design is checked again and again while it is being mended


class Reading:
    """A design beside a case's catalogue (or none): the facts that the 24 checks share."""

    def __init__(self, design: Design, catalogue: Catalogue | None = None) -> None:
        self.design, self.catalogue = design, catalogue
        self.aop, self.kpis, self.review = design.aop, design.kpis, design.review
        self.goals = {g.id: g for g in design.aop.goals if g.id}
        self.primary = [g for g in design.aop.goals if g.role == "primary"]
        self._places = {id(k): k.id or f"kpis #{n}" for n, k in enumerate(design.kpis, 1)}
        self._kinds = {id(k): self._really_is(k) for k in design.kpis}

    # ------------------------------------------------------------ places

    def place(self, part: Kpi | Goal) -> str:
        """The id a finding names; a part without one is named by its position."""
        if isinstance(part, Goal):
            return part.id or f"goals #{next(n for n, g in enumerate(self.aop.goals, 1) if g is part)}"
        return self._places[id(part)]

    def name(self, part: Kpi | Goal) -> str:
        """What a sentence calls it: its name, else its place."""
        return part.name or self.place(part)

    def names(self, parts: Iterable[Kpi] | Iterable[Goal]) -> list[str]:
        return [self.name(p) for p in parts]

    def choice(self, parts: Iterable[Kpi] | Iterable[Goal]) -> list[str]:
        """Parts to choose from, the id that one types first: “G1 (Tăng doanh thu 20%)”."""
        return [f"{p.id} ({p.name})" if p.name else p.id for p in parts if p.id]

    def card(self, card: Scorecard) -> str | Term:
        """A scorecard as a sentence names it."""
        named = not card.company and card.kpis[0].scorecard
        return card.place if named else Term(card.level or "unnamed")

    # ------------------------------------------------------------ kinds

    def kind(self, kpi: Kpi) -> str | None:
        """What a KPI really is: outcome, driver, activity, compliance, or None where nobody says."""
        return self._kinds[id(kpi)][0]

    def miscalled(self, kpi: Kpi) -> tuple[str, Words] | None:
        """What a KPI really is, and why, where that is not what its designer calls it; else None."""
        kind, because = self._kinds[id(kpi)]
        return (kind, because) if kind and kpi.kind and kind != kpi.kind else None

    def named_otherwise(self, kpi: Kpi) -> tuple[str, str, Words] | None:
        """What the catalogue calls a KPI's metric, what its name certainly says instead, and why; else None.

        Outcome and driver are one here, both results: which of the two is the case's choice. A KPI named as
        the catalogue names its metric is the case's own word.
        """
        metric = self.catalogue.get(kpi.metric) if self.catalogue and kpi.metric else None
        if not metric or not kpi.name or same(kpi.name) in map(same, metric.name.values()):
            return None
        named = _named(kpi.name)
        differ = _RESULT.get(named.kind, named.kind) != _RESULT.get(metric.kind, metric.kind)
        return (metric.kind, named.kind, named.because) if differ and named.confidence >= CERTAIN else None

    def _really_is(self, kpi: Kpi) -> tuple[str | None, Words]:
        if metric := self.catalogue.get(kpi.metric) if self.catalogue and kpi.metric else None:
            return metric.kind, {
                "vi": "danh mục chỉ số của tình huống xếp như vậy",
                "en": "the case's catalogue says so",
            }
        named = _named(kpi.name or "")
        certain = named.confidence >= CERTAIN and bool(kpi.name)
        goal = self.goals.get(kpi.goal or "")
        own = goal and kpi.metric and same(kpi.metric) == same(goal.metric)
        if own and not (certain and named.kind in ("activity", "compliance")):
            return "outcome", {"vi": "đó là chính chỉ số của mục tiêu", "en": "it is the goal's own metric"}
        if certain:
            return named.kind, named.because
        return kpi.kind, named.because

    def is_outcome(self, kpi: Kpi) -> bool:
        return self.kind(kpi) == "outcome"

    def is_driver(self, kpi: Kpi) -> bool:
        return self.kind(kpi) == "driver"

    def is_compliance(self, kpi: Kpi) -> bool:
        return self.kind(kpi) == "compliance"

    def is_unproven(self, kpi: Kpi) -> bool:
        """An activity whose evidence says nothing (A4, A5)."""
        return self.kind(kpi) == "activity" and not says(kpi.evidence)

    # ------------------------------------------------------------ goals and scorecards

    @cached_property
    def cards(self) -> list[Scorecard]:
        return scorecards(self.design)

    @cached_property
    def company(self) -> Scorecard:
        """The company scorecard; without KPIs where the design has none of level company."""
        return next((c for c in self.cards if c.company), Scorecard("company", "company", []))

    def of(self, goal: Goal, kpis: Iterable[Kpi]) -> list[Kpi]:
        """Those KPIs that name this goal."""
        return [k for k in kpis if goal.id and k.goal == goal.id]

    def serves_primary(self, kpi: Kpi) -> bool:
        goal = self.goals.get(kpi.goal or "")
        return goal is not None and goal.role == "primary"

    def parents(self, kpi: Kpi) -> list[Kpi]:
        """The KPIs that this one names as its parents and that exist."""
        return [k for k in self.kpis if k.id and k.id in kpi.parents]

    @cached_property
    def _onward(self) -> dict[str, set[str]]:
        """From each KPI's id, the ids that its parents and links name."""
        onward: dict[str, set[str]] = {k.id: set(k.parents) for k in self.kpis if k.id}
        for link in self.design.links:
            onward.setdefault(link.cause or "", set()).add(link.effect or "")
        return onward

    def leads_to_outcome(self, kpi: Kpi) -> bool:
        """True where parents and links, over any steps, lead to another KPI, an outcome of the goal."""
        by_id = {k.id: k for k in self.kpis if k.id}
        waiting, seen = set(kpi.parents) | self._onward.get(kpi.id or "", set()), {kpi.id}
        while waiting:
            step = waiting.pop()
            if step in seen or step not in by_id:
                continue
            seen.add(step)
            if by_id[step].goal == kpi.goal and self.is_outcome(by_id[step]):
                return True
            waiting |= self._onward.get(step, set())
        return False
