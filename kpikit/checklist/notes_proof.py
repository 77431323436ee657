"""Notes on what a design's words rest on: data behind an outcome, evidence, texts that say something (A5, E6)."""

import re
from collections.abc import Iterable, Iterator

from ..design import Kpi
from ..language import same
from .problem import Problem, Term, note
from .reading import Reading, says

REPEATED = 3  # KPIs under different names with one and the same text: a house rule
HIGHEST_FLOOR = 80  # points: above it, the step from nothing to the floor is nearly the whole scale; a house rule

_PERIOD = re.compile(
    r"\b(19|20)\d\d\b|\d\s*(tháng|quý|tuần|năm|kỳ|thang|quy|tuan|nam|months?|quarters?|weeks?|years?)\b"
    r"|\b[tq]\d+\b|\b(tháng|quý|quarter|month)\s*\d",
    re.I,
)
_DATA = re.compile(
    r"dữ liệu|số liệu|bảng|báo cáo|tương quan|hồi quy|hệ số|thống kê|du lieu|so lieu|tuong quan|crm|erp|%"
    r"|\bdata|correlat|regress|\br\s*=|figures|records|sales\.csv|\.csv|\.xlsx"
    r"|\d+[.,]\d+|\d\s*(lần|điểm|đơn|khách|tỷ|triệu|cuộc|lead|order|customer|point|times)",
    re.I,
)
_STEP = re.compile(
    r"→|->|=>|⇒|➜|>>|\bkéo\b|dẫn (đến|tới)|tạo ra|\bthì\b|làm (tăng|giảm)|tương quan|\bnhờ\b|keo theo|dan den"
    r"|leads? to|moves?\b|drives?\b|lifts?\b|brings?\b|raises?\b|correlat|results? in|turns? into|\bthen\b",
    re.I,
)


@note("outcome_data")
def an_outcome_without_formula_or_source(reading: Reading) -> Iterator[Problem]:
    """Where the case's catalogue has the metric, it says both."""
    for kpi in reading.kpis:
        known = reading.catalogue is not None and kpi.metric in reading.catalogue
        formula, source = says(kpi.formula), says(kpi.source)
        if reading.is_outcome(kpi) and not known and not (formula and source):
            yield Problem(
                "source" if formula else "formula" if source else "both", reading.place(kpi), kpi=reading.name(kpi)
            )


@note("catalogue_name")
def a_name_that_the_catalogues_kind_contradicts(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if other := reading.named_otherwise(kpi):
            really, says_name, because = other
            yield Problem(
                "otherwise",
                reading.place(kpi),
                kpi=reading.name(kpi),
                metric=kpi.metric,
                really=Term(really),
                name_says=Term(says_name),
                because=because,
            )


@note("same_text")
def the_same_text_in_many_places(reading: Reading) -> Iterator[Problem]:
    """ "It is the goal itself" may be said of each company outcome."""
    others = [k for k in reading.kpis if not (k.level == "company" and reading.is_outcome(k))]
    for text, kpis in _repeated(reading, others, "contributes"):
        yield Problem("contributes", reading.place(kpis[0]), text=text, count=len(kpis), kpis=reading.names(kpis))
    for text, kpis in _repeated(reading, reading.kpis, "decision"):
        yield Problem("decision", reading.place(kpis[0]), text=text, count=len(kpis), kpis=reading.names(kpis))


def _repeated(reading: Reading, kpis: Iterable[Kpi], field: str) -> Iterator[tuple[str, list[Kpi]]]:
    """Each text of the field that many KPIs share; one KPI given to many people counts once."""
    places: dict[str, dict[str, Kpi]] = {}
    for kpi in kpis:
        text = getattr(kpi, field)
        if says(text):
            places.setdefault(" ".join(same(text).split()), {}).setdefault(same(reading.name(kpi)), kpi)
    for there in places.values():
        if len(there) >= REPEATED:
            yield getattr(next(iter(there.values())), field), list(there.values())


@note("evidence")
def evidence_without_data_period_or_links(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if reading.kind(kpi) != "activity" or not says(kpi.evidence):
            continue
        sought = {"data": _DATA, "period": _PERIOD, "links": _STEP}
        missing = [Term(name) for name, shape in sought.items() if not shape.search(kpi.evidence or "")]
        if missing:
            yield Problem("thin", reading.place(kpi), kpi=reading.name(kpi), missing=missing)


@note("cliff")
def floor_points_so_high_that_the_floor_is_a_cliff(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        points = kpi.scale.points.at("floor")
        if kpi.scale.floor is not None and points > HIGHEST_FLOOR:
            yield Problem("cliff", reading.place(kpi), kpi=reading.name(kpi), points=points)
