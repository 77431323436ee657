"""What a simulated year says of a design, in numbers, one table and a few sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import numpy as np

from ..companies import Case
from ..language import Words, current, say, show
from .causes import CURES
from .chance import NEVER
from .firm import DEPARTMENTS, SHOCKS, TASKS, Firm
from .mapping import Mapped, mapped, read
from .run import GREEN, MET, Years, run

WORTH_NAMING = 0.005  # a cause whose cure brings less than half a percent of the goal is not named


@dataclass(frozen=True)
class Cause:
    """What switching one cause off brings: mean attainment and the chance of the paradox, with and without it."""

    name: str
    attainment: tuple[float, float]
    paradox: tuple[float, float]

    @property
    def gain(self) -> float:
        """More of the goal, on average, without this cause; 0.05 is 5% of the goal."""
        return self.attainment[1] - self.attainment[0]


@dataclass(frozen=True)
class Year:
    """The simulated year of one design, lived through many times. Print it, show it in a notebook, or `as_dict()`.

    ``years`` holds the arrays (see `kpikit.years.run.Years`): score, attainment, effort, months. ``mapping`` says where
    each KPI stands in the model, and how much of the answer rests on guesses. It ranks designs and shows mechanisms;
    it does not forecast a company.
    """

    company: str
    mapping: Mapped
    years: Years
    seed: int
    firm: Firm = field(repr=False)

    # ------------------------------------------------------------ chances

    @property
    def score(self) -> Any:
        """(Y,) mean points of the scorecards; 1 is the 100 of met targets."""
        return self.years.score

    @property
    def attainment(self) -> Any:
        """(Y,) the goal as shocks left it, 1 is all of it; stock lying in the channel does not count."""
        return self.years.attainment

    @property
    def effort(self) -> Any:
        """(12, 5, 3) mean share of working time by month, department and task: build, show, game."""
        return self.years.effort

    @property
    def green(self) -> float:
        """The chance that every scorecard is green."""
        return float(self.years.green.mean())

    @property
    def met(self) -> float:
        """The chance that the goal is met."""
        return float(self.years.met.mean())

    @property
    def paradox(self) -> float:
        """The chance of the paradox: every scorecard green, the goal missed (D)."""
        return float(self.years.paradox.mean())

    def month(self, which: str = "could") -> float | None:
        """Of the years that miss the goal: the median month, 1 to 12, since when it could be seen, or was (``"did"``).

        None where no year misses it; 13 where in most it was never seen.
        """
        found = getattr(self.years, which)[~self.years.met]
        return float(np.median(found)) + 1 if len(found) else None

    @cached_property
    def causes(self) -> list[Cause]:
        """The four causes, the weightiest first: each switched off alone, in the same years (D2 to D5)."""
        found = []
        for name, cure in CURES.items():
            other = run(cure(self.mapping.setup), len(self.years.score), self.seed, self.firm)
            found.append(
                Cause(
                    name,
                    (float(self.attainment.mean()), float(other.attainment.mean())),
                    (self.paradox, float(other.paradox.mean())),
                )
            )
        return sorted(found, key=lambda c: -c.gain)

    @property
    def heaviest(self) -> Cause | None:
        """The cause whose absence would bring most, or None where none would bring anything to speak of."""
        first = self.causes[0]
        return first if first.gain >= WORTH_NAMING else None

    # ------------------------------------------------------------ words

    def sentences(self, lang: str | None = None) -> list[str]:
        """What came out, why, when it could be seen, what it rests on, and what this is."""
        lang = lang or current()
        told = [
            say(
                _SAY["chances"],
                lang,
                n=len(self.score),
                green=percent(self.green, lang),
                met=percent(self.met, lang),
                paradox=percent(self.paradox, lang),
                mean=percent(float(self.attainment.mean()), lang),
            )
        ]
        told.append(self._why(lang))
        if seen := self._when(lang):
            told.append(seen)
        return [*told, self.mapping.summary(lang), _SAY["what"][lang]]

    def _why(self, lang: str) -> str:
        cause = self.heaviest
        if cause is None:
            return _SAY["no_cause"][lang]
        was, would = cause.attainment
        return say(
            _SAY["cause"], lang, cause=CAUSE_NAMES[cause.name][lang], was=percent(was, lang), would=percent(would, lang)
        )

    def _when(self, lang: str) -> str:
        could, did = self.month("could"), self.month("did")
        if could is None or did is None or could > NEVER:
            return ""
        key = "blind" if did > NEVER else "late" if did - could >= 1 else "in_time"
        return say(
            _SAY[key], lang, could=month_name(could, lang), did=month_name(min(did, 12), lang), late=round(did - could)
        )

    def rows(self, lang: str | None = None) -> list[tuple[str, str]]:
        """The table behind the sentences."""
        lang = lang or current()
        low, mid, high = np.quantile(self.attainment, [0.1, 0.5, 0.9])
        mean = self.effort.mean(axis=(0, 1))
        rows = [(_ROW["green"], self.green), (_ROW["met"], self.met), (_ROW["paradox"], self.paradox)]
        told = [
            (say(words, lang, least=round(100 * GREEN), met=show(round(100 * MET), "%", lang)), percent(value, lang))
            for words, value in rows
        ]
        told.append((_ROW["attainment"][lang], f"{percent(mid, lang)} ({percent(low, lang)} - {percent(high, lang)})"))
        if not np.isnan(self.score).all():
            told.append((_ROW["score"][lang], show(round(100 * float(self.score.mean()), 1), lang=lang)))
        told += [(TASK_NAMES[task][lang], percent(part, lang)) for task, part in zip(TASKS, mean, strict=True)]
        return told + [
            (
                say(_ROW["without"], lang, cause=CAUSE_NAMES[c.name][lang]),
                f"{percent(c.attainment[1], lang)}; {percent(c.paradox[1], lang)}",
            )
            for c in self.causes
        ]

    def as_dict(self) -> dict[str, Any]:
        """The whole result as plain values, ready for JSON. Shares are 0 to 1, months 1 to 12 (13 is never)."""
        months = {which: self.month(which) for which in ("could", "did")}
        return {
            "company": self.company,
            "years": len(self.score),
            "seed": self.seed,
            "green": self.green,
            "met": self.met,
            "paradox": self.paradox,
            "score": _plain(self.score.mean()),
            "attainment": _plain(self.attainment.mean()),
            "attainment_quantiles": [round(float(q), 4) for q in np.quantile(self.attainment, [0.1, 0.5, 0.9])],
            "effort": {
                d: {task: [round(float(v), 4) for v in self.effort[:, i, k]] for k, task in enumerate(TASKS)}
                for i, d in enumerate(DEPARTMENTS)
            },
            "miss_visible": months["could"],
            "miss_seen": months["did"],
            "shocks": {kind: float((self.years.shock[:, n] < NEVER).mean()) for n, kind in enumerate(SHOCKS)},
            "causes": [
                {
                    "cause": c.name,
                    "gain": round(c.gain, 4),
                    "attainment_without": round(c.attainment[1], 4),
                    "paradox_without": c.paradox[1],
                }
                for c in self.causes
            ],
            "mapping": self.mapping.as_dict(),
            "what_it_is": _SAY["what"],
        }

    def as_text(self, lang: str | None = None) -> str:
        """The result for a terminal or an e-mail."""
        lang = lang or current()
        wide = max(len(name) for name, _ in self.rows(lang))
        table = [f"  {name:<{wide}}  {value}" for name, value in self.rows(lang)]
        return "\n".join([f"{_SAY['title'][lang]}: {self.company}", *self.sentences(lang), "", *table]) + "\n"

    def __str__(self) -> str:
        return self.as_text()

    def _repr_html_(self) -> str:
        lang = current()
        told = "".join(
            f"<p>{'<b>' if not n else ''}{escape(s)}{'</b>' if not n else ''}</p>"
            for n, s in enumerate(self.sentences(lang))
        )
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in self.rows(lang))
        return (
            f'<div class="kpikit-year"><h3>{escape(_SAY["title"][lang])}: {escape(self.company)}</h3>{told}'
            f"<table>{rows}</table><details><summary>{escape(_SAY['mapping'][lang])}</summary>"
            f"{self.mapping._repr_html_()}</details></div>"
        )


def year(
    design: Any, years: int = 1000, seed: int = 1, case: Case | str | None = None, *, firm: Firm | None = None
) -> Year:
    """Live through a design's year, many times (G5): what people work on, what the scorecards say, was the goal met.

    ``design``: a design, the path of one, or a mapping; of any case or of your own firm. ``years``: how many; ``seed``:
    the same seed gives the same years, and the same shocks and luck to every design. ``case``: whose metric catalogue
    counts. ``firm``: other parameters than the model's own. Raises `Trouble` for a design that cannot be read.

    It ranks designs and shows mechanisms; it does not forecast a company. The equations stand in kpikit/years/README.md.

    >>> made = year({"kpis": [{"name": "Số cuộc gọi", "level": "company", "weight": 100}]}, years=50)
    >>> made.met < 0.5 < made.green
    True
    """
    document, firm = read(design), firm or Firm()
    made = mapped(document, case)
    return Year(document.company or "", made, run(made.setup, years, seed, firm), seed, firm)


# ---------------------------------------------------------------- words


def percent(share: float, lang: str, digits: int = 0) -> str:
    """A share, 0 to 1, as a percentage the reader's way."""
    return show(round(100 * float(share), digits or None), "%", lang)


def _plain(value: Any) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def month_name(month: float, lang: str) -> str:
    """A month, 1 to 12, as a sentence names it."""
    return f"tháng {int(month)}" if lang == "vi" else _MONTHS[int(month) - 1]


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


CAUSE_NAMES: Mapping[str, Words] = {
    "activity": {"vi": "KPI đo hoạt động", "en": "KPIs that measure activity"},
    "local": {"vi": "KPI phòng ban không gắn với mục tiêu công ty", "en": "department KPIs not tied to company goals"},
    "against": {"vi": "trọng số không theo ưu tiên", "en": "weights that do not follow priorities"},
    "frozen": {
        "vi": "KPI không được rà soát và cập nhật khi bối cảnh thay đổi",
        "en": "KPIs not reviewed and updated when the context changes",
    },
}
TASK_NAMES: Mapping[str, Words] = {
    "build": {"vi": "Công sức tạo ra mục tiêu", "en": "Effort that builds the goal"},
    "show": {"vi": "Công sức cho hoạt động dễ thấy", "en": "Effort on visible activity"},
    "game": {
        "vi": "Công sức chạy KPI cho đẹp số hoặc chỉ lợi cho phòng",
        "en": "Effort that games or serves only the department",
    },
}
SHOCK_NAMES: Mapping[str, Words] = {
    "market": {"vi": "thị trường", "en": "market"},
    "law": {"vi": "pháp luật", "en": "law"},
    "supply": {"vi": "chuỗi cung ứng", "en": "supply"},
    "economy": {"vi": "kinh tế", "en": "economy"},
}
_ROW: Mapping[str, Words] = {
    "green": {"vi": "Mọi bảng KPI đều xanh (từ {least} điểm)", "en": "Every scorecard green (from {least} points)"},
    "met": {"vi": "Mục tiêu đạt (từ {met})", "en": "Goal met (from {met})"},
    "paradox": {"vi": "Nghịch lý: KPI xanh, mục tiêu không đạt", "en": "The paradox: KPIs green, goal missed"},
    "attainment": {
        "vi": "Tỷ lệ hoàn thành mục tiêu: trung vị (từ 10% đến 90% số năm)",
        "en": "Attainment: median (10% to 90% of the years)",
    },
    "score": {"vi": "Điểm KPI trung bình", "en": "Mean KPI score"},
    "without": {
        "vi": "Bỏ nguyên nhân “{cause}”: hoàn thành; nghịch lý",
        "en": "Without “{cause}”: attainment; paradox",
    },
}
_SAY: Mapping[str, Words] = {
    "title": {"vi": "Năm giả lập", "en": "The simulated year"},
    "mapping": {"vi": "Từng KPI đứng ở đâu trong mô hình", "en": "Where each KPI stands in the model"},
    "chances": {
        "vi": "Trong {n} năm giả lập, mọi bảng KPI đều xanh ở {green} số năm, mục tiêu đạt ở {met} số năm, trung bình hoàn thành {mean}. "
        "Nghịch lý “đạt KPI nhưng không đạt mục tiêu” gặp ở {paradox} số năm.",
        "en": "In {n} simulated years every scorecard is green in {green} of them and the goal is met in {met}; "
        "{mean} of it on average. The paradox, KPIs met and the goal missed, comes up in {paradox}.",
    },
    "cause": {
        "vi": "Nguyên nhân nặng nhất: {cause}. Chỉ bỏ riêng nó, tỷ lệ hoàn thành trung bình đi từ {was} lên {would}.",
        "en": "The weightiest cause: {cause}. With that one alone switched off, average attainment goes from {was} to {would}.",
    },
    "no_cause": {
        "vi": "Không nguyên nhân nào trong bốn nguyên nhân của nghịch lý đáng kể ở bản thiết kế này; phần hụt còn lại là do biến động và may rủi.",
        "en": "None of the four causes of the paradox weighs much in this design; what is still missed comes from shocks and luck.",
    },
    "late": {
        "vi": "Những năm không đạt: đặt thực hiện cạnh kế hoạch thì hết {could} đã thấy; với nhịp theo dõi này, hết {did} mới thấy, trễ {late} tháng.",
        "en": "In years that miss: laid beside the plan it shows by the end of {could}; at this rhythm it is seen at the end of {did}, {late} months late.",
    },
    "in_time": {
        "vi": "Những năm không đạt: hết {could} đã thấy, và nhịp theo dõi này thấy kịp.",
        "en": "In years that miss: it shows by the end of {could}, and at this rhythm it is seen then.",
    },
    "blind": {
        "vi": "Những năm không đạt: hết {could} đã có thể thấy, nhưng bảng KPI công ty không có kết quả cuối nào để thấy.",
        "en": "In years that miss: it shows by the end of {could}, but the company scorecard has no outcome to see it by.",
    },
    "what": {
        "vi": "Năm giả lập so các bản thiết kế với nhau và cho thấy cơ chế; nó không dự báo một công ty, và không cho điểm.",
        "en": "The simulated year ranks designs and shows mechanisms; it does not forecast a company, and it gives no points.",
    },
}
