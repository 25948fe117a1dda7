"""Ids and ranks are complete, each row is in the shard of its cut, and configs are nested and of the stated size."""

from collections import Counter
from collections.abc import Iterator

from ...schemas.splits import CELEBRITY_CONFIG, CONFIGS, CUTS, PROFILE_CONFIGS, TEST_CONFIGS, config_sizes, cut_spans
from ..shards import read_rows
from .base import BaseCheck, Finding
from .support.card import CardError, shards_of_configs


class Check(BaseCheck):
    """Counts rows of the shards and configs; it reads ids and ranks by itself, shard by shard."""

    def finish(self) -> Iterator[Finding]:
        """Rows, then shards, then configs."""
        manifest = self.release.manifest
        n = manifest.people
        for kind in ("profiles", "test"):
            yield from self._people(kind, n)
        yield from self._celebrities(manifest.celebrities)
        rows = Counter[tuple[str, str]]()
        for shard in manifest.shards:
            rows[shard.kind, shard.cut] += shard.rows
        for config, size in config_sizes(n, manifest.celebrities).items():
            self.tried += 1
            stated = manifest.configs.get(config)
            if stated != size:
                yield Finding(config, f"the manifest states {stated} rows, {n} people make it {size}")
            held = sum(rows[place] for place in _places(config))
            if held != size:
                yield Finding(config, f"its shards hold {held} rows, expected {size}")
        for config in manifest.configs.keys() - set(CONFIGS):
            yield Finding(config, "is no config of a release")
        yield from self._card()

    def _people(self, kind: str, n: int) -> Iterator[Finding]:
        spans = cut_spans(n)
        width = max(3, len(str(n)))
        ids, ranks = Counter[str](), bytearray(n)
        for cut in CUTS:
            for person_id, rank in self._keys(kind, cut):
                self.tried += 1
                ids[person_id] += 1
                if not (
                    person_id.isdecimal() and person_id == f"{int(person_id):0{width}}" and 1 <= int(person_id) <= n
                ):
                    yield Finding(person_id, f"is no id of a release of {n} people ({1:0{width}} to {n:0{width}})")
                if not 0 <= rank < n or ranks[rank]:
                    yield Finding(person_id, f"its rank in {kind}, {rank}, is another person's or none")
                    continue
                ranks[rank] = 1
                if not spans[cut].start <= rank < spans[cut].stop:
                    yield Finding(person_id, f"of rank {rank}, is in the shard {cut} of {kind}")
        for person_id in sorted(person_id for person_id, count in ids.items() if count > 1):
            yield Finding(person_id, f"is the id of {ids[person_id]} rows of {kind}")
        if len(ids) != n:
            yield Finding(kind, f"{len(ids)} people, the manifest states {n}")

    def _celebrities(self, count: int) -> Iterator[Finding]:
        ids = [person_id for person_id, _ in self._keys("celebrity", None)]
        self.tried += len(ids)
        expected = [f"C{k:03}" for k in range(1, count + 1)]
        if sorted(ids) != expected:
            odd = sorted(set(ids) ^ set(expected))[:3]
            yield Finding(
                CELEBRITY_CONFIG, f"{len(ids)} rows for {count} celebrities; look at {', '.join(odd) or 'repeats'}"
            )

    def _keys(self, kind: str, cut: str | None) -> Iterator[tuple[str, int]]:
        columns = ["ID"] if kind == "celebrity" else ["ID", "rank"]
        for shard in self.release.shards(kind):
            if cut is None or shard.cut == cut:
                for row in read_rows(self.release.folder / shard.path, columns):
                    yield row["ID"], row.get("rank", 0)

    def _card(self) -> Iterator[Finding]:
        """The card's configs must be these very shards, or `load_dataset` reads something else."""
        path = self.release.folder / "README.md"
        if not path.exists():  # a release that is being put together has no card yet; `files` knows when it must
            return
        try:
            stated = shards_of_configs(path.read_text(encoding="utf-8"))
        except CardError as error:
            yield Finding("README.md", str(error))
            return
        for config in CONFIGS:
            places = _places(config)
            expected = sorted(s.path for s in self.release.manifest.shards if (s.kind, s.cut) in places)
            if sorted(stated.get(config, [])) != expected:
                yield Finding("README.md", f"config {config} does not list its {len(expected)} shards")
        for config in stated.keys() - set(CONFIGS):
            yield Finding("README.md", f"lists the config {config}, which is none of a release")


def _places(config: str) -> list[tuple[str, str]]:
    """Kind and cut of each part of a config."""
    if config == CELEBRITY_CONFIG:
        return [("celebrity", "all")]
    if config in PROFILE_CONFIGS:
        return [("profiles", cut) for cut in PROFILE_CONFIGS[config]]
    return [("test", cut) for cut in TEST_CONFIGS[config]]
