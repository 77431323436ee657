"""KPI designs at the edge: `load` and `save`, and the one error that names file, place and mend."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .documents import WRITERS, Unreadable, read_tree, write_text
from .language import Words


def load(path: str | os.PathLike[str]) -> Any:
    """A KPI design from a YAML or JSON file, as a `kpikit.design.Design`.

    A half-filled design is readable; `check` says what is missing. Raises `Unreadable`, which names
    the file, the place and the mend. Source: blueprint, "The design document".
    """
    return as_design(read_tree(path), str(path))


def as_design(tree: Any, name: str = "design", lang: str | None = None) -> Any:
    """A design from plain values. ``lang`` settles numbers that have two readings. Raises `Unreadable`.

    >>> as_design({"company": " Hương Việt "}).company
    'Hương Việt'
    """
    from pydantic import ValidationError

    from .design import Design

    if isinstance(tree, Design):
        return tree
    if tree is not None and not isinstance(tree, Mapping):
        raise Unreadable(
            name,
            [
                {
                    "vi": "chưa phải một thiết kế KPI: cần các mục như company, aop, kpis, review. Xem mẫu: kpikit new mau.yaml",
                    "en": "is no KPI design: it needs company, aop, kpis, review. See one: kpikit new sample.yaml",
                }
            ],
        )
    try:
        return Design.model_validate(dict(tree or {}), context={"lang": lang})
    except ValidationError as error:
        raise Unreadable(name, [_fault(e, tree) for e in error.errors(include_url=False)]) from None


def _fault(error: Any, tree: Any) -> Words:
    """One pydantic error as a sentence in both languages, its place first."""
    context = error.get("ctx") or {}
    place = _place(error["loc"], tree, str(context.get("field") or ""))
    if error["type"] == "kpikit":
        vi, en = context["vi"], context["en"]
    elif error["type"] == "extra_forbidden":
        vi = "mục này không có trong thiết kế KPI. Hãy xóa, hoặc sửa tên cho đúng; danh sách tên: kpikit new mau.yaml"
        en = "a design has no such key. Remove it, or mend its name; all names: kpikit new sample.yaml"
    else:
        vi, en = "giá trị không đúng kiểu.", f"not the right kind of value ({error['msg']})."
    return {"vi": f"{place}: {vi}" if place else vi, "en": f"{place}: {en}" if place else en}


def _place(loc: tuple[Any, ...], tree: Any, field: str) -> str:
    """“kpis #3 (K3) › scale › floor”: a place a person can find."""
    shown: list[str] = []
    for step in loc:
        if isinstance(step, int):
            tree = tree[step] if isinstance(tree, (list, tuple)) and step < len(tree) else None
            own = tree.get("id") if isinstance(tree, Mapping) else None
            shown[-1:] = [f"{shown[-1] if shown else ''} #{step + 1}" + (f" ({own})" if own else "")]
        else:
            tree = tree.get(step) if isinstance(tree, Mapping) else None
            shown.append(str(step))
    return " › ".join(filter(None, [*shown, field]))


def save(design: Any, path: str | os.PathLike[str]) -> None:
    """Write a design as YAML or JSON by the suffix, atomically. What `load` reads back is the same design.

    Raises `Unreadable` for a suffix the kit does not write.
    """
    write_text(path, as_text(as_design(design).as_document(), Path(path)))


def as_text(tree: Any, path: Path) -> str:
    """The tree in the format of the path's suffix. Raises `Unreadable` for one the kit does not write."""
    writer = WRITERS.get(path.suffix.casefold())
    if writer is None:
        suffixes = ", ".join(WRITERS)
        raise Unreadable(
            str(path),
            [
                {
                    "vi": f"chưa ghi được đuôi “{path.suffix}”. Hãy dùng {suffixes}.",
                    "en": f"cannot write the suffix “{path.suffix}”. Use {suffixes}.",
                }
            ],
        )
    return writer(tree)
