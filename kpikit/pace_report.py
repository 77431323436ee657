"""What `kpikit.pace` gives: values by month and by unit, shown as text, HTML or JSON in the reader's language."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from .companies import Metric
from .language import Amount, Words, current, fact, say, show
from .run_rate_words import MONTHS, VERDICTS, WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class MonthSeen:
    """The year as one sees it at a month's end. Values are in the metric's unit.

    ``to_date`` and ``plan_to_date``: year to date; ``forecast``, ``low``, ``high``: the year's end; ``needed``:
    what the months left must bring (a sum) or average (a rate), ``plan_left`` their plan; None in December.
    """

    month: int
    actual: float
    plan: float
    to_date: float
    plan_to_date: float
    forecast: float
    low: float
    high: float
    verdict: str
    needed: float | None
    plan_left: float | None


@dataclass(frozen=True)
class UnitGap:
    """A unit to date: ``actual``, ``plan``, and ``behind``, its part of what is missing (a rate's in its numerator)."""

    unit: str
    actual: float
    plan: float
    behind: float


@dataclass(frozen=True)
class Pace:
    """What `kpikit.pace` gives. Print it, show it in a notebook, draw `figure()`, or take `as_dict()` for JSON.

    ``months``: one `MonthSeen` for each month so far; ``goal``: the year's; ``before``: the year before by
    month (None where growth cannot be said); ``money_of`` and ``slipped``: the metric that tells the cost, and
    by how much it fell behind its plan in each month.
    """

    case: str
    company: Words
    metric: Metric
    year: str
    months: list[MonthSeen]
    goal: float
    adds_up: bool
    before: tuple[float, ...] | None
    plan: tuple[float, ...]
    units: list[UnitGap] = field(repr=False)
    money_of: Metric
    slipped: tuple[float, ...]

    @property
    def month(self) -> int:
        """The month at whose end one looks, 1 to 12."""
        return self.now.month

    @property
    def now(self) -> MonthSeen:
        """The last month so far."""
        return self.months[-1]

    @property
    def verdict(self) -> str:
        """``within_reach``, ``at_risk`` (short, but the goal is in the range), ``off_course`` (the goal is outside the
        range); at year's end ``reached`` or ``missed``."""
        return self.now.verdict

    @cached_property
    def seen(self) -> int | None:
        """The earliest month at whose end the miss could be seen: off course, and so ever since. None where there is none."""
        if self.verdict not in ("off_course", "missed"):
            return None
        first = None
        for m in reversed(self.months):
            if m.verdict not in ("off_course", "missed"):
                break
            first = m.month
        return first

    @property
    def late(self) -> int:
        """Months from the one in which the miss could be seen to the present one."""
        return self.month - self.seen if self.seen else 0

    @property
    def cost(self) -> float:
        """By how much `money_of` fell further behind its plan in those months."""
        return sum(self.slipped[self.seen :]) if self.seen else 0.0

    @property
    def counted_in(self) -> str:
        """The unit that `UnitGap.behind` is in: the metric's, or a rate's numerator's."""
        return self.metric.unit if self.adds_up or self.money_of.unit == self.metric.unit else self.metric.id

    @property
    def bottleneck(self) -> UnitGap | None:
        """The unit with the largest part of what is missing; None where nothing is missing or there are no units."""
        worst = self.units[0] if len(self.units) > 1 else None
        return worst if worst and worst.behind > 0 and self.verdict != "reached" else None

    @property
    def bottleneck_share(self) -> float:
        """Its percent of all that units are behind (those ahead are not set off against it)."""
        behind = sum(u.behind for u in self.units if u.behind > 0)
        return 100 * self.bottleneck.behind / behind if self.bottleneck else 0.0

    def growth(self, month: int, rest: bool = False) -> float | None:
        """Percent on the same period so far; with ``rest``, what the months left need."""
        if self.before is None or (rest and month == 12):
            return None
        base = sum(self.before[month:]) if rest else sum(self.before[:month])
        value = self.months[month - 1].needed if rest else self.months[month - 1].to_date
        return None if value is None else 100 * (value / base - 1)

    def over_plan(self, month: int) -> float | None:
        """By how many percent the months left must beat their own plan; None at year's end, or where the plan is not above 0."""
        m = self.months[month - 1]
        if m.needed is None or m.plan_left is None or m.plan_left <= 0 or not self.adds_up:
            return None
        return 100 * (m.needed / m.plan_left - 1)

    # ---- shown

    def value(self, number: float, unit: str | None = None) -> Amount:
        """A number as a manager would say it: three or four figures."""
        return Amount(near(number), unit or self.metric.unit)

    @property
    def sentence(self) -> str:
        """Verdict, forecast and goal in one sentence, in the language in force."""
        return self._sentence(current())

    def _sentence(self, lang: str) -> str:
        now = self.now
        facts = {
            "verdict": VERDICTS[now.verdict][lang].capitalize(),
            "forecast": self.value(now.forecast),
            "low": self.value(now.low),
            "high": self.value(now.high),
            "goal": self.value(self.goal),
        }
        if now.month < 12:
            return say(WORDS["open"], lang, **facts)
        if self.adds_up and self.goal > 0:
            gap = signed(100 * (now.forecast / self.goal - 1), "%", lang)
        elif self.metric.unit == "%":
            gap = f"{signed(now.forecast - self.goal, '%', lang)[:-1]} {WORDS['points'][lang]}"
        else:
            gap = signed(now.forecast - self.goal, self.metric.unit, lang)
        return say(WORDS["closed"], lang, **facts, gap=gap)

    def lines(self, lang: str) -> list[str]:
        """What a manager should know, a sentence or two a line."""
        told = [self._sentence(lang), self._so_far(lang)]
        if need := self._need(lang):
            told.append(need)
        told += self._when_seen(lang)
        if worst := self.bottleneck:
            money = f" ({fact(self.value(worst.behind, 'VND'), lang)})" if self.counted_in == "VND" else ""
            share = Amount(round(self.bottleneck_share), "%")
            told.append(say(WORDS["bottleneck"], lang, unit=worst.unit, share=share).replace("@", money))
        return told

    def _so_far(self, lang: str) -> str:
        now = self.now
        text = say(WORDS["to_date"], lang, to_date=self.value(now.to_date), plan=self.value(now.plan_to_date))
        if self.adds_up and now.plan_to_date > 0:
            text += say(WORDS["percent"], lang, share=Amount(round(100 * now.to_date / now.plan_to_date, 1), "%"))
        if (growth := self.growth(self.month)) is not None:
            text += say(WORDS["growth"], lang, growth=signed(growth, "%", lang))
        return text + "."

    def _need(self, lang: str) -> str | None:
        now = self.now
        if now.needed is None or now.plan_left is None:
            return None
        facts = {"left": 12 - now.month, "need": self.value(now.needed)}
        if not self.adds_up:
            return say(
                WORDS["need_rate"], lang, **facts, to_date=self.value(now.to_date), plan=self.value(now.plan_left)
            )
        over = self.over_plan(self.month)
        text = (
            signed(over, "%", lang) if over is not None else signed(now.needed - now.plan_left, self.metric.unit, lang)
        )
        told = say(WORDS["need"], lang, **facts, over=text)
        if (growth := self.growth(self.month, rest=True)) is None:
            return told + "."
        return told + say(
            WORDS["need_growth"],
            lang,
            growth=signed(growth, "%", lang),
            so_far=signed(self.growth(self.month) or 0, "%", lang),
        )

    def _when_seen(self, lang: str) -> list[str]:
        if self.verdict in ("reached", "within_reach"):
            return []
        if self.seen is None or self.seen == 12:
            return [say(WORDS["late_seen" if self.seen else "unseen"], lang)]
        told = [say(WORDS["seen"], lang, month=self.seen, name=MONTHS[self.seen - 1])]
        if self.late:
            what = self.money_of.name[lang]
            key = "cost" if self.money_of.up else "cost_down"
            cost = say(
                WORDS[key],
                lang,
                month=self.month,
                name=MONTHS[self.month - 1],
                late=self.late,
                what=what[:1].lower() + what[1:],
                money=self.value(self.cost, self.money_of.unit),
            )
            told.append(
                cost
                + say(WORDS["each"], lang, money=self.value(self.cost / self.late, self.money_of.unit))
                + self._then(lang)
            )
        return told

    def _then(self, lang: str) -> str:
        first = self.over_plan(self.seen) if self.seen else None
        if first is None:
            return ""
        last = self.over_plan(self.month)
        later = WORDS["impossible"][lang] if last is None else signed(last, "%", lang)
        return say(
            WORDS["then"],
            lang,
            month=self.seen,
            name=MONTHS[(self.seen or 1) - 1],
            over=signed(first, "%", lang),
            now=self.month,
            now_name=MONTHS[self.month - 1],
            later=later,
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a month so far: the fields of `MonthSeen`, in the metric's unit."""
        import pandas as pd

        return pd.DataFrame([asdict(m) for m in self.months])

    def _rows(self, lang: str) -> list[list[str]]:
        head = [WORDS[k][lang] for k in ("month", "actual", "plan", "forecast", "range", "verdict")]
        big = 1e9 if self.metric.unit == "VND" and max(abs(m.forecast) for m in self.months) >= 1e9 else 1
        unit = {True: {"vi": "tỷ VND", "en": "VND bn"}[lang]}.get(
            big > 1, "" if self.metric.unit == "%" else self.metric.unit
        )
        head[1:4] = [f"{h} ({unit or '%'})" for h in head[1:4]]

        def text(v: float) -> str:
            return show(round(v / big, 1 if abs(v / big) >= 10 or (big == 1 and abs(v) >= 100) else 2) + 0.0, lang=lang)

        return [
            head,
            *(
                [
                    str(m.month),
                    text(m.actual),
                    text(m.plan),
                    text(m.forecast),
                    f"{text(m.low)} … {text(m.high)}" if m.month < 12 else "–",
                    VERDICTS[m.verdict][lang],
                ]
                for m in self.months
            ),
        ]

    def _head(self, lang: str) -> str:
        return say(
            WORDS["head"],
            lang,
            metric=self.metric.name[lang],
            month=self.month,
            name=MONTHS[self.month - 1],
            year=self.year,
        )

    def as_text(self, lang: str | None = None) -> str:
        """The pace for a terminal or an e-mail."""
        lang = lang or current()
        rows = self._rows(lang)
        widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
        grid = [
            "  ".join(c.rjust(w) if n < len(row) - 1 else c for n, (c, w) in enumerate(zip(row, widths, strict=True)))
            for row in rows
        ]
        return (
            "\n".join([self.company[lang], self._head(lang), "", *self.lines(lang), "", *grid, "", WORDS["how"][lang]])
            + "\n"
        )

    def __str__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        lang = current()
        told = [escape(line) for line in self.lines(lang)]
        head, *rows = self._rows(lang)
        cells = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows)
        grid = f"<table><tr>{''.join(f'<th>{escape(c)}</th>' for c in head)}</tr>{cells}</table>"
        return (
            f'<div class="kpikit-pace"><h3>{escape(self._head(lang))}</h3><p><b>{told[0]}</b></p>'
            f"{''.join(f'<p>{t}</p>' for t in told[1:])}{grid}<p><small>{escape(WORDS['how'][lang])}</small></p></div>"
        )

    def as_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Plain values, as ``kpikit pace --format json`` prints them."""
        lang = lang or current()
        return {
            "case": self.case,
            "metric": self.metric.id,
            "unit": self.metric.unit,
            "year": self.year,
            "month": self.month,
            "verdict": self.verdict,
            "sentence": self._sentence(lang),
            "goal": self.goal,
            **{k: getattr(self.now, k) for k in ("to_date", "plan_to_date", "forecast", "low", "high", "needed")},
            "growth_so_far": self.growth(self.month),
            "growth_needed": self.growth(self.month, rest=True),
            "seen": self.seen,
            "late": self.late,
            "cost": self.cost,
            "cost_of": self.money_of.id,
            "bottleneck": self.bottleneck.unit if self.bottleneck else None,
            "units": [asdict(u) for u in self.units],
            "months": [asdict(m) for m in self.months],
            "lines": self.lines(lang),
        }

    def figure(self) -> Figure:
        """The year to date with its fan, and the forecast as each month saw it, against the goal."""
        from .pictures.pace import pace_figure

        return pace_figure(self)


def near(value: float) -> float:
    """Three figures, four from a thousand to a million; whole numbers stay whole.

    >>> near(554_612_345_678.0), near(34_640.4), near(6.664)
    (555000000000, 34640, 6.66)
    """
    if not value or not math.isfinite(value):
        return 0.0
    digits = (3 if 1000 <= abs(value) < 1e6 else 2) - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    return int(rounded) if digits <= 0 else rounded


def signed(value: float, unit: str, lang: str) -> str:
    """A difference with its sign.

    >>> signed(12.34, "%", "en"), signed(-3.0, "%", "vi")
    ('+12.3%', '-3%')
    """
    number = round(value, 1) + 0.0 if unit == "%" else near(value)
    return ("+" if number > 0 else "") + show(number, unit, lang)
