"""Pictures that answer: what a learner picks, and the picture, sentence and table that follow from it.

Works in a notebook, in the browser (Pyodide) and without either, where it prints the sentence and gives the figure.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from . import views
from .forms import in_notebook
from .language import Trouble, current
from .picks import Choice, Pick, Several, Slider, View
from .pictures.canvas import Picture, Ruler, as_html, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def names() -> list[str]:
    """The views there are.

    >>> {"removal", "chain"} <= set(names())
    True
    """
    return sorted(module.name for module in pkgutil.iter_modules(views.__path__) if not module.name.startswith("_"))


def explore(name: str, **picks: Any) -> Figure | None:
    """A picture of a case's data, or of the simulated year, that answers as you pick.

    ``name``: a view, such as ``"removal"`` (cover numbers of a scorecard) or ``"chain"`` (does an activity reach the
    goal); `Trouble` lists them all. ``picks``: what is picked at the start, by the view's own names:
    ``explore("removal", without=["visits"])``. In a notebook it shows controls, figure, sentence and table and gives
    None; elsewhere it prints the sentence and gives the matplotlib figure. Raises `Trouble` for a view or a pick that
    is not there. Source: the curriculum number stands in each view's file.

    >>> from kpikit.language import use
    >>> use("en"); figure = explore("removal", without=["mt_revenue", "sku_coverage"])
    With 4 of 6 lines left, the board is green all year. Nobody who reads this board knows that MT falls short.
    """
    view = find(name)
    for pick, value in picks.items():
        if pick not in view.picks:
            _refuse(f"explore(“{name}”)", pick, view.picks)
        if not view.picks[pick].fits(value):
            _refuse(pick, value, _offered(view.picks[pick]))
    if in_notebook():
        _show(view, {**view.start(), **picks})
        return None
    made = picture(name, **picks)
    print(made.sentence)
    return made.figure


def find(name: str) -> View:
    """The view of this name. Raises `Trouble` that lists the ones there are."""
    if name not in names():
        _refuse("explore", name, names())
    found: View = import_module(f".views.{name}", __package__).VIEW
    return found


def picture(name: str, **picks: Any) -> Picture:
    """The figure, sentence and table of one pick, in the language in force and the course's look."""
    view = find(name)
    return styled(view.make)(**{**view.start(), **picks})


def _offered(pick: Pick) -> Iterable[Any]:
    return (f"{pick.low:g} … {pick.high:g}",) if isinstance(pick, Slider) else pick.options


def _refuse(where: str, given: Any, there: Iterable[Any]) -> None:
    listed = ", ".join(map(str, there))
    raise Trouble(
        vi=f"{where}: không có “{given}”. Có: {listed}.",
        en=f"{where}: there is no “{given}”. There are: {listed}.",
    )


# ---------------------------------------------------------------- showing


def _show(view: View, picked: dict[str, Any]) -> None:
    """Controls above, the picture below; each pick draws it anew."""
    import ipywidgets as w
    from IPython.display import display

    lang, out, make = current(), w.HTML(), styled(view.make)
    controls = {name: _CONTROLS[type(pick)](pick, picked[name], lang) for name, pick in view.picks.items()}

    def draw(change: Any = None) -> None:
        out.value = as_html(make(**{name: control.read() for name, control in controls.items()}))

    for control in controls.values():
        for one in control.inputs:
            one.observe(draw, names="value")
    draw()
    whole = w.VBox([w.HBox([c.box for c in controls.values()], layout=w.Layout(flex_flow="row wrap")), out])
    whole.add_class("kpikit-explore")
    display(whole)


class _Control(NamedTuple):
    """The widgets of one pick: what is shown, what to listen to, how to read it."""

    box: Any
    inputs: list[Any]
    read: Callable[[], Any]


def _row(pick: Pick, lang: str, *shown: Any) -> Any:
    import ipywidgets as w

    layout = w.Layout(margin="0 18px 0 0", flex_flow="row wrap")
    return w.HBox([w.Label(pick.asks[lang]), *shown], layout=layout)


def _choice(pick: Choice, start: Any, lang: str) -> _Control:
    import ipywidgets as w

    options = [(words[lang], value) for value, words in pick.options.items()]
    one = w.ToggleButtons(options=options, value=start, style={"button_width": "auto"})
    return _Control(_row(pick, lang, one), [one], lambda: one.value)


def _several(pick: Several, start: Any, lang: str) -> _Control:
    import ipywidgets as w

    boxes = {
        value: w.Checkbox(value=value in start, description=words[lang], indent=False)
        if pick.as_list
        else w.ToggleButton(value=value in start, description=words[lang])
        for value, words in pick.options.items()
    }

    def read() -> list[Any]:
        return [value for value, box in boxes.items() if box.value]

    if not pick.as_list:
        return _Control(_row(pick, lang, *boxes.values()), list(boxes.values()), read)
    listed = w.VBox([w.Label(pick.asks[lang]), *boxes.values()])
    listed.add_class("kpikit-ticks")
    return _Control(listed, list(boxes.values()), read)


def _slider(pick: Slider, start: float, lang: str) -> _Control:
    import ipywidgets as w

    ruler = Ruler(pick.unit, max(abs(pick.low), abs(pick.high))) if pick.unit else Ruler("", pick.high)
    options = [(ruler.write(value, lang), value) for value in pick.values()]
    at = min(pick.values(), key=lambda value: abs(value - start))
    one = w.SelectionSlider(
        options=options, value=at, continuous_update=False, readout=True, layout=w.Layout(width="430px")
    )
    row = _row(pick, lang, one)
    row.add_class("kpikit-slide")
    return _Control(row, [one], lambda: one.value)


_CONTROLS: dict[type, Callable[..., _Control]] = {Choice: _choice, Several: _several, Slider: _slider}
