"""The words of checks and notes: what lies in the YAML beside each, told with a problem's facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..documents import read_yaml
from ..language import Amount, Words, fact, say
from .problem import NOTES, Problem, Term

LISTED = 8  # names in one sentence; the rest are counted
GROUPS = ("f1_goals", "f2_aop", "f3_drivers", "f4_focus", "f5_weights", "f6_scales", "f7_cascade", "f8_rhythm")
REMARKS = ("notes", "notes_plan", "notes_people", "notes_proof")  # where the notes stand, by theme


@cache
def entries(module: str) -> dict[str, Any]:
    """The YAML beside a module of this folder, as written."""
    path = files(__package__).joinpath(f"{module}.yaml")
    tree: dict[str, Any] = read_yaml(path.read_bytes(), path.name)
    return tree


def entry(id: str) -> dict[str, Any]:
    """The entry of a check (``"5.3"``) or a note (``"no_links"``)."""
    module = GROUPS[int(id[0]) - 1] if id[0].isdigit() else NOTES[id].__module__.rpartition(".")[2]
    found: dict[str, Any] = entries(module)[id]
    return found


def tell(id: str, problems: list[Problem], miscalled: Mapping[int, tuple[str, Words]], lang: str) -> tuple[str, str]:
    """Why it matters and how to mend it, for the problems of one check at one place.

    ``miscalled``: for a KPI called what it is not (by identity), what it really is and the reason.
    """
    own, shared = entry(id)["problems"], entries("shared")
    why, mend = [], []
    for problem in problems:
        words = own.get(problem.name) or shared["problems"][problem.name]
        facts = {name: _shown(value, lang) for name, value in problem.facts.items()}
        why.append(_sentence(words["why"][lang].format_map(facts)))
        mend.append(_sentence(words["mend"][lang].format_map(facts)))
        for kpi in [k for k in problem.called if id_of(k) in miscalled][:LISTED]:
            really, because = miscalled[id_of(kpi)]
            kinds = {"said": shared["kinds"][kpi.kind][lang], "really": shared["kinds"][really][lang]}
            why.append(
                say(
                    shared["called"],
                    lang,
                    kpi=_shown(kpi.name or kpi.id or "KPI", lang),
                    because=because[lang],
                    **kinds,
                )
            )
    return " ".join(dict.fromkeys(why)), " ".join(dict.fromkeys(mend))


id_of = id


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(value: Any, lang: str) -> str:
    """A fact the reader's way: numbers with their unit, names cut where endless, in a list quoted."""
    if isinstance(value, Amount) and value.value is None:
        return _term("not_given", lang)
    if isinstance(value, Mapping):
        return fact(value[lang], lang)
    if isinstance(value, Term):
        return _term(value.word, lang)
    if isinstance(value, (list, tuple)) and not isinstance(value, Amount):
        names = [f"“{_shown(v, lang)}”" if isinstance(v, str) else _shown(v, lang) for v in value[:LISTED]]
        if len(value) > LISTED:
            names.append(say(entries("shared")["terms"]["more"], lang, n=len(value) - LISTED))
        return ", ".join(names) or _term("nothing", lang)
    return fact(value, lang)


def _term(word: str, lang: str) -> str:
    shared = entries("shared")
    text: str = (shared["terms"].get(word) or shared["kinds"][word])[lang]
    return text
