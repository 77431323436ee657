"""The course's companies: story, AOP, tables, metric catalogue and sample designs, from a folder of `cases/`.

Nothing here computes a number; `metrics` does. Everything is read when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from .language import Trouble, Words, current, known, number

if TYPE_CHECKING:
    import pandas as pd

    from .design import Design

KINDS = ("outcome", "driver", "activity", "compliance")
DIRECTIONS = ("up", "down")
# what a metric of each type must say, and which of that names another metric; `metrics` computes them
TYPES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sum": (("table", "column"), ()),
    "last": (("table", "column"), ()),
    "mean": (("table", "column"), ()),
    "ratio": (("numerator", "denominator"), ("numerator", "denominator")),
    "share": (("of", "filter"), ("of",)),
    "growth": (("of",), ("of",)),
    "cumulative": (("of",), ("of",)),
}
_SAID = ("name", "unit", "direction", "kind", "formula")
_MAY = ("filter", "times")


class UnknownCase(Trouble, LookupError):
    """A case, table, design or metric that is not there; the message lists the ones that are."""


@dataclass(frozen=True)
class Metric:
    """One entry of a catalogue.

    ``name`` and ``formula`` are texts in both languages; ``unit`` is the unit its values are in (``%`` means
    40.0, never 0.4); ``direction`` is ``up`` or ``down``; ``kind`` is what it really is (E2): outcome,
    driver, activity, compliance; ``definition`` says how it is made: its ``type`` and what that needs.
    """

    id: str
    name: Words
    unit: str
    direction: str
    kind: str
    formula: Words
    definition: Mapping[str, Any] = field(repr=False)

    @property
    def up(self) -> bool:
        """True where more is better."""
        return self.direction != "down"


@dataclass(frozen=True)
class Step:
    """One link of a chain: does metric ``cause`` move metric ``effect`` within ``lags`` periods (first, last)?

    ``up``: whether more of the cause should bring more of the effect; ``given``: metrics that may move both and
    are held equal; ``season``: ``plan`` where the effect's plan says its season, else None.
    """

    cause: str
    effect: str
    lags: tuple[int, int] = (0, 2)
    up: bool = True
    given: tuple[str, ...] = ()
    season: str | None = None


@dataclass(frozen=True)
class Chain:
    """Links that are said to lead from an activity to a result (A5), in order.

    ``by``: the column whose parts are read one by one (a team); ``pool``: the column whose parts are read
    together (shops); ``period``: ``month`` or ``week``.
    """

    id: str
    name: Words
    steps: tuple[Step, ...]
    by: str | None = None
    pool: str | None = None
    period: str = "month"


class Catalogue(Mapping[str, Metric]):
    """A case's metrics by id, as `metrics.yaml` says them.

    ``plans`` names, for a table, the table in which the plan of its columns stands; ``masters`` names, for a
    code's column, the table of its master data; ``about`` says in both languages what each table holds;
    ``chains``: what is said to move what, by id (A5).

    >>> case("distributor").catalogue["mt_share"].kind
    'driver'
    """

    def __init__(
        self,
        metrics: Mapping[str, Metric],
        plans: Mapping[str, str] | None = None,
        masters: Mapping[str, str] | None = None,
        about: Mapping[str, Words] | None = None,
        chains: Mapping[str, Chain] | None = None,
    ) -> None:
        self._metrics = dict(metrics)
        self.plans, self.masters = MappingProxyType(dict(plans or {})), MappingProxyType(dict(masters or {}))
        self.about, self.chains = MappingProxyType(dict(about or {})), MappingProxyType(dict(chains or {}))

    def __getitem__(self, id: str) -> Metric:
        return self._metrics[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def __repr__(self) -> str:
        return f"<Catalogue: {', '.join(self)}>"


class Tables(Mapping[str, "pd.DataFrame"]):
    """A case's tables by name. Each is read once; every look gives a copy, so that nobody can spoil it.

    Months are text (2026-04), codes and names are text, money is whole VND.

    >>> case("distributor").tables["sales"].columns[:3].tolist()
    ['month', 'channel', 'account_code']
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self:
            there = ", ".join(self)
            raise UnknownCase(
                vi=f"Không có bảng “{name}”. Có các bảng: {there}.",
                en=f"There is no table “{name}”. There are: {there}.",
            )
        if name not in self._read:
            self._read[name] = _read_table(self._folder / f"{name}.csv")
        return self._read[name].copy()

    def __contains__(self, name: object) -> bool:
        return name in list(self)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(p.stem for p in self._folder.glob("*.csv")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(self)}>"


@dataclass(frozen=True)
class Case:
    """One company. ``id`` is its folder's name; the rest is read from ``folder`` when first asked for.

    >>> case("distributor").plan["aop"]["goals"][0]["target"]
    600000000000
    """

    id: str
    folder: Path = field(repr=False)

    @cached_property
    def title(self) -> Words:
        """The story's first heading, in both languages."""
        headings = {lang: re.search(r"^# +(.+)$", text, re.MULTILINE) for lang, text in self._stories.items()}
        return {lang: found[1].strip() if found else self.id for lang, found in headings.items()}

    def story(self, lang: str | None = None) -> str:
        """The story as Markdown, in ``lang`` or the language in force. Raises `Trouble` for another language.

        >>> case("distributor").story("en").splitlines()[0]
        '# Phân phối Hương Việt: green all year, and only revenue was red'
        """
        return self._stories[known(lang) if lang else current()]

    @cached_property
    def _stories(self) -> dict[str, str]:
        path = self.folder / "story.md"
        parts = re.split(r"^<!-- lang: (\w+) -->$", _text_of(path), flags=re.MULTILINE)[1:]
        stories = {lang: text.strip() + "\n" for lang, text in zip(parts[::2], parts[1::2], strict=True)}
        for lang in ("vi", "en"):
            if lang not in stories:
                mark = f"<!-- lang: {lang} -->"
                _refuse(path, f"lang: {lang}", f"một phần “{mark}”", f"a part “{mark}”")
        return stories

    @property
    def plan(self) -> dict[str, Any]:
        """The case's AOP as a design document without KPIs: plain values, a fresh copy each time."""
        from .files import load

        document: dict[str, Any] = load(self.folder / "plan.yaml").as_document()
        return document

    @cached_property
    def tables(self) -> Tables:
        """The case's tables by name, as DataFrames."""
        return Tables(self.folder / "tables")

    @cached_property
    def catalogue(self) -> Catalogue:
        """The case's metrics by id. Raises `Trouble` with file, metric and mend where it is wrong."""
        return _read_catalogue(self.folder / "metrics.yaml")

    @property
    def designs(self) -> list[str]:
        """The sample designs there are, by name.

        >>> case("distributor").designs
        ['habit', 'sound']
        """
        return sorted(p.stem for p in (self.folder / "designs").glob("*.yaml"))

    def design(self, name: str) -> Design:
        """A sample design. Raises `UnknownCase` with the ones there are, `Unreadable` for a bad file."""
        from .files import load

        if name not in self.designs:
            there = ", ".join(self.designs)
            raise UnknownCase(
                vi=f"Tình huống “{self.id}” không có thiết kế “{name}”. Có: {there}.",
                en=f"The case “{self.id}” has no design “{name}”. There are: {there}.",
            )
        design: Design = load(self.folder / "designs" / f"{name}.yaml")
        return design


def case(name: str | Path = "distributor") -> Case:
    """A company of the course by name, or one of your own by the path of its folder, with a metrics.yaml.

    Raises `UnknownCase` that lists the cases there are.

    >>> case().id
    'distributor'
    """
    if str(name) in cases():
        return _case(_cases_folder() / str(name))
    folder = Path(name)
    if (folder / "metrics.yaml").is_file():
        return _case(folder.resolve())
    there = ", ".join(cases())
    raise UnknownCase(
        vi=f"Không có tình huống “{name}”. Có: {there}; hoặc đường dẫn một thư mục có metrics.yaml.",
        en=f"There is no case “{name}”. There are: {there}; or the path of a folder that has a metrics.yaml.",
    )


def cases() -> list[str]:
    """The names of the course's companies.

    >>> "distributor" in cases()
    True
    """
    return sorted(p.parent.name for p in _cases_folder().glob("*/metrics.yaml"))


@cache
def _case(folder: Path) -> Case:
    return Case(folder.name, folder)


def _cases_folder() -> Path:
    """Beside the package in a checkout; inside it in an installed wheel."""
    package = Path(__file__).parent
    beside = package.parent / "cases"
    return beside if any(beside.glob("*/metrics.yaml")) else package / "data" / "cases"


# ---------------------------------------------------------------- reading


def _refuse(path: Path, place: str, vi: str, en: str) -> NoReturn:
    raise Trouble(
        vi=f"{path.parent.name}/{path.name}, {place}: cần {vi}.",
        en=f"{path.parent.name}/{path.name}, {place}: expected {en}.",
    )


def _text_of(path: Path) -> str:
    if not path.is_file():
        _refuse(path, "-", "tệp này có trong thư mục của tình huống", "this file in the case's folder")
    return path.read_text(encoding="utf-8-sig")


def _read_yaml(path: Path) -> dict[str, Any]:
    from .documents import read_tree

    tree = read_tree(path)
    if not isinstance(tree, dict):
        _refuse(path, "-", "các dòng “tên: giá trị”", "lines of “name: value”")
    return tree


def _read_table(path: Path) -> pd.DataFrame:
    import pandas as pd

    table = pd.read_csv(path, encoding="utf-8-sig")
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].fillna("")
    return table


def _read_catalogue(path: Path) -> Catalogue:
    document = _read_yaml(path)
    entries = document.get("metrics")
    if not isinstance(entries, dict) or not entries:
        _refuse(path, "metrics", "danh sách chỉ số", "a list of metrics")
    metrics = {str(id): _read_metric(path, str(id), entry, entries) for id, entry in entries.items()}
    for id in metrics:
        _no_circle(path, id, metrics, ())
    chains = {
        str(id): _read_chain(path, str(id), entry, entries) for id, entry in (document.get("chains") or {}).items()
    }
    return Catalogue(metrics, document.get("plans"), document.get("masters"), document.get("tables"), chains)


def _read_chain(path: Path, id: str, entry: Any, entries: dict[str, Any]) -> Chain:
    place = f"chains › {id}"
    if not isinstance(entry, dict) or not isinstance(entry.get("links"), list) or not entry["links"]:
        _refuse(path, f"{place} › links", "một danh sách mắt xích", "a list of links")
    if not isinstance(entry.get("name"), dict) or set(entry["name"]) != {"vi", "en"}:
        _refuse(path, f"{place} › name", "đúng hai thứ tiếng {vi, en}", "both languages {vi, en}")
    period = entry.get("period", "month")
    if period not in ("month", "week"):
        _refuse(path, f"{place} › period", "một trong: month, week", "one of: month, week")
    steps = tuple(_read_step(path, f"{place} › {n}", link, entries, period) for n, link in enumerate(entry["links"], 1))
    return Chain(id, entry["name"], steps, entry.get("by"), entry.get("pool"), period)


def _read_step(path: Path, place: str, link: Any, entries: dict[str, Any], period: str) -> Step:
    if not isinstance(link, dict) or set(link) - {"from", "to", "lags", "direction", "given", "season"}:
        _refuse(
            path, place, "chỉ from, to, lags, direction, given, season", "only from, to, lags, direction, given, season"
        )
    given = link.get("given") or []
    for id in (link.get("from"), link.get("to"), *given):
        if id not in entries:
            _refuse(path, place, f"mã một chỉ số, không có “{id}”", f"a metric's id, there is no “{id}”")
    first, last = (
        [int(number(lag).value) for lag in link["lags"]] if "lags" in link else (0, 2 if period == "month" else 6)
    )
    if not 0 <= first <= last:
        _refuse(path, f"{place} › lags", "độ trễ đầu và cuối, từ 0 trở lên", "the first and last lag, 0 or more")
    if link.get("direction", "up") not in DIRECTIONS or link.get("season", "plan") != "plan":
        _refuse(path, place, "direction: up hoặc down; season: plan", "direction: up or down; season: plan")
    return Step(
        link["from"], link["to"], (first, last), link.get("direction", "up") == "up", tuple(given), link.get("season")
    )


def _read_metric(path: Path, id: str, entry: Any, entries: dict[str, Any]) -> Metric:
    if not isinstance(entry, dict):
        _refuse(path, id, "các dòng “tên: giá trị”", "lines of “name: value”")
    for key in (*_SAID, "type"):
        if not entry.get(key):
            _refuse(path, f"{id} › {key}", "một giá trị", "a value")
    for key in ("name", "formula"):
        if not isinstance(entry[key], dict) or set(entry[key]) != {"vi", "en"}:
            _refuse(
                path,
                f"{id} › {key}",
                "đúng hai thứ tiếng {vi, en} (chữ có dấu phẩy phải để trong nháy)",
                "both languages {vi, en} and no more (a text with a comma goes in quotes)",
            )
    for key, allowed in (("kind", KINDS), ("direction", DIRECTIONS), ("type", tuple(TYPES))):
        if entry[key] not in allowed:
            words = ", ".join(allowed)
            _refuse(path, f"{id} › {key}", f"một trong: {words}", f"one of: {words}")
    needed, others = TYPES[entry["type"]]
    for key in needed:
        if not entry.get(key):
            why = entry["type"]
            _refuse(path, f"{id} › {key}", f"một giá trị, vì type là {why}", f"a value: the type is {why}")
    for key in others:
        if entry[key] not in entries:
            _refuse(
                path,
                f"{id} › {key}",
                f"mã một chỉ số, không có “{entry[key]}”",
                f"a metric's id, there is no “{entry[key]}”",
            )
    if extra := set(entry) - {*_SAID, "type", *needed, *_MAY}:
        words = ", ".join(needed + _MAY)
        _refuse(path, f"{id} › {min(map(str, extra))}", f"chỉ {words}", f"only {words}")
    definition = {key: entry[key] for key in ("type", *needed, *_MAY) if key in entry}
    if "times" in definition:
        definition["times"] = number(definition["times"]).value
    return Metric(id, **{key: entry[key] for key in _SAID}, definition=MappingProxyType(definition))


def _no_circle(path: Path, id: str, metrics: dict[str, Metric], above: tuple[str, ...]) -> None:
    if id in above:
        chain = " → ".join((*above, id))
        _refuse(path, above[0], f"không quay vòng: {chain}", f"no circle: {chain}")
    definition = metrics[id].definition
    for key in TYPES[definition["type"]][1]:
        _no_circle(path, definition[key], metrics, (*above, id))
