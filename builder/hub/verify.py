"""Does a release arrive as it was made? Files against the manifest, then every config as a researcher loads it."""

from collections.abc import Callable, Iterable

from ...schemas.columns import features_of
from ...schemas.concepts import PARTS, AnyManifest
from ...schemas.manifest import Manifest
from ...schemas.splits import CELEBRITY_CONFIG, CONFIGS, DEFAULT_CONFIG, PROFILE_CONFIGS, RATIOS
from ..checks.base import EXAMPLES, CheckResult, Finding
from ..integrity import differences, strangers
from ..progress import Progress
from ..reader import read_manifest
from .loaded import WITH_PICTURES, Loaded, load_config
from .target import Target, fetch


def verify(target: Target, progress: Progress | None = None) -> list[CheckResult]:
    """Verify the release at `target`: `files`, `loading`, `counts`, `columns`, `splits` (of people), `pictures`.

    Raises:
        UsageError: There is no release there.
        MllmuError: The network, the Hub or the disk fails.
    """
    progress = progress or Progress(quiet=True)
    folder = fetch(target, progress.quiet)
    manifest = read_manifest(folder)
    files = _result("files", "Every file has the bytes that the manifest says.", len(manifest.files))
    found = [*differences(folder, manifest), *strangers(folder, manifest)]
    if not target.folder:  # beside the shards, a repository on the Hub may hold what its owners like
        found = [finding for finding in found if finding.where in manifest.files or finding.where.startswith("data/")]
    results = [files(found)]
    # A config without rows (no celebrities) is not in the card: `datasets` cannot read an empty parquet file.
    names = [name for name in (*CONFIGS, *PARTS) if manifest.configs.get(name)]
    configs: dict[str, Loaded] = {}
    looked_at = sum(manifest.configs.get(name, 0) for name in WITH_PICTURES)
    with progress.bar("verify", looked_at, "rows") as bar:
        for name in names:
            configs[name] = load_config(target, name, bar.update)
    return [*results, *_judge(manifest, configs)]


def _judge(manifest: AnyManifest, configs: dict[str, Loaded]) -> list[CheckResult]:
    good = {name: loaded for name, loaded in configs.items() if not loaded.failure}
    pictures = sum(loaded.pictures for loaded in good.values())
    people = {name: loaded.ids for name, loaded in good.items() if name in CONFIGS}
    splits = _result("splits", "Forget sets are nested, retain sets their complements, test sets alike.", len(people))
    return [
        _result("loading", "Every config loads through load_dataset.", len(configs))(
            Finding(name, loaded.failure) for name, loaded in configs.items() if loaded.failure
        ),
        _result("counts", "Every config has the rows that the manifest says.", len(good))(
            Finding(name, f"has {len(loaded.ids):,} rows, {manifest.configs[name]:,} expected")
            for name, loaded in good.items()
            if len(loaded.ids) != manifest.configs[name]
        ),
        _result("columns", "Every config has the columns and types of the schema.", len(good))(
            Finding(name, "has other columns or types")
            for name, loaded in good.items()
            if loaded.features != features_of(_kind(name))
        ),
        *([splits(_split_faults(people))] if isinstance(manifest, Manifest) else []),
        _result("pictures", "Every picture decodes.", pictures)(
            Finding(who, f"{name}: {why}") for name, loaded in good.items() for who, why in loaded.broken
        ),
    ]


def _kind(config: str) -> str:
    if config in PARTS:
        return config
    if config == CELEBRITY_CONFIG:
        return "celebrity"
    return "profiles" if config in PROFILE_CONFIGS else "test"


def _split_faults(ids: dict[str, list[str]]) -> Iterable[Finding]:
    sets = {name: set(members) for name, members in ids.items()}
    for name, members in ids.items():
        if len(sets[name]) != len(members):
            yield Finding(name, "has the same person twice")

    def compare(left: str, right: set[str] | None, what: str) -> Iterable[Finding]:
        if left in sets and right is not None and sets[left] != right:
            yield Finding(left, what)

    everyone = sets.get(DEFAULT_CONFIG)
    yield from compare("test", everyone, "does not have the people of full")
    smaller: set[str] = set()
    for ratio in RATIOS:
        forget = sets.get(f"forget_{ratio:02d}")
        if forget is None or everyone is None:
            continue
        if not smaller <= forget:
            yield Finding(f"forget_{ratio:02d}", "does not hold the smaller forget set")
        yield from compare(f"retain_{100 - ratio}", everyone - forget, f"is not the complement of forget_{ratio:02d}")
        yield from compare(f"test_{ratio:02d}", forget, f"does not have the people of forget_{ratio:02d}")
        smaller = forget


def _result(name: str, rule: str, tried: int) -> Callable[[Iterable[Finding]], CheckResult]:
    def make(findings: Iterable[Finding]) -> CheckResult:
        found = list(findings)
        return CheckResult(
            name=name,
            rule=rule,
            tried=max(tried, len(found)),
            failed=len(found),
            examples=tuple((finding.where, finding.what) for finding in found[:EXAMPLES]),
            figures={},
        )

    return make
