"""Doors of rooms that are still being built: each says so in one clear message."""

from __future__ import annotations

from typing import Any, NoReturn

from .language import Trouble


def _coming(name: str, vi: str, en: str) -> NoReturn:
    raise Trouble(vi=f"kpikit {name} chưa có trong bản này: {vi} Hãy cập nhật kpikit khi có bản mới.",
                  en=f"kpikit {name} is not in this version yet: {en} Update kpikit when a new version is out.")


def pace(*args: Any, **options: Any) -> NoReturn:
    """Is the goal within reach at the present pace (C4)? Raises `Trouble` until it is there."""
    _coming("pace", "phần dự báo theo tốc độ hiện tại đang được xây.", "the run rate and its forecast are being built.")


def evidence(*args: Any, **options: Any) -> NoReturn:
    """Does an activity move the goal, link by link (A5)? Raises `Trouble` until it is there."""
    _coming("evidence", "phần kiểm chứng từng mắt xích đang được xây.", "the proof link by link is being built.")
