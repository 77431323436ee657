"""A case as its tests ask it: sums and years of its metrics, and the numbers that its story tells."""

import re

import pandas as pd
import pytest

from kpikit.companies import case
from kpikit.metrics import metric

Fact = tuple[float, int]  # a value and the decimals it is told with
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CODE = re.compile(r"\b[A-Z]+\d+\b|\b5S\b")  # B07, KH03, MT05: names, not numbers


def told(value: float, decimals: int, lang: str) -> str:
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


class Firm:
    """One case; `where` narrows a metric to one part, e.g. shop="Hiên Nhà Hòa Khánh"."""

    def __init__(self, id: str) -> None:
        self.case = case(id)

    def by(self, id: str, by: str = "month", **where: str) -> pd.DataFrame:
        """Actual and plan by period."""
        split = next(iter(where), None)
        table = metric(self.case, id, by=by, split=split)
        if split:
            table = table[table[split] == where[split]]
        return table.set_index("period")

    def over(self, id: str, first: str, last: str, side: str = "actual", **where: str) -> float:
        """A summed metric from one month to another, both in."""
        return float(self.by(id, **where)[side].loc[first:last].sum())

    def year(self, id: str, of: str = "2026", side: str = "actual", **where: str) -> float:
        return float(self.by(id, "year", **where)[side][of])

    def grown(self, id: str, **where: str) -> float:
        """2026 against 2025, percent."""
        return self.year(id, **where) / self.year(id, "2025", **where) * 100 - 100

    def gap(self, id: str, first: str, last: str, **where: str) -> float:
        """What it is short of its plan from one month to another."""
        return self.over(id, first, last, "plan", **where) - self.over(id, first, last, **where)

    def attained(self, id: str, **where: str) -> "pd.Series[float]":
        """The months as parts of their plan, while there are actuals."""
        months = self.by(id, **where)
        return (months["actual"] / months["plan"]).dropna()

    def link(self, cause: str, effect: str, lag: int = 0, **where: str) -> float:
        """Correlation of the months of one metric with those of another, so many months later."""
        causes, effects = (self.by(id, **where)["actual"] for id in (cause, effect))
        return float(causes.corr(effects.shift(-lag)))

    def story_errors(self, facts: list[Fact], names: dict[str, str]) -> list[str]:
        """Numbers that the figures have and a story lacks, or that a story tells and nothing backs.

        `names` holds, by language, what is told and not computed: dates, counts of teams, talk.
        """
        errors = []
        for lang, known in names.items():
            story = set(NUMBER.findall(CODE.sub("", self.case.story(lang))))
            figures = {told(*fact, lang) for fact in facts}
            errors += [f"{lang}: the story lacks {n}" for n in sorted(figures - story)]
            errors += [f"{lang}: nothing backs {n}" for n in sorted(story - figures - set(known.split()))]
            errors += [f"{lang}: {n} is not in the story" for n in sorted(set(known.split()) - story)]
        return errors


@pytest.fixture(scope="module")
def firm(request: pytest.FixtureRequest) -> Firm:
    """The case that the test module names in CASE."""
    return Firm(request.module.CASE)
