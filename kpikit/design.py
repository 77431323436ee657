"""A KPI design: the AOP, the KPIs, their cause and effect, and the review. Values only; no files, no prose.

The field names are the document's own words (see ``kpikit new``); curriculum E1 to E8 says why each is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .language import Plain, Trouble, clean, number, same

TEXT_LIMIT = 32_000  # characters
DEFAULT_POINTS = {"floor": 60, "target": 100, "stretch": 120}
PARTS = ("all", "aop", "kpis", "review")


def _wrong(vi: str, en: str, field: str = "") -> PydanticCustomError:
    """A field's error in both languages, as pydantic carries it to `kpikit.files`."""
    return PydanticCustomError("kpikit", "{en}", {"vi": vi, "en": en, "field": field})  # type: ignore[arg-type]


def _text(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if value is None or isinstance(value, str):
        value = clean(value or "")
        if len(value) > TEXT_LIMIT:
            raise _wrong(
                f"Chữ ở đây dài {len(value)} ký tự; hãy rút xuống tối đa {TEXT_LIMIT}.",
                f"The text here has {len(value)} characters; shorten it to {TEXT_LIMIT} at most.",
            )
        return value or None
    raise _wrong("Chỗ này cần một dòng chữ.", "This place takes a text.")


def _number(value: Any, info: ValidationInfo, field: str = "") -> float | int | None:
    if value is None or (isinstance(value, str) and not clean(value)):
        return None
    unit = info.data.get("unit") if info.data else None
    try:
        return number(value, unit, (info.context or {}).get("lang")).value
    except Trouble as trouble:
        raise _wrong(trouble.words["vi"], trouble.words["en"], field) from None


def _word(*allowed: str) -> BeforeValidator:
    """A word of a fixed list; letter case, spaces and underscores do not matter."""
    by_letters = {w.replace("_", ""): w for w in allowed}

    def read(value: Any) -> str | None:
        text = _text(value)
        if text is None:
            return None
        letters = "".join(text.casefold().split()).replace("_", "").replace("-", "")
        if letters not in by_letters:
            raise _wrong(
                f"“{text[:60]}” không có trong danh sách. Hãy chọn một trong: {', '.join(allowed)}.",
                f"“{text[:60]}” is not in the list. Choose one of: {', '.join(allowed)}.",
            )
        return by_letters[letters]

    return BeforeValidator(read)


def _yes_no(value: Any) -> Any:
    if isinstance(value, str):
        value = {"true": True, "false": False, "": False}.get(value.strip().casefold(), value)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise _wrong("Chỗ này cần true hoặc false.", "This place takes true or false.")


def _listed(value: Any) -> Any:
    """A list without its empty places; empty, null and absent are one thing."""
    if value is None or (isinstance(value, str) and not clean(value)):
        return []
    if not isinstance(value, (list, tuple)):
        raise _wrong(
            "Chỗ này cần một danh sách: mỗi dòng bắt đầu bằng dấu “- ”.",
            "This place takes a list: each line starts with “- ”.",
        )
    return [v for v in value if not (v is None or (isinstance(v, str) and not clean(v)))]


def _mapped(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not clean(value)):
        return {}
    if not isinstance(value, (Mapping, BaseModel)):
        raise _wrong("Chỗ này cần các dòng “tên: giá trị”.", "This place takes lines of “name: value”.")
    return value


def _one_or_many(value: Any) -> Any:
    return _listed([value] if isinstance(value, (str, int, float)) else value)


Text = Annotated[str | None, BeforeValidator(_text)]
Num = Annotated[float | int | None, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_yes_no)]
Texts = Annotated[tuple[Annotated[str, BeforeValidator(_text)], ...], BeforeValidator(_listed)]
Kind = Annotated[
    Literal["outcome", "driver", "activity", "compliance"] | None, _word("outcome", "driver", "activity", "compliance")
]
Level = Annotated[Literal["company", "department", "individual"] | None, _word("company", "department", "individual")]
Cadence = Annotated[
    Literal["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"] | None,
    _word("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"),
]
Role = Annotated[Literal["primary", "supporting"] | None, _word("primary", "supporting")]
Origin = Annotated[Literal["aop", "job", "habit"] | None, _word("aop", "job", "habit")]
Direction = Annotated[Literal["up", "down"] | None, _word("up", "down")]


class Part(BaseModel):
    """What every part of a design shares: fixed once read, unknown names refused, nothing written when empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, validate_default=False)

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        return _mapped(value)

    @model_serializer(mode="wrap")
    def _only_what_is_said(self, handler: Any) -> dict[str, Any]:
        return {k: v for k, v in handler(self).items() if v not in (None, [], (), {})}


class Goal(Part):
    """One goal of the year (E1): ``baseline`` and ``target`` are in ``unit``."""

    id: Text = None
    name: Text = None
    role: Role = None
    metric: Text = None
    unit: Text = None
    baseline: Num = None
    target: Num = None


class Limit(Part):
    """A line not to be crossed (E1): words, or a metric with a bound."""

    text: Text = None
    metric: Text = None
    unit: Text = None
    min: Num = None
    max: Num = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, (str, int, float)) else value

    @model_serializer(mode="wrap")
    def _as_text(self, handler: Any) -> Any:
        said = {k: v for k, v in handler(self).items() if v is not None}
        return self.text if set(said) == {"text"} else said


class BudgetLine(Part):
    """Money for something (B2): ``amount`` in ``unit``, VND where none is given, for a ``goal``."""

    item: Text = None
    unit: Text = None
    amount: Num = None
    goal: Text = None


class Action(Part):
    """A piece of the action plan (G3): ``by`` is a date as ISO text, 2027-03-31."""

    what: Text = None
    goal: Text = None
    owner: Text = None
    by: Text = None


class Aop(Part):
    """The Annual Operating Plan (B2): goals, the priority, limits and trade-offs, where the money goes."""

    priority: Text = None
    goals: Annotated[tuple[Goal, ...], BeforeValidator(_listed)] = ()
    limits: Annotated[tuple[Limit, ...], BeforeValidator(_listed)] = ()
    trade_offs: Texts = ()
    budget: Annotated[tuple[BudgetLine, ...], BeforeValidator(_listed)] = ()
    actions: Annotated[tuple[Action, ...], BeforeValidator(_listed)] = ()

    @property
    def primary(self) -> tuple[Goal, ...]:
        """The goals whose role is primary (B2)."""
        return tuple(g for g in self.goals if g.role == "primary")


class Points(Part):
    """Points at each line of a scale; 60, 100 and 120 where not given (E6)."""

    floor: Num = None
    target: Num = None
    stretch: Num = None

    def at(self, line: str) -> float:
        """The points at ``floor``, ``target`` or ``stretch``."""
        given = getattr(self, line)
        return DEFAULT_POINTS[line] if given is None else given


class Scale(Part):
    """Where fail, meet and exceed begin (E6), in the KPI's unit."""

    floor: Num = None
    target: Num = None
    stretch: Num = None
    points: Annotated[Points, BeforeValidator(_mapped)] = Points()


class Kpi(Part):
    """One KPI. ``kind`` is the designer's word; what it really is, `kpikit.check` decides (A2, E2)."""

    id: Text = None
    name: Text = None
    metric: Text = None
    kind: Kind = None
    goal: Text = None
    level: Level = None
    scorecard: Text = None
    parents: Annotated[tuple[Annotated[str, BeforeValidator(_text)], ...], BeforeValidator(_one_or_many)] = Field(
        default=(), alias="parent"
    )
    contributes: Text = None
    weight: Num = None
    unit: Text = None
    formula: Text = None
    source: Text = None
    lag_days: Num = None
    direction: Direction = None
    baseline: Num = None
    scale: Scale = Scale()
    owner: Text = None
    cadence: Cadence = None
    decision: Text = None
    origin: Origin = None
    evidence: Text = None

    @field_validator("weight", mode="before")
    @classmethod
    def _weight_is_percent(cls, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Plain) and value.strip().endswith("%"):
            return value.strip()[:-1]
        return value

    @field_validator("scale", mode="before")
    @classmethod
    def _scale_in_the_kpis_unit(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Scale):
            return value
        lines = dict(_mapped(value))
        for line in ("floor", "target", "stretch"):
            lines[line] = _number(lines.get(line), info, field=line)
        return lines

    @field_serializer("parents")
    def _one_parent_bare(self, parents: tuple[str, ...]) -> Any:
        return parents[0] if len(parents) == 1 else list(parents)

    @property
    def up(self) -> bool:
        """True where more is better; an absent direction is up."""
        return self.direction != "down"

    def better(self, a: float, b: float) -> bool:
        """True where ``a`` is strictly better than ``b`` in this KPI's direction."""
        return a > b if self.up else a < b


class Link(Part):
    """One arrow of cause and effect (E3): ``cause`` moves ``effect``."""

    cause: Text = Field(default=None, alias="from")
    effect: Text = Field(default=None, alias="to")
    why: Text = None


class Review(Part):
    """The rhythm of the year (E8)."""

    cadence: Cadence = None
    analyst: Text = None
    decides: Text = None
    triggers: Texts = ()


class Design(Part):
    """A whole KPI design, AOP and KPIs side by side (B7).

    >>> from kpikit.files import as_design
    >>> as_design({"kpis": [{"id": "K1", "name": "Doanh thu MT", "weight": "35"}]}).kpis[0].weight
    35
    """

    version: Num = 1
    company: Text = None
    year: Num = None
    case: Text = None
    flat: Flag = False
    aop: Aop = Aop()
    kpis: Annotated[tuple[Kpi, ...], BeforeValidator(_listed)] = ()
    links: Annotated[tuple[Link, ...], BeforeValidator(_listed)] = ()
    review: Review = Review()

    @field_validator("version")
    @classmethod
    def _version_one(cls, value: float | None) -> float:
        if value not in (None, 1):
            raise _wrong(
                f"Bản {value} chưa đọc được; kpikit này đọc version: 1.",
                f"Version {value} cannot be read; this kpikit reads version: 1.",
            )
        return 1

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        for field, parts in (("aop › goals", self.aop.goals), ("kpis", self.kpis)):
            for again in _repeated(p.id for p in parts):
                raise _wrong(
                    f"Mã “{again}” dùng hai lần; mỗi mã chỉ dùng một lần.",
                    f"The id “{again}” stands twice; use each id once.",
                    field,
                )
        return self

    def as_document(self) -> dict[str, Any]:
        """The design as plain values in the document's own words, ready for YAML or JSON."""
        return self.model_dump(mode="json", by_alias=True)


def _repeated(ids: Iterable[str | None]) -> list[str]:
    seen: set[str] = set()
    return [i for i in ids if i and (i in seen or seen.add(i))]  # type: ignore[func-returns-value]


class Scorecard:
    """All KPIs with the same level and scorecard; the company scorecard is every KPI of level company.

    ``place`` is its name as written, ``"company"`` for the company's.
    """

    def __init__(self, level: str | None, place: str, kpis: list[Kpi]) -> None:
        self.level, self.place, self.kpis = level, place, kpis

    @property
    def company(self) -> bool:
        return self.level == "company"

    @property
    def total(self) -> float:
        """The sum of its weights, percent; a missing weight counts as 0."""
        return sum(k.weight or 0 for k in self.kpis)

    @property
    def heaviest(self) -> list[Kpi]:
        """Every KPI tied for the highest weight: all of them where none weighs anything."""
        top = max((k.weight or 0 for k in self.kpis), default=0)
        return [k for k in self.kpis if (k.weight or 0) == top]

    def share(self, kpis: Iterable[Kpi]) -> float:
        """The part of this scorecard's own total that these KPIs hold, 0 to 1; 0 where there is no weight."""
        return sum(k.weight or 0 for k in kpis) / self.total if self.total else 0.0


def scorecards(design: Design) -> list[Scorecard]:
    """The design's scorecards in the order they first appear.

    >>> from kpikit.files import as_design
    >>> kpis = [{"id": "K1", "level": "company", "scorecard": "Công ty"}, {"id": "K2", "level": "company"}]
    >>> [(card.place, len(card.kpis)) for card in scorecards(as_design({"kpis": kpis}))]
    [('company', 2)]
    """
    cards: dict[tuple[str | None, str], Scorecard] = {}
    for kpi in design.kpis:
        name = "" if kpi.level == "company" else same(kpi.scorecard)
        place = "company" if kpi.level == "company" else kpi.scorecard or kpi.level or "aop"
        cards.setdefault((kpi.level, name), Scorecard(kpi.level, place, [])).kpis.append(kpi)
    return list(cards.values())
