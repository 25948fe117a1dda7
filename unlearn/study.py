"""The whole study as a list of parts: base, vanilla, retain-only, every method, and an evaluation of each.

    OUT/study.json: what it is of
    OUT/models/   base.json (where base is), vanilla-s0, retain_95-s0, 05-ga-s0, 05-ga-text-s0, …
    OUT/results/  05/chance, 05/blind-s0, 05/base, 05/vanilla-s0, 05/retain-s0, 05/ga-s0, …

Each part is a run or an evaluation of its own, as their own commands make them. A part is done where its record is,
so a study that was killed, or is asked for one method more, does only what is missing. Seeds vary fine-tuning,
unlearning and the evaluation's draw; there is one base.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import UsageError
from . import methods
from .data import Modality
from .release import Source
from .run_record import RECORD, first_process, made, read_record, write_json

if TYPE_CHECKING:
    from .jobs import Job

BASELINES = ("ga", "grad_diff", "kl_min", "npo", "prompting")
"""The paper's five. Other methods run in a study where they are named: some need pictures, or concepts."""

Kind = Literal["base", "finetune", "unlearn", "evaluate"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to do."""

    kind: Kind
    name: str
    """What it is, in a line."""
    proof: Path
    """The file that is there once it is done."""
    do: Callable[[], Any]

    @property
    def done(self) -> bool:
        """Whether it is done already."""
        return self.proof.is_file()

    @property
    def seconds(self) -> float | None:
        """How long it took, if it is done and says so."""
        if not self.done:
            return None
        record = json.loads(self.proof.read_text(encoding="utf-8"))
        return record.get("seconds") or 60 * (record.get("minutes") or 0) or None


@dataclass(frozen=True, slots=True)
class Study:
    """What is to be compared."""

    model: str
    """Folder or Hub id of base, or `reference`."""
    source: Source
    out: Path
    ratios: tuple[int, ...]
    methods: tuple[str, ...]
    """Names, or paths of files."""
    modalities: tuple[Modality, ...] = ("multimodal",)
    seeds: int = 1
    settings: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """Settings of `finetune` and of each method, where they are not to be the preset's."""
    people: int | None = None
    """Most people of the retain set that are asked about; None: all."""
    quiet: bool = False

    def parts(self) -> list[Part]:
        """Everything, in an order in which the first seed is complete before the second begins."""
        return [*self._before(), *(part for seed in range(self.seeds) for part in self._seed(seed))]

    def begin(self) -> None:
        """Notes down what the study is of, beside what it was of already.

        Raises:
            UsageError: It was of something else; or two methods have one name.
        """
        stems = [methods.find(one).stem for one in self.methods]
        if twice := [stem for stem in stems if stems.count(stem) > 1]:
            raise UsageError(f"two methods are called {twice[0]}: rename a file, or make two studies.")
        path = self.out / "study.json"
        before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        now = {
            "model": self.model, "data": self.source.data, "revision": self.source.revision,
            "release": made(self.source.data), "retain_people": self.people,
        }  # fmt: skip
        now["[finetune]"] = self.settings.get("finetune", {})
        for one in self.methods:
            told = methods.stated(one)
            now[f"[{told.pop('method')}]"] = {**self.settings.get(methods.find(one).stem, {}), **told}
        if differing := [key for key in now if key in before and before[key] != now[key]]:
            raise UsageError(f"{self.out} is of another study ({', '.join(differing)} differ). Choose another --out.")
        if first_process():
            write_json(path, before | now)

    def _before(self) -> Iterator[Part]:
        """What no seed changes."""
        if self.model == "reference":
            yield Part("base", "base", self._base_record, self._make_base)
        for ratio in self.ratios:
            yield self._evaluation(ratio, "chance", None, 0, floor="chance")
            yield self._evaluation(ratio, "base", self.base, 0, role="base")

    def _seed(self, seed: int) -> Iterator[Part]:
        vanilla = self._model(f"vanilla-s{seed}")
        yield self._finetuning(vanilla, "full", seed)
        for ratio in self.ratios:
            retain = self._model(f"retain_{100 - ratio}-s{seed}")
            yield self._finetuning(retain, f"retain_{100 - ratio}", seed)
            yield self._evaluation(ratio, f"vanilla-s{seed}", lambda: str(vanilla), seed, role="vanilla")
            yield self._evaluation(ratio, f"blind-s{seed}", lambda: str(vanilla), seed, floor="blind")
            yield self._evaluation(ratio, f"retain-s{seed}", lambda r=retain: str(r), seed, role="retain")
            for method in self.methods:
                for modality in self._modalities(method):
                    text = "-text" if modality == "text" else ""
                    name = f"{methods.find(method).stem}{text}-s{seed}"
                    folder = self._model(f"{ratio:02d}-{name}")
                    yield self._unlearning(folder, vanilla, method, ratio, modality, seed)
                    yield self._evaluation(ratio, name, lambda f=folder: str(f), seed)

    def _modalities(self, method: str) -> tuple[Modality, ...]:
        """Those a method is run on; what trains nothing has no use for a second.

        Raises:
            UsageError: It is about pictures, and text alone is asked for.
        """
        if methods.needs_pictures(method):
            if "multimodal" not in self.modalities:
                raise UsageError(f"{method} is about pictures: leave out --modality text.")
            return ("multimodal",)
        return self.modalities if methods.trains(method) else self.modalities[:1]

    def _model(self, name: str) -> Path:
        return self.out / "models" / name

    @property
    def _base_record(self) -> Path:
        return self._model("base.json")

    def base(self) -> str:
        """The folder of base."""
        from .reference import resolve

        if self._base_record.is_file():
            return json.loads(self._base_record.read_text(encoding="utf-8"))["model"]
        return resolve(self.model, self.source, self.quiet)

    def _make_base(self) -> None:
        path = self.base()
        if first_process():
            write_json(self._base_record, {"model": path, "minutes": (read_record(path) or {}).get("minutes")})

    def _job(self, what: str, model: str, out: Path, seed: int, modality: Modality = "multimodal") -> "Job":
        from .jobs import Job
        from .presets import settings_for

        settings = settings_for(what, model, {**self.settings.get(what, {}), "seed": seed})
        return Job(model, self.source, out, settings, modality, quiet=self.quiet)

    def _finetuning(self, out: Path, config: str, seed: int) -> Part:
        def do() -> Any:
            from .jobs import finetune

            return finetune(self._job("finetune", self.base(), out, seed), config)

        return Part("finetune", out.name, out / RECORD, do)

    def _unlearning(
        self, out: Path, vanilla: Path, method: str, ratio: int, modality: Modality, seed: int
    ) -> Part:  # fmt: skip
        def do() -> Any:
            from .jobs import unlearn

            job = self._job(methods.find(method).stem, str(vanilla), out, seed, modality)
            return unlearn(job, method, ratio, {})

        return Part("unlearn", out.name, out / RECORD, do)

    def _evaluation(
        self, ratio: int, name: str, model: Callable[[], str] | None, seed: int, **more: Any
    ) -> Part:  # fmt: skip
        out = self.out / "results" / f"{ratio:02d}" / name

        def do() -> Any:
            from ..evaluate.run import Request, evaluate

            path = model() if model else None
            return evaluate(
                Request(self.source, ratio, out, path, people=self.people, seed=seed, quiet=self.quiet, **more)
            )

        return Part("evaluate", f"{ratio:02d}/{name}", out / RECORD, do)


def seconds_left(parts: list[Part]) -> float | None:
    """An estimate from how long parts of each kind took; None while a kind that is to come was never seen."""
    took: dict[str, list[float]] = {}
    for part in parts:
        if seconds := part.seconds:
            took.setdefault(part.kind, []).append(seconds)
    waiting = [part.kind for part in parts if not part.done]
    if any(kind not in took for kind in waiting):
        return None
    return sum(sum(took[kind]) / len(took[kind]) for kind in waiting)
