"""The course's figures by name: each is a function elsewhere that gives a picture, loaded when it is asked for."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from .attainment import firm_of
from .companies import Case, cases
from .companies import case as open_case
from .design import Design
from .files import as_design, load
from .language import Trouble
from .pictures.canvas import Picture

# a figure's name -> its module and function. The function takes case, design, metric and month by name (those it has no
# use for may be left out), options of its own beside them, and gives a Picture. To add one: a line here.
FIGURES: dict[str, tuple[str, str]] = {
    "plan": ("pictures.plan", "plan_picture"),
    "share": ("pictures.share", "share_picture"),
    "scorecard": ("pictures.card", "card_picture"),
    "tree": ("pictures.tree", "tree_picture"),
    "weights": ("pictures.weight", "weight_picture"),
    "bottleneck": ("pictures.unit", "bottleneck_picture"),
    "pace": ("gallery", "pace_picture"),
}
_DESIGNS = {"scorecard", "tree", "weights"}  # what these draw is a design: the case's own where none is given


def figure(
    name: str,
    case: Case | str | None = None,
    design: Design | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    metric: str | None = None,
    month: str | None = None,
    **options: Any,
) -> Picture:
    """A figure titled by its finding, with ``.figure`` (matplotlib), ``.sentence`` and ``.table``; shows itself in a notebook.

    ``name``: ``plan`` (a metric against its plan, by month and year to date), ``share`` (who makes the whole),
    ``bottleneck`` (which unit is short), ``scorecard`` (traffic lights), ``tree`` (cause and effect, and where it breaks),
    ``weights`` (who gets the weight, beside the AOP's priority). ``case``: an id, else the design's, else the distributor.
    ``design``: a design, its mapping, a file's path, or the name of one of the case's own (``habit``); without one the
    case's sound design, where it is public, else its habit design. ``metric``: an id of the case's catalogue. ``month``:
    stand at its end, like 2026-09; else the last one with actuals. ``options`` by figure: ``split`` (a column: share,
    bottleneck), ``scorecard`` and ``against="plan"`` (scorecard), ``goal`` and ``persons`` (tree).

    Raises `Trouble` for a name or an option that is not there, `UnknownCase`, `Unreadable`.
    Source: curriculum B4, C3, D4, E3, E5, E6.

    >>> import kpikit
    >>> kpikit.use("en"); made = kpikit.figure("bottleneck", case="distributor", month="2026-12")
    >>> print(made.sentence)
    The bottleneck is Siêu thị Lam Sơn: revenue is 40.4bn short, 70% of all that is missing.
    """
    if name not in FIGURES:
        _refuse("figure", name, FIGURES)
    if month is not None and not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise Trouble(
            vi=f"“{month}” chưa phải một tháng. Hãy viết như 2026-04.",
            en=f"“{month}” is not a month. Write it like 2026-04.",
        )
    module, maker = FIGURES[name]
    make = getattr(import_module(f".{module}", __package__), maker)
    firm, read = _asked(name, case, design)
    takes = inspect.signature(make).parameters
    own = [pick for pick in takes if pick not in ("case", "design", "metric", "month")]
    for option in options:
        if option not in own:
            _refuse(f"figure(“{name}”)", option, own or ["metric", "month"])
    given = {"case": firm, "design": read, "metric": metric, "month": month, **options}
    picture: Picture = make(**{pick: value for pick, value in given.items() if pick in takes})
    return picture


def _asked(name: str, case: Any, design: Any) -> tuple[Case | None, Design | None]:
    """The company and the design a figure is about; a design that belongs to none of ours is drawn without a company."""
    firm: Case | None
    if design is None:
        firm = case if isinstance(case, Case) else open_case(case or "distributor")
        return firm, firm.design("sound" if "sound" in firm.designs else "habit") if name in _DESIGNS else None
    firm = case if isinstance(case, Case) else open_case(case) if case else None
    if isinstance(design, str) and firm and design in firm.designs:
        return firm, firm.design(design)
    read = as_design(design) if isinstance(design, (Design, Mapping)) else load(design)
    if firm is None and (read.case in cases() or name not in ("tree", "weights")):
        firm = firm_of(read)
    return firm, read


def _refuse(where: str, given: Any, there: Any) -> None:
    names = ", ".join(map(str, there))
    raise Trouble(
        vi=f"{where}: không có “{given}”. Có: {names}.",
        en=f"{where}: there is no “{given}”. There are: {names}.",
    )


def pace_picture(case: Case, metric: str | None = None, month: str | None = None) -> Picture:
    """The forecast to the year's end with its range, and since when a miss could be seen (C4, C6); see `kpikit.pace`.

    >>> figure("pace", "distributor", month="2026-06").table.shape[0]
    6
    """
    from .run_rate import pace

    found = pace(case, metric=metric, month=month)
    return Picture(found.figure(), found.sentence, found.table)
