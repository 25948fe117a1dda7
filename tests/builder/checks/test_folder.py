"""A sound release passes; what the checks of files and splits find; how the runner behaves."""

from pathlib import Path
from typing import Any

import pytest
from mllmu.builder.checks import names
from mllmu.builder.checks.run import failures, run_checks
from mllmu.builder.reader import Release
from mllmu.schemas.manifest import Manifest

ROWS = [
    ("splits", lambda r: r["profiles"]["001"].update(rank=r["profiles"]["002"]["rank"]), "is another person's or none"),
    ("splits", lambda r: r["test"]["001"].update(rank=40), "001: its rank in test, 40, is another person's or none"),
    ("splits", lambda r: swap(r, "001", "002", "rank"), "is in the shard"),
    ("splits", lambda r: [r[k]["001"].update(ID="1") for k in ("profiles", "test")], "1: is no id of a release of 40"),
    ("splits", lambda r: [r[k]["001"].update(ID="002") for k in ("profiles", "test")], "002: is the id of 2 rows"),
    (
        "splits",
        lambda r: [r[k].pop("040") for k in ("profiles", "test")],
        "39 people, the manifest states 40",
    ),
    ("splits", lambda r: r["celebrity"]["C001"].update(ID="001"), "3 rows for 3 celebrities; look at 001, C001"),
]


def swap(rows, left: str, right: str, key: str) -> None:
    for kind in ("profiles", "test"):
        a, b = rows[kind][left], rows[kind][right]
        a[key], b[key] = b[key], a[key]


@pytest.mark.parametrize(("check", "spoil", "says"), ROWS, ids=lambda value: value if isinstance(value, str) else "")
def test_finds_in_rows(finds, check, spoil, says):
    finds(check, spoil, says)


def edit(folder: Path, **changes: Any) -> None:
    """Change the manifest."""
    path = folder / "manifest.json"
    path.write_text(Manifest.model_validate_json(path.read_text()).model_copy(update=changes).model_dump_json())


def shard(folder: Path) -> Path:
    return next((folder / "data/test").glob("00-05-*"))


def other_columns(folder: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(pq.read_table(shard(folder)).drop_columns(["rank"]), shard(folder))


def count_wrong(folder: Path) -> None:
    shards = Release(folder).manifest.shards
    edit(folder, shards=tuple(s.model_copy(update={"rows": s.rows + 1}) for s in shards))


def config_wrong(folder: Path) -> None:
    edit(folder, configs={**Release(folder).manifest.configs, "forget_05": 3, "forget_20": 8})


def card_wrong(folder: Path) -> None:
    card, path = folder / "README.md", shard(folder).relative_to(folder).as_posix()
    card.write_text(card.read_text().replace(f"- {path}\n", "- data/test/other.parquet\n"))


def flip(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])


FOLDERS = [
    ("files", lambda f: (f / "thesis.tex").write_text("mine"), "thesis.tex: is no file of this release"),
    ("files", lambda f: (f / ".DS_Store").write_text("mine"), ".DS_Store: is no file of this release"),
    ("files", lambda f: (f / "README.md").unlink(), "README.md: is missing"),
    ("files", lambda f: (f / "README.md").write_text("x"), "README.md: has 1 bytes"),
    ("files", lambda f: flip(f / "README.md"), "README.md: has changed since it was built"),
    ("files", other_columns, "differs in its columns: rank"),
    ("files", other_columns, "does not have the hash that is in its name"),
    ("files", count_wrong, "the manifest states 3"),
    ("splits", config_wrong, "forget_05: the manifest states 3 rows, 40 people make it 2"),
    ("splits", config_wrong, "forget_20: is no config of a release"),
    ("splits", count_wrong, "forget_05: its shards hold 3 rows, expected 2"),
    ("splits", card_wrong, "README.md: config test does not list its 4 shards"),
    ("splits", lambda f: (f / "README.md").write_text("# Hello\n"), "README.md: does not begin with YAML"),
    ("splits", lambda f: (f / "README.md").write_text("---\nconfigs: 3\n---\n"), "README.md: its YAML does not list"),
]


@pytest.mark.parametrize(("check", "spoil", "says"), FOLDERS, ids=lambda value: value if isinstance(value, str) else "")
def test_finds_in_the_folder(bench, tmp_path, check, spoil, says):
    bench.write(tmp_path, bench.rows())
    spoil(tmp_path)
    [result] = run_checks(Release(tmp_path), only=[check])
    assert result.failed
    assert any(says in f"{where}: {what}" for where, what in result.examples), result.examples


def test_a_sound_release_passes_every_check(bench, tmp_path):
    seen = []
    results = run_checks(bench.write(tmp_path, bench.rows()), progress=lambda: seen.append(1))
    assert [(r.name, r.examples) for r in failures(results)] == []
    assert [r.name for r in results] == list(names())
    assert len(seen) == 40
    assert all(r.tried and len(r.rule) <= 120 and r.rule.endswith(".") for r in results)


def test_two_runs_say_the_same(bench, tmp_path):
    release = bench.write(tmp_path, bench.rows())
    assert run_checks(release) == run_checks(release)


def test_every_check_has_a_release_that_it_fails():
    folder = Path(__file__).parent
    cases = "".join(path.read_text() for path in folder.glob("test_*.py"))
    assert [name for name in names() if f'    ("{name}", ' not in cases and f'\n        "{name}",\n' not in cases] == []


def test_a_release_being_put_together_needs_no_card_and_no_hashes(bench, tmp_path):
    release = bench.write(tmp_path, bench.rows(), card=False)
    assert [r.examples for r in failures(run_checks(release))] == []
    (tmp_path / "data/test/left-over.parquet").write_bytes(b"")
    [result] = run_checks(release, only=["files"])
    assert result.examples == (("data/test/left-over.parquet", "is no file of this release"),)


def test_what_git_and_the_hub_leave_is_no_stray(bench, tmp_path):
    release = bench.write(tmp_path, bench.rows())
    (tmp_path / ".cache/huggingface").mkdir(parents=True)
    (tmp_path / ".cache/huggingface/x.lock").write_text("")
    (tmp_path / ".gitattributes").write_text("*.parquet filter=lfs\n")
    assert not run_checks(release, only=["files"])[0].failed


def test_an_unreadable_row_is_a_finding_and_not_a_crash(bench, tmp_path):
    rows = bench.rows()
    rows["profiles"]["001"]["biography"] = "[]"
    rows["test"]["002"]["attributes"] = []
    rows["celebrity"]["C001"]["biography"] = "no json"
    results = {r.name: r for r in run_checks(bench.write(tmp_path, rows, card=False))}
    assert all(r.failed <= r.tried for r in results.values())
    for name in ("chronology", "names", "plausible"):
        assert any("cannot be read" in what for _, what in results[name].examples), name
