"""Does an activity move the goal, link by link (A5)? A case's chains, read by `one_link`, told to a manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .chain_series import WEEKS, between, calendar, grid
from .companies import Case, Chain, Step, UnknownCase
from .companies import case as open_case
from .language import Trouble, Words, current, say, show
from .metrics import find, metric
from .one_link import FEWEST, Reading, measure
from .proof_words import BECAUSE, VERDICTS, WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

STRONG = 0.5  # a plain correlation that would persuade many a reader


@dataclass(frozen=True)
class Link:
    """One link, read: ``unit`` (or None for the whole), the ``step``, what the data say and the plain correlation."""

    unit: str | None
    step: Step
    names: tuple[Words, Words]
    reading: Reading
    raw: float | None
    period: str

    @property
    def verdict(self) -> str:
        """``shown``, ``not_shown`` or ``too_little``."""
        return self.reading.verdict

    def tell(self, lang: str) -> str:
        """Why, in one or two sentences."""
        r, word = self.reading, WORDS[self.period][lang]
        cause, effect = (_lower(name[lang]) for name in self.names)
        facts: dict[str, Any] = {"cause": cause, "effect": effect, "period": word, "n": r.n, "least": FEWEST}
        if r.effect is not None and r.low is not None and r.high is not None and r.lag is not None:
            facts |= {
                "raised": _percent(r.effect, lang),
                "low": _percent(r.low, lang),
                "high": _percent(r.high, lang),
                "lag": lag_words(r.lag, self.period, lang),
                "odds": _odds(r.chance, lang),
            }
        told = _upper(say(BECAUSE[r.because], lang, **facts))
        if (
            r.verdict == "not_shown"
            and self.raw is not None
            and (self.raw > 0) == self.step.up
            and abs(self.raw) >= STRONG
        ):
            told += say(WORDS["raw"], lang, raw=round(self.raw, 2))
        return told

    def as_dict(self, lang: str) -> dict[str, Any]:
        r = self.reading
        return {
            "unit": self.unit,
            "from": self.step.cause,
            "to": self.step.effect,
            "verdict": r.verdict,
            "because": r.because,
            "effect": r.effect,
            "low": r.low,
            "high": r.high,
            "lag": r.lag,
            "chance": r.chance,
            "n": r.n,
            "correlation": self.raw,
            "sentence": self.tell(lang),
        }


@dataclass(frozen=True)
class Evidence:
    """What `kpikit.evidence` gives. Print it, show it in a notebook, draw `figure()`, or take `as_dict()`."""

    case: str
    company: Words
    chain: Chain
    links: list[Link]
    periods: int
    others: dict[str, Words] = field(default_factory=dict)

    @property
    def units(self) -> list[str | None]:
        """The parts read one by one; ``[None]`` where there is one reading for all."""
        return list(dict.fromkeys(link.unit for link in self.links))

    @cached_property
    def verdicts(self) -> dict[str | None, str]:
        """For each unit: ``shown`` where every link is, else ``not_shown`` where one is not, else ``too_little``."""
        return {unit: self._verdict([x.verdict for x in self.links if x.unit == unit]) for unit in self.units}

    def _verdict(self, found: list[str]) -> str:
        return "shown" if set(found) == {"shown"} else "not_shown" if "not_shown" in found else "too_little"

    @property
    def sentence(self) -> str:
        """The finding, a sentence a unit, in the language in force."""
        return " ".join(self._about(unit, current()) for unit in self.units)

    def _about(self, unit: str | None, lang: str) -> str:
        mine, verdict = [x for x in self.links if x.unit == unit], self.verdicts[unit]
        weak = next((x for x in mine if x.verdict == verdict), mine[0])
        names = [_lower(name[lang]) for name in (mine[0].names[0], *weak.names)]
        facts = {
            "unit": f"{unit}@" if unit else "",
            "n": len(mine),
            "first": names[0],
            "cause": names[1],
            "effect": names[2],
        }
        key = {"shown": "whole" if len(mine) > 1 else "whole_one", "not_shown": "breaks", "too_little": "open"}[verdict]
        return _upper(say(WORDS[key], lang, **facts).replace("@", ": "))

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a link: ``unit``, ``from``, ``to`` (metrics' ids), ``verdict``, ``because``, ``effect``, ``low``, ``high``
        (percent for 10% more of the cause, 95%), ``lag`` (periods), ``chance`` (0 to 1), ``n``."""
        import pandas as pd

        rows = [
            {
                **x.as_dict("en"),
                **{k: None if (v := getattr(x.reading, k)) is None else 10 * v for k in ("effect", "low", "high")},
            }
            for x in self.links
        ]
        columns = ["unit", "from", "to", "verdict", "because", "effect", "low", "high", "lag", "chance", "n"]
        return pd.DataFrame(rows)[columns]

    def as_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Plain values, as ``kpikit evidence --format json`` prints them; effects for 1% more of the cause."""
        lang = lang or current()
        return {
            "case": self.case,
            "chain": self.chain.id,
            "name": self.chain.name[lang],
            "period": self.chain.period,
            "periods": self.periods,
            "verdicts": [{"unit": u, "verdict": v, "sentence": self._about(u, lang)} for u, v in self.verdicts.items()],
            "links": [x.as_dict(lang) for x in self.links],
        }

    def as_text(self, lang: str | None = None) -> str:
        """The finding, then link by link, for a terminal or an e-mail."""
        lang = lang or current()
        lines = [self.company[lang], self.chain.name[lang]]
        for unit in self.units:
            lines += ["", self._about(unit, lang)]
            for x in (x for x in self.links if x.unit == unit):
                mark = {"shown": "✓", "not_shown": "✗", "too_little": "?"}[x.verdict]
                lines += [
                    f"  {mark} {x.names[0][lang]} → {x.names[1][lang]}: {VERDICTS[x.verdict][lang]}",
                    f"      {x.tell(lang)}",
                ]
        return "\n".join([*lines, "", *self._notes(lang)]) + "\n"

    def _notes(self, lang: str) -> list[str]:
        period = WORDS[self.chain.period][lang]
        cause = {"vi": "nguyên nhân", "en": "cause"}[lang]
        how = say(WORDS["how"], lang, period=period, periods=_plural(period, lang), n=self.periods, cause_word=cause)
        if self.chain.pool:
            how += say(WORDS["pooled"], lang, period=period)
        names = [f"{name[lang]} ({id})" for id, name in self.others.items()]
        return [how, *([say(WORDS["others"], lang).format(names="; ".join(names))] if names else [])]

    def __str__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        lang = current()
        body = ""
        for unit in self.units:
            rows = "".join(
                f"<li><b>{escape(x.names[0][lang])} → {escape(x.names[1][lang])}: {escape(VERDICTS[x.verdict][lang])}</b><br>"
                f"{escape(x.tell(lang))}</li>"
                for x in self.links
                if x.unit == unit
            )
            body += f"<p><b>{escape(self._about(unit, lang))}</b></p><ul>{rows}</ul>"
        notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in self._notes(lang))
        return f'<div class="kpikit-evidence"><h3>{escape(self.chain.name[lang])}</h3>{body}{notes}</div>'

    def figure(self) -> Figure:
        """The chain drawn: for each unit and link how far the effect follows, with its range and the verdict."""
        from .pictures.pace import evidence_figure

        return evidence_figure(self)


def evidence(
    case: Case | str = "b2b_sales",
    chain: str | Sequence[str] | None = None,
    team: str | None = None,
    until: str | None = None,
) -> Evidence:
    """Does an activity move the goal, link by link? “Shown”, “not shown” or “too little data” for each link.

    ``chain``: a chain the case's catalogue declares, by id (None: its first), or the ids of two or more metrics
    in order, read by month over the whole company. ``team``: that unit only. ``until``: data up to that month
    (2026-06). Two lines that rise or step up together are no proof: see `one_link.measure`. About 1 link in 30
    without substance is shown all the same (tests/benchmarks/evidence_null.py).

    Raises `UnknownCase` for a case, chain, metric or team that is not there; `Trouble` for an ``until`` that is
    no month. Source: curriculum A5.

    >>> found = evidence("b2b_sales", team="Đội Dự án")
    >>> [(link.step.effect, link.verdict) for link in found.links]
    [('qualified_leads', 'not_shown'), ('orders', 'shown'), ('revenue', 'shown')]
    """
    company = case if isinstance(case, Case) else open_case(case)
    asked = _chain(company, chain)
    if until is not None:
        metric(company, asked.steps[0].cause, until=until)  # refuses what is no month
    parts = _parts(company, asked, until)
    if team is not None and team not in parts:
        there = ", ".join(str(p) for p in parts if p) or "-"
        raise UnknownCase(
            vi=f"Chuỗi “{asked.id}” không có đơn vị “{team}”. Có: {there}.",
            en=f"The chain “{asked.id}” has no unit “{team}”. There are: {there}.",
        )
    links, longest = [], 0
    for unit in parts if team is None else [team]:
        for step in asked.steps:
            found, periods = _read(company, asked, step, unit, until)
            links.append(found)
            longest = max(longest, periods)
    others = {id: c.name for id, c in company.catalogue.chains.items() if id != asked.id}
    return Evidence(company.id, company.title, asked, links, longest, others)


def starting_with(case: Case | str, metric: str) -> str:
    """The first chain of the case that begins with this metric. Raises `UnknownCase` that lists the chains there are.

    >>> starting_with("b2b_sales", "meetings")
    'meetings'
    """
    company = case if isinstance(case, Case) else open_case(case)
    for chain in company.catalogue.chains.values():
        if chain.steps[0].cause == metric:
            return chain.id
    return _chain(company, metric).id


def _chain(case: Case, chain: str | Sequence[str] | None) -> Chain:
    there = case.catalogue.chains
    if chain is not None and not isinstance(chain, str):
        names = [find(case, id).name for id in chain]
        if len(names) < 2:
            raise Trouble(vi="Một chuỗi cần ít nhất hai chỉ số.", en="A chain needs two metrics at least.")
        name = {lang: " → ".join(n[lang] for n in names) for lang in ("vi", "en")}
        up = [find(case, id).up for id in chain]
        steps = tuple(Step(a, b, up=up[n] == up[n + 1]) for n, (a, b) in enumerate(pairwise(chain)))
        return Chain("-".join(chain), name, steps)
    id = chain or next(iter(there), "-")
    if id not in there:
        listed = ", ".join(there) or "-"
        raise UnknownCase(
            vi=f"Tình huống “{case.id}” không có chuỗi “{id}”. Có: {listed}.",
            en=f"The case “{case.id}” has no chain “{id}”. There are: {listed}.",
        )
    return there[id]


# ---------------------------------------------------------------- from tables to series


def _parts(case: Case, chain: Chain, until: str | None) -> list[str | None]:
    if not chain.by:
        return [None]
    cause = metric(case, chain.steps[0].cause, split=chain.by, until=until)
    return list(dict.fromkeys(cause.loc[cause["actual"].notna(), chain.by]))


def _read(case: Case, chain: Chain, step: Step, unit: str | None, until: str | None) -> tuple[Link, int]:
    import numpy as np

    ids = [step.cause, step.effect, *step.given]
    grids = [grid(case, chain, id, unit, until) for id in ids]
    rows = sorted(set.intersection(*(set(g.index) for g in grids)))
    spans = sorted(set.intersection(*(set(g.columns) for g in grids)))
    periods = between(spans, chain.period)
    series = [g.reindex(index=rows, columns=periods).to_numpy(float) for g in grids]
    plan = None
    if step.season and chain.period == "month":
        plan = grid(case, chain, step.effect, unit, None, "plan").reindex(index=rows, columns=periods).to_numpy(float)
    reading = measure(
        series[0],
        series[1],
        step.lags,
        step.up,
        series[2:],
        12 * (WEEKS if chain.period == "week" else 1),
        calendar(periods),
        [find(case, id).unit == "%" for id in ids],
        plan,
    )
    x, y = (np.nansum(s, axis=0) for s in series[:2])
    moved = len(periods) > 2 and x.std() > 0 and y.std() > 0
    raw = float(np.corrcoef(x, y)[0, 1]) if moved else None
    return Link(
        unit, step, (find(case, step.cause).name, find(case, step.effect).name), reading, raw, chain.period
    ), len(periods)


# ---------------------------------------------------------------- small words


def lag_words(lag: int, period: str, lang: str) -> str:
    """“In the same month”, “4 weeks later”."""
    word = WORDS[period][lang]
    if lag == 0:
        return say(WORDS["same"], lang, period=word)
    return say(WORDS["later"], lang, n=lag, period=word, periods=_plural(word, lang) if lag > 1 else word)


def _plural(word: str, lang: str) -> str:
    return word + "s" if lang == "en" else word


def _percent(effect: float, lang: str) -> str:
    """The change for 10% more of the cause, with its sign."""
    tenfold = round(10 * effect, 1 if abs(effect) < 1 else 0) + 0.0
    return ("+" if tenfold > 0 else "") + show(tenfold, "%", lang)


def _odds(chance: float | None, lang: str) -> str:
    if not chance or chance < 0.001:
        return WORDS["rare"][lang]
    n = 1 / chance
    return say(WORDS["odds"], lang, n=round(n, -1 if n < 100 else -2) if n >= 20 else round(n))


def _lower(name: str) -> str:
    """A name inside a sentence; abbreviations stay as they are."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
