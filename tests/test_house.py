"""How the house stands: what is packaged, who imports whom, what an import costs."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "builder", "cards", "unlearn", "evaluate")

MAY_IMPORT = {
    "schemas": set(),
    "builder": {"schemas", "cards"},
    "cards": {"schemas", "builder"},  # builder only for types; see test_cards_need_builder_only_for_types
    "unlearn": {"schemas", "cards", "evaluate"},
    "evaluate": {"schemas", "cards", "unlearn"},  # how models and releases are read and asked is unlearn's
}

HEAVY = {"datasets", "pandas", "pyarrow", "torch", "transformers", "numpy", "PIL", "numba", "scipy", "huggingface_hub"}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported_rooms(path: Path, runtime_only: bool = False) -> set[str]:
    """The rooms of the house that a module imports."""
    depth = len(path.relative_to(ROOT).parts)  # how many dots reach the root
    tree = ast.parse(path.read_text())
    skipped: set[ast.AST] = set()
    if runtime_only:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                skipped |= set(ast.walk(node))
    found = set()
    for node in ast.walk(tree):
        if node in skipped or not isinstance(node, ast.ImportFrom):
            continue
        if node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        elif node.level == 0 and node.module and node.module.startswith("mllmu."):
            found.add(node.module.split(".")[1])
    return found & set(ROOMS)


def test_every_folder_with_code_is_packaged():
    """A stale list would drop a folder from the wheel, and an editable install would hide it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    folders = {"mllmu"} | {
        "mllmu." + ".".join(path.parent.relative_to(ROOT).parts) for room in ROOMS for path in modules(room)
    }
    assert set(project["tool"]["setuptools"]["packages"]) == folders


def test_every_data_file_is_packaged():
    """Data beside the code must travel in the wheel."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["mllmu"]
    packaged = {path for pattern in patterns for path in ROOT.glob(pattern)}
    data = {
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".nbi", ".nbc"} and "__pycache__" not in path.parts
    }
    assert data <= packaged


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_whom_they_may(room):
    for path in modules(room):
        assert imported_rooms(path) <= MAY_IMPORT[room] | {room}, path


def test_cards_need_builder_only_for_types():
    for path in modules("cards"):
        assert "builder" not in imported_rooms(path, runtime_only=True), path


@pytest.mark.parametrize("module", ["mllmu", "mllmu.builder.cli", "mllmu.schemas.columns", "mllmu.builder.settings"])
def test_import_is_light(module):
    """`--help` must be instant, so nothing heavy may hang on these."""
    code = f"import sys, {module}; print(*{{m.split('.')[0] for m in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout
    assert not HEAVY & set(loaded.split())
