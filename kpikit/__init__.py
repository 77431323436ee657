"""kpikit: the ideas of an AOP-KPI course as code. Each name is loaded when it is first used.

>>> import kpikit
>>> kpikit.check({"company": "Hương Việt"}).verdict
'paradox'
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "answer": "forms",
    "ask": "forms",
    "case": "companies",
    "check": "checklist",
    "classify": "kinds",
    "evidence": "proof",
    "explain": "checklist",
    "explore": "exploring",
    "figure": "gallery",
    "hand_in": "handing_in",
    "load": "files",
    "metric": "metrics",
    "pace": "run_rate",
    "play": "years.play",
    "progress": "so_far",
    "save": "files",
    "use": "language",
    "year": "years.result",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"kpikit has no “{name}”; it has {', '.join(_HOMES)}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
