"""Pictures that answer: what a learner picks, and the picture, sentence and table that follow from it.

Works in a notebook, in the browser (Pyodide) and without either, where it prints the sentence and gives the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from .canvas import STYLE, as_html
from .forms import in_notebook
from .language import LANGUAGES, Trouble, Words, current
from .pictures import NEXT, NUMBERS, STEPS, TEAMS, Picture, chain_picture, removal_picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class View:
    """One named picture: ``make`` gives it for what was picked, ``choices`` says what can be picked.

    ``choices``: a pick's name -> its options (value -> words); a pick in ``many`` takes any number of them.
    """

    make: Callable[..., Picture]
    choices: Mapping[str, Mapping[Any, Words]]
    asks: Mapping[str, Words]
    start: Mapping[str, Any]
    many: frozenset[str] = field(default_factory=frozenset)


def explore(name: str, **picks: Any) -> Figure | None:
    """A picture of the distributor's data that answers as you pick: ``"removal"`` or ``"chain"``.

    ``picks`` sets what is picked at the start: ``without=[...]`` for ``"removal"`` (ids of the numbers to
    cover), ``team``, ``year`` and ``link`` for ``"chain"``. In a notebook it shows controls, figure, sentence
    and table and gives None; elsewhere it prints the sentence and gives the matplotlib figure. Raises `Trouble`
    for a picture or a pick that is not there. Source: curriculum A3 (removal), A5 (chain).

    >>> from kpikit.language import use
    >>> use("en"); figure = explore("removal", without=["mt_revenue", "sku_coverage"])
    With 4 of 6 lines left, the board is green all year. Nobody who reads this board knows that MT falls short.
    """
    if name not in VIEWS:
        _refuse("explore", name, VIEWS)
    view, picked = VIEWS[name], dict(VIEWS[name].start)
    for pick, value in picks.items():
        if pick not in view.choices:
            _refuse(f"explore(“{name}”)", pick, view.choices)
        for one in value if pick in view.many else [value]:
            if one not in view.choices[pick]:
                _refuse(pick, one, view.choices[pick])
        picked[pick] = value
    if in_notebook():
        _show(name, picked)
        return None
    made = picture(name, **picked)
    print(made.sentence)
    return made.figure


def _refuse(where: str, given: Any, there: Mapping[Any, Any]) -> None:
    names = ", ".join(map(str, there))
    raise Trouble(
        vi=f"{where}: không có “{given}”. Có: {names}.",
        en=f"{where}: there is no “{given}”. There are: {names}.",
    )


# ---------------------------------------------------------------- what there is

VIEWS: dict[str, View] = {
    "removal": View(
        removal_picture,
        choices={"without": NUMBERS},
        asks={"without": {"vi": "Che:", "en": "Cover:"}},
        start={"without": []},
        many=frozenset({"without"}),
    ),
    "chain": View(
        chain_picture,
        choices={
            "team": TEAMS,
            "year": {
                "both": {"vi": "Cả hai năm", "en": "Both years"},
                "2025": {"vi": "2025", "en": "2025"},
                "2026": {"vi": "2026", "en": "2026"},
            },
            "link": {
                cause: {lang: f"{STEPS[cause][lang]} → {STEPS[effect][lang]}" for lang in LANGUAGES}
                for cause, effect in NEXT.items()
            },
        },
        asks={
            "team": {"vi": "Đội:", "en": "Team:"},
            "year": {"vi": "Các tháng của:", "en": "Months of:"},
            "link": {"vi": "Mắt xích:", "en": "Link:"},
        },
        start={"team": "Đội 1", "year": "both", "link": "calls"},
    ),
}

# ---------------------------------------------------------------- showing


def picture(name: str, **picks: Any) -> Picture:
    """The figure, sentence and table of one pick, in the language in force and the course's look."""
    import matplotlib.style

    with matplotlib.style.context(str(STYLE)):
        return VIEWS[name].make(**{**VIEWS[name].start, **picks})


def _show(name: str, picked: dict[str, Any]) -> None:
    """Controls above, the picture below; each pick draws it anew."""
    import ipywidgets as w
    from IPython.display import display

    view, lang, out = VIEWS[name], current(), w.HTML()
    controls = {pick: _control(view, pick, picked[pick], lang) for pick in view.choices}

    def draw(change: Any = None) -> None:
        out.value = as_html(picture(name, **{pick: control.read() for pick, control in controls.items()}))

    for control in controls.values():
        for one in control.inputs:
            one.observe(draw, names="value")
    draw()
    rows = [
        w.HBox(
            [w.Label(view.asks[pick][lang]), *control.inputs],
            layout=w.Layout(margin="0 18px 0 0", flex_flow="row wrap"),
        )
        for pick, control in controls.items()
    ]
    whole = w.VBox([w.HBox(rows, layout=w.Layout(flex_flow="row wrap")), out])
    whole.add_class("kpikit-explore")
    display(whole)


class _Control(NamedTuple):
    """The buttons of one pick, and how to read them."""

    inputs: list[Any]
    read: Callable[[], Any]


def _control(view: View, pick: str, start: Any, lang: str) -> _Control:
    import ipywidgets as w

    options = view.choices[pick]
    if pick in view.many:
        toggles = {v: w.ToggleButton(value=v in start, description=words[lang]) for v, words in options.items()}
        return _Control(list(toggles.values()), lambda: [v for v, toggle in toggles.items() if toggle.value])
    one = w.ToggleButtons(
        options=[(words[lang], v) for v, words in options.items()], value=start, style={"button_width": "auto"}
    )
    return _Control([one], lambda: one.value)
