"""Documents at the edge: YAML and JSON in and out, and the one error a bad file gives.

YAML is read as events, never constructed: no tags, no anchors, no aliases, no code, bounded in size and depth.
Every scalar stays the text that was written (`Plain` where it had no quotes); the field it lands in decides.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .language import Plain, Trouble, Words, clean

SIZE_LIMIT = 8_000_000  # bytes of one document
VALUE_LIMIT = 20_000  # scalars, lists and mappings in one document
DEPTH_LIMIT = 20
SHOWN = 5  # faults named in one error; the rest are counted


class Unreadable(Trouble):
    """A file the kit cannot read: which file, which place, what was expected, how to mend it."""

    def __init__(self, file: str, faults: Sequence[Words]) -> None:
        more = len(faults) - SHOWN
        rest = {"vi": f"\n… và {more} chỗ nữa.", "en": f"\n… and {more} more."} if more > 0 else {"vi": "", "en": ""}
        super().__init__(
            **{
                code: "\n".join(f"{file}: {fault[code]}" for fault in faults[:SHOWN]) + rest[code]
                for code in ("vi", "en")
            }
        )
        self.file, self.faults = file, faults


# ---------------------------------------------------------------- reading


def read_tree(path: str | os.PathLike[str]) -> Any:
    """The document in a file as None, text, lists and mappings; YAML or JSON by the suffix.

    Raises `Unreadable` for a missing, binary, malformed, huge or over-nested file, for tags, anchors,
    aliases, repeated keys and several documents.
    """
    path = Path(path)
    try:
        with path.open("rb") as f:
            data = f.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise Unreadable(str(path), [_open_fault(path, error)]) from None
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        suffixes = ", ".join(READERS)
        raise Unreadable(
            str(path),
            [
                {
                    "vi": f"đuôi “{path.suffix}” chưa đọc được. Hãy dùng {suffixes}.",
                    "en": f"the suffix “{path.suffix}” cannot be read. Use {suffixes}.",
                }
            ],
        )
    return reader(data, str(path))


def _open_fault(path: Path, error: OSError) -> Words:
    if isinstance(error, FileNotFoundError):
        return {
            "vi": f"không có tệp này. Hãy kiểm tra tên, hoặc tạo mới: kpikit new {path.name}",
            "en": f"there is no such file. Check the name, or make one: kpikit new {path.name}",
        }
    return {
        "vi": f"không mở được ({error.strerror}). Hãy kiểm tra đường dẫn và quyền đọc.",
        "en": f"cannot be opened ({error.strerror}). Check the path and the right to read it.",
    }


def decode(data: bytes, name: str) -> str:
    """The file's text: UTF-8, a BOM is fine. Raises `Unreadable`."""
    if len(data) > SIZE_LIMIT:
        raise Unreadable(
            name,
            [
                {
                    "vi": f"tệp lớn quá {SIZE_LIMIT // 1_000_000} MB, không phải một bản trả lời hay thiết kế.",
                    "en": f"the file is over {SIZE_LIMIT // 1_000_000} MB: no answers or design are that long.",
                }
            ],
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            name,
            [
                {
                    "vi": f"không phải chữ UTF-8 (từ byte {error.start}). Hãy lưu lại với mã UTF-8.",
                    "en": f"not UTF-8 text (from byte {error.start}). Save it again as UTF-8.",
                }
            ],
        ) from None
    if "\0" in text:
        raise Unreadable(
            name,
            [
                {
                    "vi": "là tệp nhị phân, không phải chữ. Hãy gửi lại đúng tệp.",
                    "en": "is a binary file, not text. Send the right file again.",
                }
            ],
        )
    return text


def read_yaml(data: bytes, name: str = "YAML") -> Any:
    """One YAML 1.2 document as a tree; see `read_tree`.

    >>> read_yaml(b"a: 1.0\\nb: 'no'\\nc:")
    {'a': '1.0', 'b': 'no', 'c': None}
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    text = decode(data, name)
    try:
        try:
            return _Builder(name).build(YAML(typ="safe").parse(text))
        except YAMLError:  # the fast parser refuses what YAML 1.2 allows, like {at: 12:30}
            return _Builder(name).build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Unreadable(
            name,
            [
                {
                    "vi": f"dòng {line}: YAML viết sai ({error.problem or error.context}). Kiểm tra dấu thụt dòng, dấu hai chấm và dấu nháy ở đó.",
                    "en": f"line {line}: malformed YAML ({error.problem or error.context}). Check indents, colons and quotes there.",
                }
            ],
        ) from None
    except (YAMLError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable(
            name,
            [
                {
                    "vi": f"YAML viết sai ({str(error)[:100]}). Hãy lưu lại dưới dạng chữ thường.",
                    "en": f"malformed YAML ({str(error)[:100]}). Save it again as plain text.",
                }
            ],
        ) from None


class _Builder:
    """Builds the tree from parser events, without recursion, refusing what the house does not read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, event: Any, vi: str, en: str) -> Unreadable:
        line = event.start_mark.line + 1 if event.start_mark else "?"
        return Unreadable(self.name, [{"vi": f"dòng {line}: {vi}", "en": f"line {line}: {en}"}])

    def build(self, events: Any) -> Any:
        root: list[Any] = []
        stack: list[Any] = [root]  # open lists and mappings
        keys: list[Any] = [None]  # the key that waits for its value, in each open mapping
        for count, event in enumerate(events):
            kind = type(event).__name__
            if count > VALUE_LIMIT:
                raise self.refuse(
                    event,
                    f"tệp có hơn {VALUE_LIMIT} giá trị, không phải một bản trả lời hay thiết kế.",
                    f"the file has over {VALUE_LIMIT} values: no answers or design are that long.",
                )
            self._allowed(event, kind, root)
            if kind in ("MappingStartEvent", "SequenceStartEvent"):
                if len(stack) > DEPTH_LIMIT:
                    raise self.refuse(
                        event, f"lồng quá {DEPTH_LIMIT} tầng.", f"nested deeper than {DEPTH_LIMIT} levels."
                    )
                new: Any = {} if kind == "MappingStartEvent" else []
                self._put(event, stack, keys, new)
                stack.append(new)
                keys.append(None)
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                stack.pop()
                keys.pop()
            elif kind == "ScalarEvent":
                self._put(event, stack, keys, _scalar(event))
        return root[0] if root else None

    def _allowed(self, event: Any, kind: str, root: list[Any]) -> None:
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise self.refuse(
                event,
                "dấu neo (& hoặc *) không được dùng. Hãy viết giá trị ra đầy đủ.",
                "anchors and aliases (& or *) are not read. Write the value out.",
            )
        tag = getattr(event, "tag", None) or getattr(event, "ctag", None)
        if tag and str(tag) != "!":
            raise self.refuse(
                event,
                "nhãn kiểu (!…) không được dùng. Hãy bỏ nhãn, chỉ giữ giá trị.",
                "tags (!…) are not read. Leave the tag out and keep the value.",
            )
        if kind == "DocumentStartEvent" and root:
            raise self.refuse(
                event,
                "có nhiều tài liệu (---) trong một tệp. Hãy giữ một.",
                "several documents (---) in one file. Keep one.",
            )

    def _put(self, event: Any, stack: list[Any], keys: list[Any], value: Any) -> None:
        top = stack[-1]
        if isinstance(top, list):
            top.append(value)
        elif keys[-1] is None:
            if not isinstance(value, str):
                raise self.refuse(event, "tên mục phải là chữ.", "a key must be a text.")
            key = clean(value)
            if key in top:
                raise self.refuse(
                    event, f"mục “{key}” viết hai lần. Hãy giữ một.", f"the key “{key}” stands twice. Keep one."
                )
            keys[-1] = key
        else:
            top[keys[-1]] = value
            keys[-1] = None


_NULLS = {"", "~", "null", "Null", "NULL"}


def _scalar(event: Any) -> str | None:
    plain = not getattr(event, "style", None)
    if not plain:
        return str(event.value)
    return None if event.value in _NULLS else Plain(event.value)


def read_json(data: bytes, name: str = "JSON") -> Any:
    """One JSON document as a tree; see `read_tree`.

    >>> read_json(b'{"a": 1.50, "b": "1.50", "c": null, "d": true}')
    {'a': '1.50', 'b': '1.50', 'c': None, 'd': 'true'}
    """
    text = decode(data, name)

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for key, value in items:
            if (key := clean(key)) in tree:
                raise Unreadable(
                    name,
                    [
                        {
                            "vi": f"mục “{key}” viết hai lần. Hãy giữ một.",
                            "en": f"the key “{key}” stands twice. Keep one.",
                        }
                    ],
                )
            tree[key] = value
        return tree

    too_deep = {"vi": f"lồng quá {DEPTH_LIMIT} tầng.", "en": f"nested deeper than {DEPTH_LIMIT} levels."}
    try:
        tree = json.loads(text, object_pairs_hook=pairs, parse_int=Plain, parse_float=Plain, parse_constant=Plain)
    except json.JSONDecodeError as error:
        raise Unreadable(
            name,
            [
                {
                    "vi": f"dòng {error.lineno}: JSON viết sai ({error.msg}).",
                    "en": f"line {error.lineno}: malformed JSON ({error.msg}).",
                }
            ],
        ) from None
    except RecursionError:
        raise Unreadable(name, [too_deep]) from None
    return _bounded(tree, name, too_deep)


def _bounded(tree: Any, name: str, too_deep: Words, depth: int = 0) -> Any:
    if isinstance(tree, bool):
        return Plain("true" if tree else "false")
    if not isinstance(tree, (dict, list)):
        return tree
    if depth >= DEPTH_LIMIT:
        raise Unreadable(name, [too_deep])
    if isinstance(tree, list):
        return [_bounded(v, name, too_deep, depth + 1) for v in tree]
    return {k: _bounded(v, name, too_deep, depth + 1) for k, v in tree.items()}


READERS: dict[str, Callable[[bytes, str], Any]] = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


# ---------------------------------------------------------------- writing


def as_yaml(tree: Any) -> str:
    """Plain values as YAML that `read_yaml` gives back unchanged."""
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.representer import SafeRepresenter

    class Representer(SafeRepresenter):
        def ignore_aliases(self, data: Any) -> bool:
            return True  # a value that stands twice is written twice: no anchors

    def text(representer: Any, value: str) -> Any:
        # what the emitter would fold or a reader could take for something else goes in double quotes
        hard = re.search(r"[^\S ]|[^\x20-\x7e\xa1-\ud7ff]|^\s|\s$", value)
        return representer.represent_scalar("tag:yaml.org,2002:str", str(value), style='"' if hard else None)

    Representer.add_representer(str, text)
    Representer.add_representer(Plain, text)
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = Representer
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 10_000_000
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    out = StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def as_json(tree: Any) -> str:
    """Plain values as JSON, indented, with its letters as they are."""
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Any], str]] = {".yaml": as_yaml, ".yml": as_yaml, ".json": as_json}


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file whole or not at all, readable by whoever the folder's habits allow."""
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)
        os.chmod(temporary, 0o666 & ~_umask())  # mkstemp's 0600 would keep others from collecting it
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
