"""A sound release, and ways to spoil it: the people are those of `check_world.py`."""

import copy
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mllmu.builder.checks.run import run_checks
from mllmu.builder.files import sha256_of
from mllmu.builder.reader import Release
from mllmu.builder.rows import Row, profile_row, test_row
from mllmu.builder.shards import ShardWriter
from mllmu.schemas.manifest import MANIFEST, FileEntry, Manifest
from mllmu.schemas.splits import config_sizes, cut_spans

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode finds no neighbours
from check_world import STARS, VIEWS, N, invent, shots, star, write

ONE = "001"
BOTH = ("profiles", "test")


class Rows(dict[str, dict[str, Row]]):
    """Kind -> id -> row; its methods spoil the rows of person 001 unless told otherwise."""

    def facts(self, who: str = ONE) -> dict[str, Any]:
        """A biography, with its prose."""
        return json.loads(self["profiles"][who]["biography"])

    def fact(self, key: str, value: Any, who: str = ONE) -> None:
        """Change a fact, such as `Parents.Father.Name`, in both rows."""
        record = self.facts(who)
        *path, last = key.split(".")
        place = record
        for part in path:
            place = place[part]
        place[last] = value
        for kind in BOTH:
            self[kind][who]["biography"] = json.dumps(record)

    def choice(self, k: int = 0, kind: str = "profiles", who: str = ONE) -> dict[str, Any]:
        """A multiple choice question; 0 to 4 are by image, 5 to 9 by name."""
        tasks = self[kind][who]["Classification_Task"]
        return [*tasks["Image_Textual_Questions"], *tasks["Pure_Text_Questions"]][k]

    def right(self, k: int = 0) -> str:
        """The right option of a question."""
        cell = self.choice(k)
        return cell["Options"][cell["Correct_Answer"]]

    def choices(self, *kinds: str) -> list[dict[str, Any]]:
        """Every multiple choice question of these kinds, or of all people."""
        rows = [row for kind in kinds or BOTH for row in self[kind].values()]
        return [cell for row in rows for cells in row["Classification_Task"].values() for cell in cells]

    def option(self, k: int, value: str, right: bool = False) -> None:
        """Change the right option, or a wrong one, of a question in both rows."""
        for kind in BOTH:
            cell = self.choice(k, kind)
            letter = next(x for x in "ABCD" if (x == cell["Correct_Answer"]) is right)
            cell["Options"][letter] = value

    def cloze(self, text: str, answer: str | None = None, attribute: str | None = None) -> None:
        """Change the first cloze, which is about the occupation."""
        row = self["profiles"][ONE]
        cell = row["Mask_Task"][0]
        row["attributes"][14] = attribute or row["attributes"][14]
        cell["Question"] = text.replace("ANSWER", cell["Ground_Truth"])
        cell["Ground_Truth"] = cell["Ground_Truth"] if answer is None else answer

    def pairs(self, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
        """Change the fine-tuning pairs; by image and by name in turn."""
        row = self["profiles"][ONE]
        row["metadata"] = json.dumps(change(json.loads(row["metadata"])))

    def every(self, column: str, value: Any, *kinds: str) -> None:
        """Set a column of every row of these kinds."""
        for kind in kinds:
            for row in self[kind].values():
                row[column] = value


class Bench:
    """The sound rows, and the writing of a release from rows."""

    def __init__(self) -> None:
        people = [invent(k) for k in range(N)]
        self._ranks = {person.id: person.rank for person in people}
        self._rows = Rows(profiles={}, test={}, celebrity={})
        for person in people:
            pictures, written = shots(person.rank), write(person)
            self._rows["profiles"][person.id] = profile_row(person, written, pictures[0], "rendered")
            self._rows["test"][person.id] = test_row(person, written, pictures[1:], "rendered")
        self._rows["celebrity"] = {row["ID"]: row for row in map(star, range(STARS))}

    def rows(self) -> Rows:
        """A copy, to be spoilt."""
        return copy.deepcopy(self._rows)

    def write(self, folder: Path, rows: Rows, card: bool = True) -> Release:
        """A release of these rows, each in the shard in which the sound one stands."""
        shards = []
        for cut, span in cut_spans(N).items():
            ids = [i for i, rank in self._ranks.items() if span.start <= rank < span.stop]
            for kind in ("profiles", "test"):
                shards += self._shard(folder, kind, cut, [rows[kind][i] for i in ids if i in rows[kind]])
        shards += self._shard(folder, "celebrity", "all", list(rows["celebrity"].values()))
        manifest = Manifest(
            name="mllmu/bench",
            settings={"views": VIEWS, "portraits": "rendered", "name_pairs": True},
            made_with={},
            people=N,
            celebrities=STARS,
            configs=config_sizes(N, STARS),
            shards=tuple(shards),
            files={},
        )
        return self.record(folder, manifest) if card else Release(folder, manifest)

    def record(self, folder: Path, manifest: Manifest) -> Release:
        """The release with its card, and a manifest with all files."""
        from mllmu.cards.metadata import front_matter

        (folder / "README.md").write_text(front_matter(Release(folder, manifest)) + "\n# Test\n")
        files = {
            path.relative_to(folder).as_posix(): FileEntry(bytes=path.stat().st_size, sha256=sha256_of(path))
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != MANIFEST
        }
        manifest = manifest.model_copy(update={"files": files})
        (folder / MANIFEST).write_text(manifest.model_dump_json())
        return Release(folder)

    def _shard(self, folder: Path, kind: str, cut: str, rows: list[Row]):
        writer = ShardWriter(folder, kind, cut, len(rows))
        for row in rows:
            writer.add(row)
        return writer.finish()


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()


@pytest.fixture
def finds(bench, tmp_path):
    """`finds(check, spoil, says)`: the check says so of a release whose rows were spoilt."""

    def judge(check: str, spoil: Callable[[Rows], object], says: str) -> None:
        rows = bench.rows()
        spoil(rows)
        [result] = run_checks(bench.write(tmp_path, rows, card=False), only=[check])
        assert result.failed
        assert any(says in f"{where}: {what}" for where, what in result.examples), result.examples

    return judge
