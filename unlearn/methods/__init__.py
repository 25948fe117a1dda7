"""Unlearning methods: one file, one `class Method`, one loss. The file's name is the method's name.

A method of your own is such a file anywhere: `--method path/to/file.py`. To list methods, their files are read, not
imported, so that listing needs no PyTorch.

    class Method:                       # a dataclass; its fields are the knobs
        def loss(self, forget, retain): # the last argument may be left out
            return -forget.nll + retain.nll

`forget` and `retain` are `mllmu.unlearn.step.Step`s. A loss returns a scalar, or yields several: each is then
back-propagated, and its memory freed, before the next is computed; it is one optimiser step all the same.

A method that does not take the release's own pairs has `rewrite(forgetting)`, which returns the forget examples in
their place, or `keep(retain)`, which returns the retain examples that it wants: see `mllmu.unlearn.forgetting`. One
that is about pictures says `needs_pictures: ClassVar[bool] = True`, and is never run on text alone. One whose loss asks
`forget.reference` for nothing but `answer_logp` says `takes_reference: ClassVar[bool] = True`: `--reference` may then
name another model.
"""

import ast
import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import UsageError

FOLDER = Path(__file__).parent
FLAG = "needs_pictures"
ORIGINAL = FOLDER / "original"
"""The published scripts' own objective, where it differs: used by `--compat original`."""


class Knob(NamedTuple):
    """A field of a method."""

    name: str
    default: str
    help: str


class Description(NamedTuple):
    """What a method's file says of it."""

    name: str
    summary: str
    knobs: list[Knob]


def names() -> list[str]:
    """The methods that come along."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def find(name: str, compat: bool = False) -> Path:
    """The file of a method, by name or by path.

    Raises:
        UsageError: There is no such method.
    """
    if name.endswith(".py"):
        if not Path(name).is_file():
            raise UsageError(f"no method file at {name}.")
        return Path(name)
    if name not in names():
        near = get_close_matches(name, names(), 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no method called {name!r}.{hint} Known: {', '.join(names())}; or a path ending in .py.")
    original = ORIGINAL / f"{name}.py"
    return original if compat and original.exists() else FOLDER / f"{name}.py"


def describe(path: Path) -> Description:
    """Name, first line and knobs, read from the source.

    Raises:
        UsageError: The file is not Python, or has no `class Method`.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not Python: {error}") from error
    summary = (ast.get_docstring(tree) or path.stem).splitlines()[0]
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Method":
            return Description(path.stem, summary, list(_knobs(node)))
    raise UsageError(f"{path} has no `class Method`.")


def _knobs(node: ast.ClassDef) -> Iterator[Knob]:
    """The annotated fields with a default, each with the string under it."""
    for part, below in zip(node.body, [*node.body[1:], None], strict=True):
        if (
            isinstance(part, ast.AnnAssign)
            and part.value is not None
            and "ClassVar" not in ast.unparse(part.annotation)
        ):
            text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
            yield Knob(ast.unparse(part.target), ast.unparse(part.value), " ".join(str(text).split()))


def load(name: str, knobs: dict[str, str] | None = None, compat: bool = False) -> Any:
    """A method with its knobs set; this imports its file.

    Raises:
        UsageError: There is no such method or knob, or a knob's value is of the wrong type.
    """
    path = find(name, compat)
    describe(path)
    spec = importlib.util.spec_from_file_location(_module_name(path), path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look annotations up
    spec.loader.exec_module(module)
    method = module.Method()
    known = fields_of(method)
    for key in knobs or {}:
        if key not in known:
            raise UsageError(f"method {name!r} has no knob {key!r}. It has: {', '.join(known) or 'none'}.")
    values = {key: _value(key, text, known[key]) for key, text in (knobs or {}).items()}
    return replace(method, **values) if values else method


def fields_of(method: Any) -> dict[str, Any]:
    """The knobs and their values."""
    if not hasattr(method, "__dataclass_fields__"):
        return {}
    return {field.name: getattr(method, field.name) for field in fields(method)}


def needs_retain(method: Any) -> bool:
    """Whether the loss looks at retain examples."""
    return hasattr(method, "loss") and len(inspect.signature(method.loss).parameters) > 1


def trains(name: str) -> bool:
    """Whether a method has a loss, read from its source.

    Raises:
        UsageError: There is no such method.
    """
    path = find(name)
    describe(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "loss" for node in ast.walk(tree))


def needs_pictures(name: str) -> bool:
    """Whether a method has no use for text alone, read from its source: `needs_pictures: ClassVar[bool] = True`.

    Raises:
        UsageError: There is no such method.
    """
    path = find(name)
    describe(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == FLAG for node in ast.walk(tree))


def stated(name: str) -> dict[str, str]:
    """What a record says of a method: its name; and of a file elsewhere what it holds, for it may change."""
    path = find(name)
    told = {"method": path.stem}
    if not path.is_relative_to(FOLDER):
        told["file"] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return told


def _module_name(path: Path) -> str:
    """Inside the package, so that relative imports work; a user's file stands alone."""
    if path.is_relative_to(FOLDER):
        return ".".join([__name__, *path.relative_to(FOLDER).with_suffix("").parts])
    return f"mllmu_method_{path.stem}"


def _value(key: str, text: str, default: Any) -> Any:
    kind = type(default)
    if kind is bool:
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
    else:
        try:
            return kind(text)
        except (TypeError, ValueError):
            pass
    raise UsageError(f"knob {key} = {text!r}: it must be of type {kind.__name__}, as its default {default!r} is.")
