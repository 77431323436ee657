"""What every figure shares: the picture with its words and table, the page it is drawn on, words that fit, units.

A figure is 1280 by 720 points of a projector (12.8 by 7.2 inches at 100 dots), no text in it under 14 points. Its title
is its finding. Colours are Okabe and Ito's (2008), of different lightness, and never carry the meaning alone.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..language import Words, current, show

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("kpikit.mplstyle")
BLUE, ORANGE, GREY, PALE, INK, SOFT = "#0072B2", "#D55E00", "#8C8C8C", "#DDDDDD", "#222222", "#5A5A5A"
SKY, AMBER, TEAL = "#56B4E9", "#E69F00", "#009E73"
WIDE, HIGH = 1280, 720  # dots
VIEW_HIGH = 540  # of a picture that has controls above it
SMALL, TITLE = 14, 20  # points
MONTHS = {
    "vi": ["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"],
    "en": ["January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"],
}  # fmt: skip
_TABLE: Words = {"vi": "Bảng số liệu", "en": "The table behind it"}


@dataclass(frozen=True)
class Picture:
    """A figure with what belongs to it: the finding as a sentence, the table behind it, and what a screen reader says.

    It shows itself in a notebook. ``figure`` is matplotlib's (``figure.savefig("a.png")``); ``table`` goes to Excel with
    ``table.to_excel("a.xlsx")``; ``alt`` says what is drawn and what it shows.
    """

    figure: Figure
    sentence: str
    table: pd.DataFrame
    alt: str = ""

    def _repr_html_(self) -> str:
        return as_html(self)


def as_html(made: Picture) -> str:
    """A picture as HTML: the figure with its words for those who cannot see it, the sentence, the table folded."""
    import matplotlib.style

    image = BytesIO()
    with matplotlib.style.context(str(STYLE)):
        made.figure.savefig(image, format="png")
    lang = current()
    table = made.table.to_html(border=0, escape=True, na_rep="–", float_format=lambda v: show(round(v, 3), lang=lang))
    return (
        f'<style>{_CSS}</style><figure class="kpikit-figure">'
        f'<img alt="{escape(made.alt or made.sentence)}" src="data:image/png;base64,{b64encode(image.getvalue()).decode()}">'
        f'<figcaption role="status" aria-live="polite">{escape(made.sentence)}</figcaption>'
        f"<details><summary>{escape(_TABLE[lang])}</summary>{table}</details></figure>"
    )


_CSS = """
.kpikit-explore { font-size: 16px; --jp-widgets-font-size: 16px; max-width: 1080px; overflow: visible; }
.kpikit-explore .widget-box { overflow: visible; height: auto; align-items: baseline; }
.kpikit-explore .widget-label { font-size: 16px; font-weight: 600; width: auto; height: auto; margin: 0 6px 0 0; }
.kpikit-explore .widget-toggle-buttons { width: auto; height: auto; }
.kpikit-explore button.widget-toggle-button { width: auto; height: 36px; line-height: 34px; font-size: 15px;
  padding: 0 11px; margin: 2px 5px 2px 0; border-radius: 6px; }
.kpikit-explore .mod-active { background: #0072B2 !important; color: #fff !important; }
.kpikit-explore .kpikit-ticks { display: grid; grid-template-columns: 1fr 1fr; column-gap: 24px; width: 100%; }
.kpikit-explore .kpikit-ticks > .widget-label { grid-column: 1 / -1; }
.kpikit-explore .kpikit-slide > .widget-label { min-width: 240px; }
.kpikit-explore .widget-checkbox { width: auto; height: auto; }
.kpikit-explore .widget-checkbox label { white-space: normal; line-height: 1.3; padding: 3px 0; }
.kpikit-explore .widget-readout { font-size: 15px; min-width: 90px; overflow: visible; }
.kpikit-explore button:focus-visible { outline: 3px solid #222; outline-offset: 1px; }
.kpikit-figure { margin: 4px 0 8px; }
.kpikit-figure img { width: 100%; max-width: 1060px; }
.kpikit-figure figcaption { font-size: 17px; line-height: 1.45; margin: 2px 0 6px; }
.kpikit-figure summary { cursor: pointer; font-size: 16px; }
.kpikit-figure table { border-collapse: collapse; margin: 8px 0; font-size: 15px; }
.kpikit-figure :is(td, th) { padding: 3px 14px 3px 0; text-align: right; }
"""


# ---------------------------------------------------------------- drawing


def styled(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """A function that draws, in the course's look."""

    @wraps(draw)
    def inside(*args: Any, **options: Any) -> Picture:
        import matplotlib.style

        with matplotlib.style.context(str(STYLE)):
            return draw(*args, **options)

    return inside


def page(title: str, note: str = "", high: int = HIGH) -> Figure:
    """An empty page of 1280 by 720 with its finding above (two lines at most) and a note below.

    ``high``: its height in dots; a view is lower (`VIEW_HIGH`), so that its controls fit on the same screen.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDE / 100, high / 100), dpi=100)
    put(
        figure,
        0.016,
        0.972,
        fit(title.rstrip("."), WIDE - 44, TITLE, 2, "bold"),
        size=TITLE,
        weight="bold",
        va="top",
        linespacing=1.2,
    )
    if note:
        put(figure, 0.016, 0.018, fit(note, WIDE - 44, SMALL, 2), color=SOFT, va="bottom", linespacing=1.25)
    return figure


def put(where: Any, x: float, y: float, text: str, **look: Any) -> Any:
    """Text on a figure or axes, taken as it is: a $ in somebody's KPI is no formula."""
    look.setdefault("size", SMALL)
    return where.text(x, y, text, parse_math=False, **look)


@cache
def _renderer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(WIDE, HIGH, 100)  # type: ignore[no-untyped-call]


@cache
def width(text: str, size: float = SMALL, weight: str = "normal") -> float:
    """How wide a line of text is, in dots, with a little room: at other resolutions letters are rounded up.

    >>> width("Doanh thu MT") > width("Doanh thu")
    True
    """
    from matplotlib.font_manager import FontProperties

    look = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return 1.03 * float(_renderer().get_text_width_height_descent(text, look, ismath=False)[0])


def fit(text: str, room: float, size: float = SMALL, lines: int = 1, weight: str = "normal") -> str:
    """A text broken into at most so many lines of so many dots; what is too long ends in an ellipsis.

    >>> fit("Tỷ lệ báo cáo viếng thăm đúng hạn", 180, lines=2).count("\\n")
    1
    """
    made: list[str] = []
    words = " ".join(text.split()).split(" ")
    while words:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, weight) <= room:
            line += " " + words.pop(0)
        if len(made) == lines - 1 and words:
            line += " " + words[0]
            words = []
        made.append(_cut(line, room, size, weight))
    return "\n".join(made)


def _cut(line: str, room: float, size: float, weight: str) -> str:
    if width(line, size, weight) <= room:
        return line
    while line and width(line + "…", size, weight) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def apart(places: list[float], least: float) -> list[float]:
    """Places on a line moved as little as order allows until each is at least so far from the next.

    >>> apart([1.0, 1.1, 3.0], 1.0)
    [0.55, 1.55, 3.0]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    groups: list[tuple[float, list[int]]] = []  # a middle, and who stands around it
    for i in order:
        groups.append((places[i], [i]))
        while len(groups) > 1:
            (low, some), (high, more) = groups[-2:]
            if high - low >= least * (len(some) + len(more)) / 2 - 1e-12:
                break
            both = some + more
            groups[-2:] = [(sum(places[j] for j in both) / len(both), both)]
    moved = list(places)
    for middle, some in groups:
        for n, i in enumerate(some):
            moved[i] = round(middle + (n - (len(some) - 1) / 2) * least, 12)
    return moved


def bare(axes: Any) -> Any:
    """Axes without frame and ticks, for what brings its own labels."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return axes


# ---------------------------------------------------------------- words and numbers


def month_name(month: str, lang: str) -> str:
    """
    >>> month_name("2026-05", "vi"), month_name("2026-05", "en")
    ('tháng Năm', 'May')
    """
    name = MONTHS[lang][int(month[5:7]) - 1]
    return f"tháng {name}" if lang == "vi" else name


def month_tick(month: str, lang: str) -> str:
    """
    >>> month_tick("2026-05", "vi"), month_tick("2026-05", "en")
    ('T5', 'May')
    """
    number = int(month[5:7])
    return f"T{number}" if lang == "vi" else MONTHS[lang][number - 1][:3]


def inside(name: str) -> str:
    """A name as it stands inside a sentence; an abbreviation keeps its letters.

    >>> inside("Doanh thu MT"), inside("MT revenue"), inside("")
    ('doanh thu MT', 'MT revenue', '')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


class Ruler:
    """How the values of one metric are written: in tỷ or triệu where they are large money, with fitting decimals.

    >>> Ruler("VND", 5e11).write(489_640_000_000, "vi"), Ruler("%", 40).write(40.02, "en"), Ruler("orders", 5).write(5, "vi")
    ('489,6 tỷ', '40%', '5 đơn')
    """

    def __init__(self, unit: str, largest: float) -> None:
        size = abs(largest)
        self.unit = unit
        self.scale, self._many = 1.0, {"vi": "", "en": ""}
        if unit == "VND" and size >= 2e6:
            billions = size >= 2e9
            self.scale = 1e9 if billions else 1e6
            self._many = {"vi": " tỷ", "en": "bn"} if billions else {"vi": " triệu", "en": "m"}
        size /= self.scale
        self.digits = (
            0 if size >= 1000 or (self.scale == 1 and unit not in ("%", "times", "days") and size >= 100) else 1
        )
        if size < 10 and unit != "%":
            self.digits = 2

    def round(self, value: float) -> float:
        """The value in the ruler's unit, rounded as it is written."""
        return round(value / self.scale, self.digits) + 0.0

    def write(self, value: float, lang: str, sign: bool = False, unit: bool = True) -> str:
        """A value as it stands in a sentence or on a figure; ``sign`` puts a plus before what is above zero."""
        shown = self.round(value)
        text = show(abs(shown), lang=lang)
        mark = "−" if shown < 0 else "+" if sign and shown > 0 else ""
        if not unit:
            return mark + text
        if self.unit == "%":
            return f"{mark}{text}%"
        words = "" if self.unit == "VND" and self.scale > 1 else " " + self._word(lang)
        return f"{mark}{text}{self._many[lang]}{words}".rstrip()

    def axis(self, lang: str) -> str:
        """The unit as an axis or a column names it: tỷ VND, %, đơn."""
        return (
            f"{self._many[lang].strip()} {self._word(lang)}".strip()
            if lang == "vi"
            else (f"VND {self._many[lang]}".strip() if self.unit == "VND" else self._word(lang))
        )

    def apart(self, lang: str) -> str:
        """The unit of a distance: that of two percentages is in points.

        >>> Ruler("%", 40).apart("vi"), Ruler("VND", 5e11).apart("en")
        ('điểm %', 'VND bn')
        """
        return {"vi": "điểm %", "en": "points"}[lang] if self.unit == "%" else self.axis(lang)

    def _word(self, lang: str) -> str:
        return UNITS.get(self.unit, {}).get(lang, self.unit)


UNITS: dict[str, Words] = {
    unit: {"vi": vi, "en": unit}
    for unit, vi in {
        "orders": "đơn", "chains": "chuỗi", "SKUs": "SKU", "checks": "lượt", "visits": "lượt", "outlets": "điểm bán",
        "programmes": "chương trình", "calls": "cuộc", "leads": "khách", "quotes": "báo giá", "notes": "ghi chú",
        "meetings": "cuộc", "pieces": "sản phẩm", "hours": "giờ", "procedures": "quy trình", "files": "hồ sơ",
        "subscribers": "khách", "campaigns": "chiến dịch", "people": "người", "boxes": "hộp", "questions": "câu hỏi",
        "guests": "lượt", "tickets": "hóa đơn", "points": "điểm", "posts": "bài", "times": "lần", "days": "ngày",
        "months": "tháng", "deliveries": "chuyến", "reports": "báo cáo",
    }.items()
}  # fmt: skip
